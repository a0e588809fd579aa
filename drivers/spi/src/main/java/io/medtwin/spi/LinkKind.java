package io.medtwin.spi;

/** The kinds of link a gateway can open. The first three carry bytes, the others messages. */
public enum LinkKind {
  SERIAL,
  TCP,
  UDP,
  MQTT,
  COAP,
  BLE,
  MLLP;

  /** Whether a link of this kind is a {@link StreamLink}; otherwise it is a {@link MessageLink}. */
  public boolean carriesBytes() {
    return this == SERIAL || this == TCP || this == UDP;
  }
}
