package io.medtwin.twin.keeper;

import io.medtwin.spi.Samples;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.profile.Profile;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@link WaveRing}s of one device, made when a wave is first heard. Written by the keeper's
 * thread, read by any.
 */
final class Waves {

  private @Nullable WaveRing[] byIndex = {};
  private volatile Map<String, WaveRing> byName = Map.of();

  /** The device goes on under this profile: what it has no wave for is gone. */
  void begin(Profile profile) {
    var next = new WaveRing[profile.metrics().size()];
    var named = new HashMap<String, WaveRing>();
    for (Metric metric : profile.metrics()) {
      var known = byName.get(name(metric));
      if (known != null && metric.kind() == Metric.Kind.WAVEFORM) {
        next[metric.index()] = known;
        named.put(name(metric), known);
      }
    }
    byIndex = next;
    byName = Map.copyOf(named);
  }

  /** A stretch came. */
  void heard(Metric metric, Samples samples, Instant observedAt) {
    var ring = byIndex[metric.index()];
    if (ring == null) {
      ring = new WaveRing();
      byIndex[metric.index()] = ring;
      var named = new HashMap<>(byName);
      named.put(name(metric), ring);
      byName = Map.copyOf(named);
    }
    ring.add(samples, observedAt);
  }

  /** Any thread: as {@link TwinKeeper#wave}. */
  List<Stretch> after(String metric, long after) {
    var ring = byName.get(metric);
    return ring == null ? List.of() : ring.after(after);
  }

  private static String name(Metric metric) {
    return metric.channel() + "." + metric.name();
  }
}
