package io.medtwin.console.api;

import io.medtwin.console.line.Flow;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What flowed between two looks.
 *
 * @param links reports a second, by name of the link
 * @param journal reports a second
 * @param keeper reports a second
 * @param stored commands a second that the backend confirmed
 * @param latencies times of what came to a stage between two looks
 */
public record Rates(
    Map<String, Double> links,
    @Nullable Double journal,
    @Nullable Double keeper,
    @Nullable Double stored,
    List<Percentiles> latencies) {

  /** Nothing is known yet. */
  public static final Rates UNKNOWN = new Rates(Map.of(), null, null, null, List.of());

  public Rates {
    links = Map.copyOf(links);
    latencies = List.copyOf(latencies);
  }

  /**
   * Of two looks.
   *
   * @param before earlier look, over which rates are made
   * @param longBefore still earlier look, over which percentiles are made
   */
  public static Rates between(Flow longBefore, Flow before, Flow now) {
    double seconds = Duration.between(before.at(), now.at()).toNanos() / 1e9;
    if (!(seconds > 0)) {
      return new Rates(Map.of(), null, null, null, latencies(longBefore, now));
    }
    var earlier = new HashMap<String, Long>();
    before.links().forEach(link -> earlier.put(link.name(), link.reports()));
    var links = new HashMap<String, Double>();
    for (Flow.Link link : now.links()) {
      long then = earlier.getOrDefault(link.name(), link.reports());
      links.put(link.name(), rate(then, link.reports(), seconds));
    }
    return new Rates(
        links,
        rate(before.journal().reports(), now.journal().reports(), seconds),
        rate(before.keeper().reports(), now.keeper().reports(), seconds),
        rate(before.backend().stored(), now.backend().stored(), seconds),
        latencies(longBefore, now));
  }

  private static List<Percentiles> latencies(Flow before, Flow now) {
    return now.latencies().stream()
        .map(
            latency ->
                Percentiles.between(
                    before.latencies().stream()
                        .filter(other -> other.stage().equals(latency.stage()))
                        .findFirst()
                        .orElse(null),
                    latency))
        .toList();
  }

  /** A count that fell was begun anew. */
  private static double rate(long before, long now, double seconds) {
    return Math.max(0, now - before) / seconds;
  }
}
