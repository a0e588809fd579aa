package io.medtwin.app.metrics;

import io.medtwin.app.wiring.Gateway;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What Prometheus is told of a gateway. Nothing of Micrometer is loaded before somebody asks for
 * the first time. Any thread.
 */
public final class GatewayMetrics {

  /** A text this young is told again, however many ask. */
  static final Duration YOUNG = Duration.ofSeconds(1);

  private final Gateway gateway;
  private final String version;
  private final InstantSource clock;
  private final OutageCount outages = new OutageCount();
  private @Nullable Exposition exposition;
  private String last = "";
  private Instant lastAt = Instant.EPOCH;

  /**
   * Of that gateway.
   *
   * @param version of the installation
   */
  public GatewayMetrics(Gateway gateway, String version, InstantSource clock) {
    this.gateway = gateway;
    this.version = version;
    this.clock = clock;
  }

  /** The text format of Prometheus, 0.0.4. */
  public synchronized String text() {
    var now = clock.instant();
    if (now.isBefore(lastAt) || !now.isBefore(lastAt.plus(YOUNG))) {
      if (exposition == null) {
        exposition = new Exposition(this::snapshot);
      }
      last = exposition.text();
      lastAt = now;
    }
    return last;
  }

  private Snapshot snapshot() {
    return Snapshot.of(gateway, version, outages.with(gateway.keeper().outages()), clock.instant());
  }
}
