package io.medtwin.driver.philipsintellivue.wire;

import java.time.Duration;

/** The monitor's counter: 32 bits, a step each 1/8 ms, rolling over after six days. */
public final class Ticks {

  /** Length of a step. */
  public static final Duration STEP = Duration.ofNanos(125_000);

  /** Steps in a second. */
  public static final long PER_SECOND = 8_000;

  private static final long RANGE = 1L << 32;

  private Ticks() {}

  /** How long so many steps take. */
  public static Duration duration(long ticks) {
    return STEP.multipliedBy(ticks);
  }

  /** So many steps as a duration has. */
  public static long of(Duration duration) {
    return duration.dividedBy(STEP);
  }

  /** Steps from one count to another, over a roll-over, too; negative where it lies before. */
  public static long between(long from, long to) {
    long forward = Math.floorMod(to - from, RANGE);
    return forward < RANGE / 2 ? forward : forward - RANGE;
  }

  /** The count so many steps after another. */
  public static long plus(long count, long steps) {
    return Math.floorMod(count + steps, RANGE);
  }
}
