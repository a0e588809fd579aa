package io.medtwin.driver.philipsintellivue.wire;

/** Bits beside a number or a stretch of a wave. */
public final class MeasurementState {

  /** No value. */
  public static final int INVALID = 0x8000;

  /** A value that the monitor doubts. */
  public static final int QUESTIONABLE = 0x4000;

  /** No value. */
  public static final int UNAVAILABLE = 0x2000;

  /** A calibration is under way. */
  public static final int CALIBRATING = 0x1000;

  /** Test data. */
  public static final int TEST = 0x0800;

  /** Demonstration data. */
  public static final int DEMO = 0x0400;

  /** A person confirmed it. */
  public static final int VALIDATED = 0x0080;

  /** An early indication. */
  public static final int EARLY = 0x0040;

  /** The measurement is under way. */
  public static final int ONGOING = 0x0020;

  /** An alarm of this value is on. */
  public static final int IN_ALARM = 0x0002;

  /** Alarms of this value are switched off. */
  public static final int ALARMS_INHIBITED = 0x0001;

  private MeasurementState() {}
}
