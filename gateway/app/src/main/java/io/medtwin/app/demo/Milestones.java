package io.medtwin.app.demo;

import io.medtwin.twin.keeper.DeviceView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Notes when twins came to life, and tells what changed since it looked last. Times count from the
 * start of the process. Used by one thread.
 */
final class Milestones {

  private final Instant processStart;
  private final Set<String> watched;
  private final Map<String, String> lamps = new HashMap<>();
  private final Map<String, Duration> live = new HashMap<>();
  private @Nullable Duration first;
  private @Nullable Duration all;

  Milestones(Instant processStart, Set<String> watched) {
    this.processStart = processStart;
    this.watched = watched;
  }

  /** Looks, and returns a line for each device whose lamps changed. */
  List<String> look(List<DeviceView> views, Instant now) {
    var news = new ArrayList<String>();
    var sinceStart = Duration.between(processStart, now);
    for (DeviceView view : views) {
      if (view.isLive() && live.putIfAbsent(view.device(), sinceStart) == null) {
        first = first == null ? sinceStart : first;
      }
      var state = stateOf(view);
      var before = lamps.put(view.device(), state);
      if (before != null && !before.equals(state)) {
        news.add(
            String.format(
                java.util.Locale.ROOT,
                "%6.1f s  %-14s %s",
                sinceStart.toMillis() / 1000.0,
                view.device(),
                state));
      }
    }
    if (all == null && live.keySet().containsAll(watched)) {
      all = sinceStart;
    }
    return news;
  }

  /** When the first twin was live, or null. */
  @Nullable Duration first() {
    return first;
  }

  /** When the last of the watched twins was live, or null. */
  @Nullable Duration all() {
    return all;
  }

  /** Watched devices that never were a live twin. */
  List<String> missing() {
    return watched.stream().filter(device -> !live.containsKey(device)).sorted().toList();
  }

  private static String stateOf(DeviceView view) {
    if (view.isLive()) {
      return "live: talking, fresh, acknowledged";
    }
    var link = view.link().status().word();
    var fresh = view.fresh() ? "fresh" : view.values().isEmpty() ? "nothing said yet" : "stale";
    return link + ", " + fresh + (view.acknowledgedAt() == null ? ", not acknowledged" : "");
  }
}
