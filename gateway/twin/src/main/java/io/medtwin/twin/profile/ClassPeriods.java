package io.medtwin.twin.profile;

import io.medtwin.twin.profile.Metric.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How long a number counts where its profile states no period: a frozen number must not look live.
 * Words, texts and settings are said when they change, so they count until the link is lost.
 */
final class ClassPeriods {

  private static final Duration PUMP = Duration.ofSeconds(30);
  private static final Duration CONTINUOUS = Duration.ofSeconds(5);
  private static final Duration INTERMITTENT = Duration.ofHours(2);
  private static final Duration WEARABLE = Duration.ofMinutes(15);

  /** Measured by a cuff: MDC_PRESS_BLD_NONINV with its parts, and the pulse found meanwhile. */
  private static final Set<Integer> BY_CUFF = Set.of(150_020, 150_021, 150_022, 150_023, 149_546);

  private ClassPeriods() {}

  /** What is assumed of a metric; empty where it comes only when it changes. */
  static Optional<Duration> of(String deviceClass, Kind kind, int code) {
    return switch (kind) {
      case NUMERIC -> Optional.of(BY_CUFF.contains(code) ? INTERMITTENT : of(deviceClass));
      case SETTING, ENUM, TEXT, WAVEFORM -> Optional.empty();
    };
  }

  private static Duration of(String deviceClass) {
    return switch (deviceClass) {
      case "infusion-pump", "syringe-pump" -> PUMP;
      case "patient-monitor", "pulse-oximeter", "ecg-monitor", "ventilator" -> CONTINUOUS;
      default -> WEARABLE;
    };
  }
}
