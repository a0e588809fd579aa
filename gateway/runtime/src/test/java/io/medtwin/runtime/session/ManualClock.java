package io.medtwin.runtime.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that moves when a test says so. */
final class ManualClock implements InstantSource {

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);

  @Override
  public Instant instant() {
    return now.get();
  }

  void advance(Duration by) {
    now.updateAndGet(before -> before.plus(by));
  }

  /** A clock that runs by itself, from the same moment on. */
  static InstantSource running() {
    long begin = System.nanoTime();
    return () -> START.plusNanos(System.nanoTime() - begin);
  }
}
