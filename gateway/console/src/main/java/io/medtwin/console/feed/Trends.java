package io.medtwin.console.feed;

import io.medtwin.console.json.JsonWriter;
import io.medtwin.twin.keeper.DeviceView;
import io.medtwin.twin.keeper.DeviceView.Shown;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A number of each metric each 5 s, for the last 10 min, in memory. Metrics beyond {@link #MOST}
 * have no trend. Written by one thread, read by any.
 */
final class Trends {

  /** From one value to the next. */
  static final Duration STEP = Duration.ofSeconds(5);

  /** Values of a metric. */
  static final int LENGTH = 120;

  /** Most metrics. */
  static final int MOST = 20_000;

  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,15})?");

  private static final class Trend {
    private String unit;
    private final float[] ring = new float[LENGTH];

    private Trend(String unit) {
      this.unit = unit;
      Arrays.fill(ring, Float.NaN);
    }
  }

  private final Map<String, Map<String, Trend>> devices = new HashMap<>();
  private Instant until = Instant.EPOCH;
  private int metrics;
  private int next;
  private int filled;

  /** Takes a value of each metric; a device that is not among them any more is forgotten. */
  synchronized void take(List<DeviceView> views, Instant now) {
    until = now;
    int at = next;
    next = (next + 1) % LENGTH;
    filled = Math.min(LENGTH, filled + 1);
    var gone = new HashSet<>(devices.keySet());
    for (DeviceView view : views) {
      gone.remove(view.device());
      var trends = devices.computeIfAbsent(view.device(), _ -> new LinkedHashMap<>());
      trends.values().forEach(trend -> trend.ring[at] = Float.NaN);
      view.values().forEach(value -> put(trends, value, at));
    }
    for (String device : gone) {
      var forgotten = devices.remove(device);
      metrics -= forgotten == null ? 0 : forgotten.size();
    }
  }

  private void put(Map<String, Trend> trends, Shown value, int at) {
    boolean shows = !value.unit().isEmpty() && !value.validity().equals("stale");
    if (!shows || !NUMBER.matcher(value.text()).matches()) {
      return;
    }
    var name = value.channel() + "." + value.name();
    var trend = trends.get(name);
    if (trend == null) {
      if (metrics == MOST) {
        return;
      }
      metrics++;
      trend = new Trend(value.unit());
      trends.put(name, trend);
    }
    if (!trend.unit.equals(value.unit())) { // another profile
      Arrays.fill(trend.ring, Float.NaN);
      trend.unit = value.unit();
    }
    trend.ring[at] = Float.parseFloat(value.text());
  }

  /** Trends of a device, oldest value first. */
  synchronized byte[] json(String device) {
    var trends = devices.getOrDefault(device, Map.of());
    return JsonWriter.object(
        out ->
            out.number("stepSeconds", STEP.toSeconds())
                .time("until", until.equals(Instant.EPOCH) ? null : until)
                .object(
                    "metrics",
                    members ->
                        trends.forEach(
                            (name, trend) ->
                                members.object(
                                    name,
                                    each ->
                                        each.text("unit", trend.unit)
                                            .numbers("values", unrolled(trend.ring))))));
  }

  private float[] unrolled(float[] ring) {
    var values = new float[filled];
    for (int i = 0; i < filled; i++) {
      values[i] = ring[Math.floorMod(next - filled + i, LENGTH)];
    }
    return values;
  }
}
