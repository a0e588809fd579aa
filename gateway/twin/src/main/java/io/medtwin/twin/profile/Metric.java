package io.medtwin.twin.profile;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One thing a device model measures, and its place in the twin: property {@code name} of feature
 * {@code channel}.
 *
 * @param index position in its profile, from 0
 * @param channel feature id: one clinical channel ({@code spo2}, {@code delivery-1})
 * @param name property name, camelCase
 * @param parameter what the driver calls it
 * @param kind what it is
 * @param code IEEE 11073-10101 code (partition * 65536 + term), 0 where no safe mapping is known
 * @param unit UCUM unit in the twin; empty for words and texts
 * @param sent what the model writes, before it is converted to {@code unit}
 * @param words twin word for each device word, for {@link Kind#ENUM}; a word that is not listed
 *     stays as it is
 * @param period how often the device is expected to say it; null where nothing is stated, or where
 *     it says it only when it changes
 * @param assumed how long it counts where no period is stated: the usual of its {@link ClassPeriods
 *     class}; null where one is stated, or where it comes only when it changes
 * @param deadband change below which a new number is not published at once; null to publish every
 *     change
 * @param plausible bounds outside which a number is questionable, never deleted; null where none
 *     are stated
 */
public record Metric(
    int index,
    String channel,
    String name,
    String parameter,
    Kind kind,
    int code,
    String unit,
    Sent sent,
    Map<String, String> words,
    @Nullable Duration period,
    @Nullable Duration assumed,
    @Nullable BigDecimal deadband,
    @Nullable Range plausible) {

  /** What a metric is. */
  public enum Kind {
    NUMERIC,
    SETTING,
    ENUM,
    TEXT,
    WAVEFORM
  }

  /**
   * Bounds of a number, both included, in the metric's unit.
   *
   * @param low lowest plausible number
   * @param high highest plausible number
   */
  public record Range(BigDecimal low, BigDecimal high) {
    /** Whether the number lies within. */
    public boolean contains(BigDecimal number) {
      return number.compareTo(low) >= 0 && number.compareTo(high) <= 0;
    }

    @Override
    public String toString() {
      return low + " to " + high;
    }
  }

  public Metric {
    words = Map.copyOf(words);
  }

  /** Its place in the twin: {@code channel/name}. */
  public String place() {
    return channel + "/" + name;
  }

  /**
   * What its values mean, as a short text: two metrics at the same place with another meaning share
   * no value. Of a wave it begins with {@code wave}.
   */
  public String meaning() {
    var text = kind + "|" + code + "|" + unit + "|" + sent + "|" + new TreeMap<>(words);
    return (kind == Kind.WAVEFORM ? "wave" : "") + Integer.toHexString(text.hashCode());
  }

  /**
   * How long after its last word the value is stale: max(1 s, 2 × period), else what is assumed for
   * its class; empty where it comes only when it changes.
   */
  public Optional<Duration> staleAfter() {
    if (period == null) {
      return Optional.ofNullable(assumed);
    }
    var twice = period.multipliedBy(2);
    return Optional.of(twice.compareTo(SHORTEST) < 0 ? SHORTEST : twice);
  }

  /** Its period, else {@code change}, else {@code not stated}. */
  public String pace() {
    return period != null ? period.toString() : assumed == null ? "change" : "not stated";
  }

  private static final Duration SHORTEST = Duration.ofSeconds(1);
}
