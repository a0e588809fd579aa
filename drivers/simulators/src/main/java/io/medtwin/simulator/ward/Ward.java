package io.medtwin.simulator.ward;

import io.medtwin.simulator.device.SimulatedDevice;
import io.medtwin.simulator.pump.SyringePump;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A ward of simulated devices on their true wires. {@link #open} makes the wires, {@link #start}
 * switches the devices on, {@link #close} takes everything away. May be used by any thread.
 *
 * <pre>{@code
 * try (var broker = EmbeddedBroker.start();
 *     var ward = Ward.open(WardPlan.of(2, WardPlan.mixed(6), 1, now, broker.uri(), coap, coaps))) {
 *   configure(ward.sheets());
 *   ward.start();
 *   ward.device("bed1-oximeter").fault(Fault.UNPLUG);
 * }
 * }</pre>
 */
public final class Ward implements AutoCloseable {
  private final WardWires wires;
  private final Map<String, SimulatedDevice> devices;
  private final List<DeviceSheet> sheets;

  private Ward(WardWires wires, Map<String, SimulatedDevice> devices, List<DeviceSheet> sheets) {
    this.wires = wires;
    this.devices = Map.copyOf(devices);
    this.sheets = List.copyOf(sheets);
  }

  /**
   * Makes every device with its serial port or TCP port; nothing talks yet, and no broker or server
   * is needed yet.
   *
   * @throws IOException a port cannot be had; nothing is left behind
   */
  public static Ward open(WardPlan plan) throws IOException {
    var wires = new WardWires(plan);
    var builder = new WardBuilder(plan, wires);
    try {
      builder.build();
      return new Ward(wires, builder.devices(), builder.sheets());
    } catch (IOException | RuntimeException e) {
      builder.devices().values().forEach(SimulatedDevice::close);
      wires.close();
      throw e;
    }
  }

  /**
   * Switches on all devices; the scenario begins. The broker must be there; a CoAP server may come
   * later.
   *
   * @throws IOException a device or bridge does not reach its broker; the others are on
   */
  public void start() throws IOException {
    wires.begin();
    IOException failed = null;
    for (var sheet : sheets) {
      try {
        device(sheet.id()).start();
      } catch (IOException e) {
        if (failed == null) {
          failed = e;
        } else {
          failed.addSuppressed(e);
        }
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  /** What a gateway must know of each device: bed by bed, then the wearables. */
  public List<DeviceSheet> sheets() {
    return sheets;
  }

  /**
   * What a gateway must know of one device.
   *
   * @throws IllegalArgumentException there is no such device
   */
  public DeviceSheet sheet(String id) {
    return sheets.stream()
        .filter(sheet -> sheet.id().equals(id))
        .findFirst()
        .orElseThrow(() -> unknown(id));
  }

  /**
   * One device, to be switched off or to have a fault laid on.
   *
   * @throws IllegalArgumentException there is no such device
   */
  public SimulatedDevice device(String id) {
    var device = devices.get(id);
    if (device == null) {
      throw unknown(id);
    }
    return device;
  }

  /**
   * One pump, to have its line blocked or its syringe changed.
   *
   * @throws IllegalArgumentException there is no such pump
   */
  public SyringePump pump(String id) {
    if (device(id) instanceof SyringePump pump) {
      return pump;
    }
    throw new IllegalArgumentException(id + " is not a pump");
  }

  /** Switches off all devices and gives back ports, connections and files. */
  @Override
  public void close() {
    var closing = new ArrayList<>(devices.values());
    closing.forEach(SimulatedDevice::stop);
    closing.forEach(SimulatedDevice::close);
    wires.close();
  }

  private IllegalArgumentException unknown(String id) {
    return new IllegalArgumentException(
        "no device \"" + id + "\"; there are " + sheets.stream().map(DeviceSheet::id).toList());
  }
}
