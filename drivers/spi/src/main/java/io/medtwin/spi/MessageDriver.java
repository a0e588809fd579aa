package io.medtwin.spi;

import java.io.IOException;

/**
 * A driver for whole messages: MQTT publishes, CoAP requests and notifications, GATT events of a
 * BLE bridge, HL7 over MLLP. Life and thread are those of {@link StreamDriver}.
 */
public non-sealed interface MessageDriver extends Driver {

  /**
   * Takes messages until the link ends.
   *
   * @param link messages of one device, or of many behind one hub
   * @param session where reports go; {@link Session#device} for a device behind a hub
   * @throws DeviceException the dialogue is broken beyond repair (the gateway reopens the link)
   * @throws IOException the link is dead or silent, as it comes from {@code link}
   * @throws InterruptedException the gateway stops this session
   */
  void run(MessageLink link, Session session) throws IOException, InterruptedException;
}
