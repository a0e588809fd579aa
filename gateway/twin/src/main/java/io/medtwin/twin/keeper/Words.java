package io.medtwin.twin.keeper;

import io.medtwin.spi.Alert;
import io.medtwin.spi.DeviceEvent;
import io.medtwin.spi.DeviceTime;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Presence;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Report;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The last alerts and events that a device dated by a clock of its own. The same word with the same
 * time is the same word: a device that got no answer says it again. Of a word without a time nobody
 * can tell. Owned by one thread.
 */
final class Words {

  /** So many are remembered; an older one that is said again is taken for new. */
  static final int REMEMBERED = 32;

  private final Deque<Report> last = new ArrayDeque<>();

  /** Whether a report repeats a word; if it does not, it is remembered. */
  boolean repeats(Report report) {
    boolean dated =
        switch (report) {
          case Alert alert -> isDated(alert.time());
          case DeviceEvent event -> isDated(event.time());
          case Reading _, Identity _, Presence _ -> false;
        };
    if (!dated) {
      return false;
    }
    if (last.contains(report)) {
      return true;
    }
    remember(report);
    return false;
  }

  /** Remembers a word. */
  void remember(Report report) {
    if (last.size() == REMEMBERED) {
      last.removeFirst();
    }
    last.add(report);
  }

  /** What is remembered, oldest first. */
  Collection<Report> all() {
    return last;
  }

  private static boolean isDated(@Nullable DeviceTime time) {
    return switch (time) {
      case null -> false;
      case DeviceTime.Ago _ -> false; // another one each time it is said
      case DeviceTime.Utc _, DeviceTime.Local _, DeviceTime.Ticks _ -> true;
    };
  }
}
