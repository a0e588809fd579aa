package io.medtwin.runtime.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves when a test says so. */
final class ManualClock implements InstantSource {

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private volatile Instant now = START;

  @Override
  public Instant instant() {
    return now;
  }

  synchronized void advance(Duration by) {
    now = now.plus(by);
  }

  /** A clock that runs by itself, from the same moment on. */
  static InstantSource running() {
    long begin = System.nanoTime();
    return () -> START.plusNanos(System.nanoTime() - begin);
  }
}
