package io.medtwin.transports.ble;

/** What goes wrong with messages of a bridge. Each kind is logged once, then only counted. */
public enum BridgeFault {
  /** Not the JSON of this dialect; refused. */
  MALFORMED("a message that is not in the bridge's format"),
  /** No Bluetooth address of six octets, or two that differ; refused. */
  INVALID_DEVICE_ID("a message without a valid device address"),
  /** More than 64 KiB; refused. */
  TOO_LARGE("a message of more than 64 KiB"),
  /** A notification whose handle nobody could name; handed on without a characteristic. */
  UNKNOWN_HANDLE("a notification of a handle that nobody could name"),
  /** The bridge did not discover a device's characteristics, or not in time. */
  DISCOVERY_FAILED("a discovery that the bridge did not answer with characteristics"),
  /** More notifications than can wait for a discovery; handed on without a characteristic. */
  HOLD_FULL("more notifications than can wait for a discovery");

  private final String text;

  BridgeFault(String text) {
    this.text = text;
  }

  /** What happened, for people. */
  public String text() {
    return text;
  }
}
