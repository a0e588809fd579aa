package io.medtwin.spi;

/**
 * No value, and why. Never 0, -1 or a large number instead.
 *
 * @param reason why there is none
 */
public record Absent(Reason reason) implements Value {

  /** Why a value is missing. */
  public enum Reason {
    /** The device shows or sends nothing, and does not say why. */
    NOT_AVAILABLE,
    /** Probe, lead or cuff is not on the patient or not connected. */
    SENSOR_OFF,
    /** The sensor or the device is faulty. */
    MALFUNCTION,
    /** The device marks the value as invalid. */
    INVALID,
    /** The measurement is under way. */
    ONGOING,
    /** 11073 FLOAT/SFLOAT "not a number". */
    NOT_A_NUMBER,
    /** 11073 FLOAT/SFLOAT "not at this resolution". */
    NOT_AT_THIS_RESOLUTION,
    /** Above what the device can express. */
    OVERFLOW,
    /** Below what the device can express. */
    UNDERFLOW
  }
}
