package io.medtwin.spi;

/** An open connection to a device or a hub. The gateway opens and closes it. */
public sealed interface Link permits StreamLink, MessageLink {

  /**
   * Where it leads, for people and logs: {@code serial:/dev/ttyUSB0 38400 8N1}. Holds no secret.
   */
  String name();

  /** What carries it. */
  LinkKind kind();
}
