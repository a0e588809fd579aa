package io.medtwin.console.routes;

import io.medtwin.console.api.FleetJson;
import io.medtwin.console.line.FleetSource;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What Ditto said of the fleet in the last 2 s, so that many browsers cost one search; also that it
 * does not answer. One search runs at a time, others wait for what it finds.
 */
final class FleetCache {

  /** How long an answer counts. */
  static final Duration FRESH = Duration.ofSeconds(2);

  /** Most answers kept: all gateways, and the devices of some. */
  static final int MOST = 64;

  private static final String ALL = "";

  private record Answer(long nanos, byte[] json, @Nullable IOException failure) {}

  private interface Search {
    byte[] json() throws IOException;
  }

  private final FleetSource source;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Answer> answers =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Answer> eldest) {
          return size() > MOST;
        }
      };

  FleetCache(FleetSource source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  /** All gateways. */
  byte[] gateways() throws IOException {
    return answer(
        ALL,
        () -> {
          long begin = System.nanoTime();
          var gateways = source.gateways();
          long took = Duration.ofNanos(System.nanoTime() - begin).toMillis();
          return FleetJson.gateways(gateways, clock.instant(), took);
        });
  }

  /** Devices of a gateway. */
  byte[] devices(String gateway) throws IOException {
    return answer(gateway, () -> FleetJson.devices(source.devices(gateway), clock.instant()));
  }

  private byte[] answer(String name, Search search) throws IOException {
    lock.lock();
    try {
      var known = answers.get(name);
      if (known == null || System.nanoTime() - known.nanos() > FRESH.toNanos()) {
        known = searched(search);
        answers.remove(name);
        answers.put(name, known);
      }
      if (known.failure() != null) {
        throw new IOException(known.failure().getMessage(), known.failure());
      }
      return known.json();
    } finally {
      lock.unlock();
    }
  }

  private static Answer searched(Search search) {
    try {
      var json = search.json();
      return new Answer(System.nanoTime(), json, null);
    } catch (IOException e) {
      return new Answer(System.nanoTime(), new byte[0], e);
    }
  }
}
