package io.medtwin.journal;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a journal is and how large it may grow.
 *
 * @param folder its folder, made if missing, readable by its owner only
 * @param maxBytes above this the oldest lines are removed: waveforms first, then values, then
 *     alerts and events; never one that a restart needs
 * @param maxAge older lines are removed, whatever room there is
 */
public record JournalConfig(Path folder, long maxBytes, Duration maxAge) {

  /** Smallest quota that makes sense. */
  public static final long LEAST_BYTES = 16L << 20;

  public JournalConfig {
    if (maxBytes < LEAST_BYTES) {
      throw new IllegalArgumentException(
          "a journal needs " + LEAST_BYTES + " bytes at least, got " + maxBytes);
    }
    if (maxAge.isNegative() || maxAge.isZero()) {
      throw new IllegalArgumentException("maxAge must be more than 0, got " + maxAge);
    }
  }

  /** 2 GiB and seven days. */
  public static JournalConfig in(Path folder) {
    return new JournalConfig(folder, 2L << 30, Duration.ofDays(7));
  }
}
