package io.medtwin.twin.clock;

/** How it is known when a value was true. */
public enum ClockQuality {
  /** By the device's clock, which follows a time source and agrees with the gateway's. */
  SYNCHRONISED("synchronised"),
  /** By the device's clock, compared with or mapped to the gateway's. */
  ALIGNED("aligned"),
  /** By the gateway's clock on arrival. */
  GATEWAY("gateway"),
  /** Not known; the device's own time stays in the journal as it was sent. */
  UNKNOWN("unknown");

  private final String word;

  ClockQuality(String word) {
    this.word = word;
  }

  /** As written in the twin. */
  public String word() {
    return word;
  }
}
