package io.medtwin.sync;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the life of the connection in few lines: connected, lost, back after how long. While it is
 * down each new reason is told once, repetitions are counted. Used by one thread.
 */
final class Outage {

  private static final Logger log = LoggerFactory.getLogger(DittoBackend.class);

  private final String name;
  private boolean before;
  private long sinceNanos = System.nanoTime();
  private long attempts;
  private String told = "";

  Outage(String name) {
    this.name = name;
  }

  /** A session is open. */
  void over(String who) {
    if (before) {
      log.info("Ditto {}: back after {}, {} attempts failed", name, lasted(), attempts);
    } else if (attempts > 0) {
      log.info(
          "Ditto {}: connected as {} after {}, {} attempts failed", name, who, lasted(), attempts);
    } else {
      log.info("Ditto {}: connected as {}", name, who);
    }
    before = true;
    attempts = 0;
    told = "";
  }

  /** The session is gone. */
  void lost(String why) {
    sinceNanos = System.nanoTime();
    log.warn("Ditto {}: lost ({}); twins are kept here until it is back, reconnecting", name, why);
  }

  /**
   * An attempt failed.
   *
   * @param slowly the delay until the next, if it needs somebody to act; else null
   */
  void failed(String why, @Nullable Duration slowly) {
    attempts++;
    if (why.equals(told)) {
      return;
    }
    told = why;
    if (slowly == null) {
      log.warn("Ditto {}: cannot connect ({}); trying again with growing delays", name, why);
    } else {
      log.error("Ditto {}: cannot connect: {}; trying again each {}", name, why, slowly);
    }
  }

  private Duration lasted() {
    return Duration.ofMillis((System.nanoTime() - sinceNanos) / 1_000_000);
  }
}
