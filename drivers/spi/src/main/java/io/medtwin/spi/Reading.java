package io.medtwin.spi;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value exactly as the device said it. The profile of the device model gives it a code and a
 * place in the twin.
 *
 * @param parameter the device's or the driver's own name for it: lower case letters, digits, dashes
 *     ({@code pulse-rate})
 * @param value what was said, or why nothing was
 * @param flags what the device says of this value's quality, beside the value
 * @param time the device's own time of the value, or null if it has none (the gateway's arrival
 *     time counts)
 */
public record Reading(String parameter, Value value, Set<Flag> flags, @Nullable DeviceTime time)
    implements Report {

  /**
   * Quality of a value as the device states it; names of IEEE 11073-10207 and of the 11073-20601
   * status bits.
   */
  public enum Flag {
    INVALID,
    QUESTIONABLE,
    CALIBRATING,
    ONGOING,
    EARLY,
    VALIDATED,
    /** Test data: not of a patient. */
    TEST,
    /** Demonstration data: not of a patient. */
    DEMO,
    /** Kept by the device and sent later. */
    STORED,
    /** The number is a bound that the value lies above (HL7 {@code >}). */
    OVERFLOW,
    /** The number is a bound that the value lies below (HL7 {@code <}). */
    UNDERFLOW
  }

  private static final Set<Flag> NO_FLAGS = Set.of();

  public Reading {
    if (parameter.isBlank()) {
      throw new IllegalArgumentException("a reading needs the name of its parameter");
    }
    flags = flags.isEmpty() ? NO_FLAGS : Set.copyOf(flags);
  }

  /** A reading without flags and without device time. */
  public static Reading of(String parameter, Value value) {
    return new Reading(parameter, value, NO_FLAGS, null);
  }

  /**
   * A number as the device wrote it, scale kept: {@code number("rate", "5.00", "mL/h")}.
   *
   * @throws NumberFormatException the text is no decimal number
   */
  public static Reading number(String parameter, String amount, String unit) {
    return of(parameter, Numeric.of(amount, unit));
  }

  /** A whole number: {@code number("spo2", 97, "%")}. */
  public static Reading number(String parameter, long amount, String unit) {
    return of(parameter, Numeric.of(amount, unit));
  }

  /** One word of a list that the protocol defines: {@code coded("mode", "infusing")}. */
  public static Reading coded(String parameter, String code) {
    return of(parameter, new Coded(code));
  }

  /** Free text, as sent; never of a person. */
  public static Reading text(String parameter, String text) {
    return of(parameter, new Text(text));
  }

  /** No value, and the device does not say why; where it does, {@link Absent} has the reasons. */
  public static Reading absent(String parameter) {
    return of(parameter, new Absent(Absent.Reason.NOT_AVAILABLE));
  }

  /** The same with the device's own time. */
  public Reading at(@Nullable DeviceTime deviceTime) {
    return new Reading(parameter, value, flags, deviceTime);
  }

  /** The same with one more flag. */
  public Reading with(Flag flag) {
    var more = EnumSet.of(flag);
    more.addAll(flags);
    return new Reading(parameter, value, more, time);
  }

  /** The same with more flags. */
  public Reading with(Set<Flag> more) {
    if (more.isEmpty()) {
      return this;
    }
    var all = EnumSet.copyOf(more);
    all.addAll(flags);
    return new Reading(parameter, value, all, time);
  }
}
