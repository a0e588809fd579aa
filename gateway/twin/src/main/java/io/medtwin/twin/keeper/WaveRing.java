package io.medtwin.twin.keeper;

import io.medtwin.spi.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The latest stretches of one wave, for those who look: references to what came, no copies. One
 * thread writes, any thread reads, and neither waits for the other; a reader that is overtaken
 * misses the oldest. No part of any saved state.
 */
final class WaveRing {

  /** Most stretches kept. */
  static final int MOST = 256;

  /** Most seconds kept; a single stretch may be longer. */
  static final int MOST_SECONDS = 12;

  /** Most samples kept, whatever rate a device claims: 512 KiB; of a single stretch as it is. */
  static final int MOST_SAMPLES = 2 * Samples.MAX_COUNT;

  private final AtomicReferenceArray<@Nullable Stretch> stretches =
      new AtomicReferenceArray<>(MOST);
  private volatile long newest;
  private long oldest = 1;
  private double seconds;
  private long samples;

  /** The writer: adds a stretch, and lets go of what is too old. */
  void add(Samples came, Instant observedAt) {
    long number = newest + 1;
    var raw = came.raw();
    int count = raw.remaining();
    seconds += count / came.ratePerSecond();
    samples += count;
    while (oldest < number
        && (number - oldest >= MOST || seconds > MOST_SECONDS || samples > MOST_SAMPLES)) {
      forgetOldest();
    }
    stretches.set(
        slot(number),
        new Stretch(
            number,
            observedAt,
            came.ratePerSecond(),
            came.gain(),
            came.offset(),
            came.unit(),
            raw));
    newest = number;
  }

  private void forgetOldest() {
    var gone = stretches.getAndSet(slot(oldest), null);
    if (gone != null) {
      int count = gone.raw().remaining();
      seconds -= count / gone.ratePerSecond();
      samples -= count;
    }
    oldest++;
  }

  /** Any thread: stretches with a number above {@code after}, oldest first. */
  List<Stretch> after(long after) {
    long last = newest;
    var found = new ArrayList<Stretch>();
    for (long number = Math.max(after, last - MOST) + 1; number <= last; number++) {
      var stretch = stretches.get(slot(number));
      if (stretch != null && stretch.number() == number) {
        found.add(stretch);
      }
    }
    return found;
  }

  private static int slot(long number) {
    return (int) (number % MOST);
  }
}
