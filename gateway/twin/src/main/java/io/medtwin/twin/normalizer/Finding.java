package io.medtwin.twin.normalizer;

import io.medtwin.spi.Alert;
import io.medtwin.spi.DeviceEvent;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Presence;
import io.medtwin.spi.Value;
import io.medtwin.twin.clock.ObservedTime;
import io.medtwin.twin.profile.Metric;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one report means. */
public sealed interface Finding {

  /**
   * A reading made comparable.
   *
   * @param metric what was measured
   * @param value {@link BigDecimal} or {@link String}; null where the validity allows none
   * @param bound the number that the value lies above ({@link Validity#OVERFLOW}) or below ({@link
   *     Validity#UNDERFLOW}), or null
   * @param validity whether it can be used: the most severe of all flags
   * @param flags all of them
   * @param mode real, test or demo
   * @param observedAt best estimate of when it was true
   * @param time how that is known
   */
  record Observation(
      Metric metric,
      @Nullable Object value,
      @Nullable BigDecimal bound,
      Validity validity,
      Flags flags,
      Mode mode,
      Instant observedAt,
      ObservedTime time)
      implements Finding {

    /** One without flags and without a time of its own. */
    public Observation(
        Metric metric, @Nullable Object value, Validity validity, Mode mode, Instant observedAt) {
      this(metric, value, null, validity, Flags.NONE, mode, observedAt, ObservedTime.ARRIVAL);
    }
  }

  /**
   * A stretch of waveform: counted, described, never copied into the twin.
   *
   * @param metric which wave
   * @param ratePerSecond samples a second
   * @param gain unit per count
   * @param offset value of count 0
   * @param count how many samples
   * @param observedAt time of the first
   */
  record Wave(
      Metric metric,
      double ratePerSecond,
      double gain,
      double offset,
      int count,
      Instant observedAt)
      implements Finding {}

  /**
   * A wave that the device stopped sending, or of which the sensor is off.
   *
   * @param metric which wave
   */
  record WaveStopped(Metric metric) implements Finding {}

  /**
   * A parameter without a place in the profile: it stays visible.
   *
   * @param parameter the driver's name
   * @param value as sent
   * @param observedAt when
   */
  record Unmapped(String parameter, Value value, Instant observedAt) implements Finding {}

  /**
   * A parameter that the profile keeps out of the twin on purpose.
   *
   * @param parameter the driver's name
   */
  record Withheld(String parameter) implements Finding {}

  /**
   * A value that the device kept from before its clock was set, or that it dates not at all: nobody
   * can tell when it was true. It stays in the journal, and is not in the twin.
   *
   * @param parameter the driver's name
   * @param metric what was measured, or null where the profile has no place for it
   */
  record Undated(String parameter, @Nullable Metric metric) implements Finding {}

  /**
   * A reading that contradicts its profile, such as a unit of another dimension: quarantined,
   * counted, not published.
   *
   * @param metric what the profile says it is
   * @param why what was expected and what came
   */
  record Rejected(Metric metric, String why) implements Finding {}

  /**
   * An alert with the meaning its profile gives it.
   *
   * @param alert as sent
   * @param event IEEE 11073-10101 event code, 0 where unknown
   * @param text the device's text, or the profile's where the device sends none
   * @param observedAt when
   */
  record AlertChange(Alert alert, int event, String text, Instant observedAt) implements Finding {}

  /**
   * Something that happened once, with the meaning its profile gives it.
   *
   * @param event as sent
   * @param term IEEE 11073-10101 event code, 0 where unknown
   * @param text the device's text, or the profile's where the device sends none
   * @param observedAt when
   */
  record Occurrence(DeviceEvent event, int term, String text, Instant observedAt)
      implements Finding {}

  /**
   * Who the device says it is.
   *
   * @param identity as sent
   */
  record Identified(Identity identity) implements Finding {}

  /**
   * A hub gained or lost the device.
   *
   * @param presence as sent
   */
  record Seen(Presence presence) implements Finding {}

  /** Whether data are of a patient. */
  enum Mode {
    REAL,
    TEST,
    DEMO
  }
}
