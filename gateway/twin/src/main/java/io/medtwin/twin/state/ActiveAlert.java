package io.medtwin.twin.state;

import io.medtwin.spi.Alert;
import io.medtwin.twin.normalizer.Finding.AlertChange;
import java.time.Instant;

/**
 * An alert that is present, or that ended: condition and signal as the device told them.
 *
 * @param last what the device said last of it
 * @param startedAt when the first word of it came
 */
public record ActiveAlert(AlertChange last, Instant startedAt) {

  /** What remains after another word of the same occurrence. */
  ActiveAlert with(AlertChange change) {
    return new ActiveAlert(change, startedAt);
  }

  /** Order of priorities: unknown is shown like high, sorted after it. */
  public static int rank(Alert.Priority priority) {
    return switch (priority) {
      case HIGH -> 0;
      case UNKNOWN -> 1;
      case MEDIUM -> 2;
      case LOW -> 3;
      case NONE -> 4;
    };
  }
}
