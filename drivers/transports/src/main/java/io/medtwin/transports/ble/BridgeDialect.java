package io.medtwin.transports.ble;

import io.medtwin.spi.Message;

/** How one make of bridge puts what it hears into messages. Pure: reads, keeps nothing. */
public sealed interface BridgeDialect permits CassiaMqtt, OpenMqtt {

  /** Its name in configuration and logs. */
  String name();

  /** The MQTT topics that the carrier subscribes to: all bridges of this dialect on the broker. */
  String topicFilter();

  /**
   * Reads one message.
   *
   * @throws BridgeFormatException it is not in this dialect, or names no valid device
   */
  BridgeInput read(Message carried) throws BridgeFormatException;
}
