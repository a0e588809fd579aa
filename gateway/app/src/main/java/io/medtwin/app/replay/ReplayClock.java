package io.medtwin.app.replay;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The time of a capture: it stands still until what is played lets it pass, and then the line has
 * its turn at each step on the way. Used by one thread.
 */
final class ReplayClock implements InstantSource {

  /** From one turn of a line that nothing comes to, to the next. */
  private static final long STEP_MICROS = 100_000;

  private static final long MICROS = 1_000_000;

  private static final Duration FOR_EVER = Duration.ofDays(3_650);

  private final long began;
  private Runnable turn = () -> {};
  private long passed;
  private long nextTurn = STEP_MICROS;
  private long instantMicros = -1;
  private Instant instant;

  ReplayClock(Instant began) {
    this.began = ChronoUnit.MICROS.between(Instant.EPOCH, began);
    this.instant = began;
  }

  /** A wait in microseconds; one for ever is ten years. */
  static long micros(Duration wait) {
    return wait.compareTo(FOR_EVER) < 0 ? wait.toNanos() / 1_000 : FOR_EVER.toNanos() / 1_000;
  }

  /** What is to be done at each step. */
  void atEachStep(Runnable newTurn) {
    turn = newTurn;
  }

  /** Microseconds since the beginning of the capture. */
  long passed() {
    return passed;
  }

  /** Milliseconds since the one in which the capture began. */
  long passedMillis() {
    return millis() - began / 1_000;
  }

  /** Lets time pass until then; nothing if it is over already. */
  void passTo(long micros) {
    while (nextTurn <= micros) {
      passed = nextTurn;
      nextTurn += STEP_MICROS;
      turn.run();
    }
    passed = Math.max(passed, micros);
  }

  /** Milliseconds of the capture at which that was. */
  long millisOf(Instant moment) {
    return moment.toEpochMilli() - began / 1_000;
  }

  @Override
  public long millis() {
    return (began + passed) / 1_000;
  }

  @Override
  public Instant instant() {
    if (instantMicros != passed) {
      instantMicros = passed;
      long now = began + passed;
      instant = Instant.ofEpochSecond(now / MICROS, now % MICROS * 1_000);
    }
    return instant;
  }
}
