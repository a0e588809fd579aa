package io.medtwin.spi;

import org.jspecify.annotations.Nullable;

/**
 * An alarm condition of the device, as the device tells it. The driver neither invents nor
 * suppresses one; the gateway is never the primary alarm.
 *
 * @param occurrence id of this occurrence, the same from its start to its end; unique within the
 *     device
 * @param code the device's own code ({@code AL_OCCLU}); shown always
 * @param phase where in its life this condition is
 * @param priority as the device states it; {@link Priority#UNKNOWN} where it states none
 * @param kind physiological, technical or advisory, as far as the device tells
 * @param text as the device shows it, or empty
 * @param parameter the parameter it concerns, or null
 * @param time the device's own time, or null
 */
public record Alert(
    String occurrence,
    String code,
    Phase phase,
    Priority priority,
    Kind kind,
    String text,
    @Nullable String parameter,
    @Nullable DeviceTime time)
    implements Report {

  /** Phases of IHE PCD-04 (alert facet 68481). */
  public enum Phase {
    START,
    CONTINUE,
    UPDATE,
    ESCALATE,
    DEESCALATE,
    RESET,
    END
  }

  /** Priorities of IEC 60601-1-8; {@code NONE} is an information signal. */
  public enum Priority {
    HIGH,
    MEDIUM,
    LOW,
    NONE,
    UNKNOWN
  }

  /** What the condition is about. */
  public enum Kind {
    PHYSIOLOGICAL,
    TECHNICAL,
    ADVISORY,
    UNKNOWN
  }

  public Alert {
    if (occurrence.isBlank() || code.isBlank()) {
      throw new IllegalArgumentException("an alert needs an occurrence id and a code");
    }
  }

  /** An alert of which the device tells only code and phase; the code is its occurrence. */
  public static Alert of(String code, Phase phase) {
    return new Alert(code, code, phase, Priority.UNKNOWN, Kind.UNKNOWN, "", null, null);
  }
}
