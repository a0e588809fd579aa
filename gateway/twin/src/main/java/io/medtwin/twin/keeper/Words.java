package io.medtwin.twin.keeper;

import io.medtwin.spi.Alert;
import io.medtwin.spi.DeviceEvent;
import io.medtwin.spi.DeviceTime;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Presence;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Report;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The last alerts and events that a device dated by a clock of its own. The same word with the same
 * time is the same word: a device that got no answer says it again. Of a word without a time nobody
 * can tell, nor of one whose clock shows whole seconds only: an alert may end and begin again
 * within one, and none is to be taken for a repetition that is not. Owned by one thread.
 */
final class Words {

  /** So many are remembered; an older one that is said again is taken for new. */
  static final int REMEMBERED = 32;

  /** A clock that shows less than this does not give two words the same time. */
  private static final Duration FINE = Duration.ofMillis(10);

  private final Deque<Report> last = new ArrayDeque<>();
  private boolean hasFineClock;

  /** Whether a report repeats a word; if it does not, it is remembered. */
  boolean repeats(Report report) {
    var time = timeOf(report);
    if (time == null || time instanceof DeviceTime.Ago) {
      return false; // of another age each time it is said
    }
    hasFineClock |= isFine(time);
    if (hasFineClock && last.contains(report)) {
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
    var time = timeOf(report);
    hasFineClock |= time != null && isFine(time);
  }

  /** Forgets all. */
  void clear() {
    last.clear();
  }

  /** What is remembered, oldest first. */
  Collection<Report> all() {
    return last;
  }

  private static @Nullable DeviceTime timeOf(Report report) {
    return switch (report) {
      case Alert alert -> alert.time();
      case DeviceEvent event -> event.time();
      case Reading _, Identity _, Presence _ -> null;
    };
  }

  private static boolean isFine(DeviceTime time) {
    return switch (time) {
      case DeviceTime.Utc utc -> utc.instant().getNano() != 0;
      case DeviceTime.Local local -> local.dateTime().getNano() != 0;
      case DeviceTime.Ticks ticks -> ticks.tick().compareTo(FINE) <= 0;
      case DeviceTime.Ago _ -> false;
    };
  }
}
