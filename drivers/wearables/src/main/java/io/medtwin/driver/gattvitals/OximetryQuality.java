package io.medtwin.driver.gattvitals;

import io.medtwin.spi.Absent.Reason;
import io.medtwin.spi.Reading.Flag;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the two status fields of a pulse oximeter mean for its numbers.
 *
 * @param absence why there is no number, or null if there may be one
 * @param flags what is said of the numbers beside it
 */
record OximetryQuality(@Nullable Reason absence, Set<Flag> flags) {

  private static final Set<SensorStatus> OFF =
      EnumSet.of(SensorStatus.SENSOR_UNCONNECTED_TO_USER, SensorStatus.SENSOR_DISCONNECTED);
  private static final Set<SensorStatus> FAULTY =
      EnumSet.of(SensorStatus.EQUIPMENT_MALFUNCTION, SensorStatus.SENSOR_MALFUNCTION);
  private static final Set<SensorStatus> DOUBTFUL =
      EnumSet.of(
          SensorStatus.PROCESSING_IRREGULARITY,
          SensorStatus.INADEQUATE_SIGNAL,
          SensorStatus.POOR_SIGNAL,
          SensorStatus.LOW_PERFUSION,
          SensorStatus.ERRATIC_SIGNAL,
          SensorStatus.NON_PULSATILE_SIGNAL,
          SensorStatus.QUESTIONABLE_PULSE,
          SensorStatus.INTERFERENCE,
          SensorStatus.UNKNOWN_SENSOR,
          SensorStatus.SENSOR_DISPLACED);

  static OximetryQuality of(
      @Nullable Set<MeasurementStatus> measurement, @Nullable Set<SensorStatus> sensor) {
    var said = measurement == null ? Set.<MeasurementStatus>of() : measurement;
    var sensed = sensor == null ? Set.<SensorStatus>of() : sensor;
    var flags = EnumSet.noneOf(Flag.class);
    said.forEach(
        status -> {
          var flag = flag(status);
          if (flag != null) {
            flags.add(flag);
          }
        });
    if (sensed.stream().anyMatch(DOUBTFUL::contains)) {
      flags.add(Flag.QUESTIONABLE);
    }
    return new OximetryQuality(absence(said, sensed), flags);
  }

  /** The most telling cause first: an unplugged probe also makes the measurement invalid. */
  private static @Nullable Reason absence(Set<MeasurementStatus> said, Set<SensorStatus> sensed) {
    if (sensed.stream().anyMatch(OFF::contains)) {
      return Reason.SENSOR_OFF;
    }
    if (sensed.stream().anyMatch(FAULTY::contains)) {
      return Reason.MALFUNCTION;
    }
    if (said.contains(MeasurementStatus.INVALID)) {
      return Reason.INVALID;
    }
    return said.contains(MeasurementStatus.UNAVAILABLE) ? Reason.NOT_AVAILABLE : null;
  }

  private static @Nullable Flag flag(MeasurementStatus status) {
    return switch (status) {
      case MEASUREMENT_ONGOING -> Flag.ONGOING;
      case EARLY_ESTIMATE -> Flag.EARLY;
      case VALIDATED -> Flag.VALIDATED;
      case FROM_STORAGE -> Flag.STORED;
      case DEMO -> Flag.DEMO;
      case TEST -> Flag.TEST;
      case CALIBRATING -> Flag.CALIBRATING;
      case QUESTIONABLE -> Flag.QUESTIONABLE;
      case INVALID -> Flag.INVALID;
      case FULLY_QUALIFIED, UNAVAILABLE -> null;
    };
  }
}
