package io.medtwin.twin.keeper;

import io.medtwin.twin.clock.ClockStatus;
import io.medtwin.twin.outbox.Outbox;
import io.medtwin.twin.state.ActiveAlert;
import io.medtwin.twin.state.LinkState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One device at one moment, for those who show it. The three lamps are {@link #talking}, {@link
 * #fresh} and {@link #acknowledgedAt}.
 *
 * @param device configured id
 * @param model model name, from the profile
 * @param thingId its thing in Ditto
 * @param link whether it is heard, since when, and why not
 * @param fresh whether there are periodic values and all of them are in time
 * @param lastHeard when it said something last, or null
 * @param acknowledgedAt when the backend last confirmed its twin, or null
 * @param standing where it stands with the backend
 * @param values its latest values, in the order of the profile
 * @param alerts alerts present, oldest first
 * @param unmapped how many parameters have no place in its profile
 * @param profile id and version of the profile in force
 * @param maintenance its maintenance, or null where it is in none
 * @param clock what was last told of its clock, or null
 * @param counts what came and what became of it
 * @param trouble what went wrong last with the backend, empty while all is well
 */
public record DeviceView(
    String device,
    String model,
    String thingId,
    LinkState link,
    boolean fresh,
    @Nullable Instant lastHeard,
    @Nullable Instant acknowledgedAt,
    Outbox.Standing standing,
    List<Shown> values,
    List<ActiveAlert> alerts,
    int unmapped,
    String profile,
    @Nullable Maintenance maintenance,
    @Nullable ClockStatus clock,
    Counts counts,
    String trouble) {

  /** A twin is told each 30 s; one that was not acknowledged for so long is late. */
  private static final Duration LATE = Duration.ofSeconds(45);

  /**
   * One value.
   *
   * @param channel feature
   * @param name property
   * @param text value as text; empty where there is none
   * @param unit UCUM unit, or empty
   * @param validity word of the twin
   */
  public record Shown(String channel, String name, String text, String unit, String validity) {}

  /**
   * What came and what became of it, since the gateway started.
   *
   * @param received reports
   * @param unmapped readings without a place in the profile
   * @param rejected readings that contradict the profile
   * @param late readings older than what was known already
   * @param discardedBytes bytes or messages a driver could make no sense of
   * @param coalesced values that a newer one replaced before they were sent
   * @param confirmed merges the backend confirmed
   * @param dropped commands refused for good, and lane entries beyond the limit
   * @param implausible numbers outside the plausible bounds of the profile
   */
  public record Counts(
      long received,
      long unmapped,
      long rejected,
      long late,
      long discardedBytes,
      long coalesced,
      long confirmed,
      long dropped,
      long implausible) {}

  /** First lamp: the device talks. A socket that is open is not enough. */
  public boolean talking() {
    return link.status() == LinkState.Status.ONLINE;
  }

  /** Whether its twin was not acknowledged for {@link #LATE}, or never. */
  public boolean isLate(Instant now) {
    return acknowledgedAt == null || acknowledgedAt.plus(LATE).isBefore(now);
  }

  /** Whether its maintenance lasts. */
  public boolean isMuted(Instant now) {
    return maintenance != null && now.isBefore(maintenance.until());
  }

  /** All three lamps are on. */
  public boolean isLive() {
    return talking() && fresh && acknowledgedAt != null;
  }
}
