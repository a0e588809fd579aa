package io.medtwin.spi;

/**
 * The one class that knows a device's protocol: a {@link StreamDriver} for bytes (serial, TCP, UDP)
 * or a {@link MessageDriver} for whole messages (MQTT, CoAP, BLE bridges, MLLP).
 *
 * <p>A driver is found by {@link java.util.ServiceLoader}: public class, public constructor without
 * parameters, one line in {@code META-INF/services/io.medtwin.spi.Driver}. The gateway makes one
 * instance for each session, so fields of the instance belong to that session alone; static state
 * is forbidden.
 *
 * <p>A driver reads and, where the protocol is polled, asks. It never starts, stops or changes a
 * therapy.
 */
public sealed interface Driver permits StreamDriver, MessageDriver {

  /**
   * Who this driver is, which links it takes and which settings it understands. Constant, cheap,
   * without I/O.
   */
  DriverDescriptor descriptor();
}
