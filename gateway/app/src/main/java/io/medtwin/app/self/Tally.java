package io.medtwin.app.self;

import io.medtwin.spi.Alert;
import io.medtwin.twin.keeper.DeviceView;
import io.medtwin.twin.state.LinkState;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * How many devices are how.
 *
 * @param configured all of them
 * @param live with all lamps on
 * @param exceptions that somebody should look at: not heard, a value too old, an alert of high or
 *     unknown priority, trouble with Ditto, a parameter without a place; none in maintenance
 * @param muted in maintenance
 * @param notWritten whose twins Ditto does not let the gateway write
 * @param acknowledgedAt when any twin was acknowledged last, or null
 */
public record Tally(
    int configured,
    int live,
    int exceptions,
    int muted,
    int notWritten,
    @Nullable Instant acknowledgedAt) {

  /**
   * Counts.
   *
   * @param self id of the gateway itself, which is no device of these
   */
  public static Tally of(Collection<DeviceView> views, String self, Instant now) {
    int configured = 0;
    int live = 0;
    int exceptions = 0;
    int muted = 0;
    int notWritten = 0;
    @Nullable Instant acknowledgedAt = null;
    for (DeviceView view : views) {
      var at = view.acknowledgedAt();
      if (at != null && (acknowledgedAt == null || at.isAfter(acknowledgedAt))) {
        acknowledgedAt = at;
      }
      notWritten += view.standing().isShutOut() ? 1 : 0;
      if (!view.device().equals(self)) {
        configured++;
        live += view.isLive() && !view.isLate(now) ? 1 : 0;
        muted += view.isMuted(now) ? 1 : 0;
        exceptions += !view.isMuted(now) && isException(view) ? 1 : 0;
      }
    }
    return new Tally(configured, live, exceptions, muted, notWritten, acknowledgedAt);
  }

  private static boolean isException(DeviceView view) {
    return view.link().status() != LinkState.Status.ONLINE
        || view.values().stream().anyMatch(value -> value.validity().equals("stale"))
        || view.alerts().stream().anyMatch(alert -> isGrave(alert.last().alert().priority()))
        || !view.trouble().isEmpty()
        || view.unmapped() > 0;
  }

  private static boolean isGrave(Alert.Priority priority) {
    return switch (priority) {
      case HIGH, UNKNOWN -> true;
      case MEDIUM, LOW, NONE -> false;
    };
  }
}
