package io.medtwin.testkit;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a run of mutations came.
 *
 * @param seed of the run
 * @param mutations done
 * @param runs of the driver
 * @param shapes different things that the driver said, refused, discarded or ended with
 * @param seconds it took
 * @param finding what ended it; null if nothing was found
 */
public record FuzzResult(
    long seed,
    long mutations,
    long runs,
    int shapes,
    double seconds,
    @Nullable RuleBroken finding) {

  /** Mutations in a second. */
  public double perSecond() {
    return seconds == 0 ? 0 : mutations / seconds;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d mutations in %,d runs, %.1f s (%,.0f/s), %,d shapes, seed %d",
        mutations,
        runs,
        seconds,
        perSecond(),
        shapes,
        seed);
  }
}
