package io.medtwin.twin.state;

import java.time.Instant;

/**
 * Whether the gateway hears the device. Says nothing of the device itself: a pump goes on infusing.
 *
 * @param status what a reader should know
 * @param since since when
 * @param why of the last loss, without payload; empty while online
 */
public record LinkState(Status status, Instant since, String why) {

  /** A socket that is open but silent is never {@code ONLINE}. */
  public enum Status {
    /** The device talks. */
    ONLINE("online"),
    /** The link is open, but the device has been silent for longer than it should. */
    DEGRADED("degraded"),
    /** No link. */
    OFFLINE("offline");

    private final String word;

    Status(String word) {
      this.word = word;
    }

    /** As written in the twin. */
    public String word() {
      return word;
    }
  }
}
