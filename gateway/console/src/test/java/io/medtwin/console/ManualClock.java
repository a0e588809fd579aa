package io.medtwin.console;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes when a test says so. */
public final class ManualClock implements InstantSource {

  /** When every test begins. */
  public static final Instant BEGIN = Instant.parse("2026-08-01T10:00:00Z");

  private volatile Instant now = BEGIN;

  @Override
  public Instant instant() {
    return now;
  }

  /** Lets time pass. */
  public void pass(Duration time) {
    now = now.plus(time);
  }
}
