package io.medtwin.console.api;

import io.medtwin.spi.Alert.Priority;
import io.medtwin.twin.clock.ClockQuality;
import io.medtwin.twin.clock.ClockStatus;
import io.medtwin.twin.keeper.DeviceView;
import io.medtwin.twin.outbox.Outbox.Standing;
import io.medtwin.twin.state.LinkState.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What somebody should look at, of one device: an empty list is the goal. */
final class Exceptions {

  /** A clock that is off by more, beside whole quarters of an hour, which are time zones. */
  private static final long CLOCK_OFF_MILLIS = 60_000;

  private static final long ZONE_MILLIS = Duration.ofMinutes(15).toMillis();

  private Exceptions() {}

  /** Words, worst first. */
  static List<String> of(DeviceView device, Instant now) {
    var words = new ArrayList<String>();
    add(words, hasAlert(device, Priority.HIGH), "alert:high");
    add(words, hasAlert(device, Priority.UNKNOWN), "alert:unknown");
    var status = device.link().status();
    add(words, status == Status.OFFLINE, "offline");
    add(words, status == Status.DEGRADED, "degraded");
    add(words, device.standing().isShutOut() || !device.trouble().isEmpty(), "trouble");
    add(words, status == Status.ONLINE && hasStaleValue(device), "stale");
    add(words, status == Status.ONLINE && device.isLate(now), "late");
    add(words, hasAlert(device, Priority.MEDIUM), "alert:medium");
    add(words, hasAlert(device, Priority.LOW), "alert:low");
    add(words, isOff(device.clock()), "clock");
    add(words, device.unmapped() > 0, "unmapped");
    return words;
  }

  /** Word of the third lamp. */
  static String acknowledged(DeviceView device, Instant now) {
    if (device.acknowledgedAt() == null) {
      return "never";
    }
    return device.isLate(now) || device.standing() != Standing.OWNED ? "late" : "ok";
  }

  private static boolean hasAlert(DeviceView device, Priority priority) {
    return device.alerts().stream().anyMatch(alert -> alert.last().alert().priority() == priority);
  }

  private static boolean hasStaleValue(DeviceView device) {
    return device.values().stream().anyMatch(value -> value.validity().equals("stale"));
  }

  private static boolean isOff(@Nullable ClockStatus clock) {
    if (clock == null) {
      return false;
    }
    var offset = clock.offsetMillis();
    if (clock.quality() == ClockQuality.UNKNOWN) {
      return clock.timeline() > 0;
    }
    if (offset == null) {
      return false;
    }
    long rest = Math.floorMod(offset, ZONE_MILLIS);
    return Math.min(rest, ZONE_MILLIS - rest) > CLOCK_OFF_MILLIS;
  }

  private static void add(List<String> words, boolean is, String word) {
    if (is) {
      words.add(word);
    }
  }
}
