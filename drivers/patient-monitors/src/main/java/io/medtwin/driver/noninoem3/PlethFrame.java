package io.medtwin.driver.noninoem3;

/**
 * One frame of formats 2 and 7, a 75th of a second.
 *
 * @param status status byte; bit 7 is always set, see the constants
 * @param pleth sample of the plethysmogram: 0 to 255 in format 2, 0 to 65535 in format 7
 * @param entry byte of the packet's table that this frame carries, 0 to 255
 */
public record PlethFrame(int status, int pleth, int entry) {

  /** Always set. */
  public static final int ALWAYS = 0x80;

  /** Sensor disconnected. */
  public static final int SENSOR_DISCONNECTED = 0x40;

  /** Artifact in this pulse. */
  public static final int ARTIFACT = 0x20;

  /** Out of track: no run of good pulses. */
  public static final int OUT_OF_TRACK = 0x10;

  /** Sensor alarm. */
  public static final int SENSOR_ALARM = 0x08;

  /** Low perfusion in this pulse; with {@link #GREEN_PERFUSION} marginal. */
  public static final int RED_PERFUSION = 0x04;

  /** Good perfusion in this pulse; with {@link #RED_PERFUSION} marginal. */
  public static final int GREEN_PERFUSION = 0x02;

  /** First frame of a packet. */
  public static final int SYNC = 0x01;

  public PlethFrame {
    if ((status & ALWAYS) == 0 || status > 0xFF) {
      throw new IllegalArgumentException("bit 7 of the status byte is always set");
    }
    if (pleth < 0 || pleth > 0xFFFF || entry < 0 || entry > 0xFF) {
      throw new IllegalArgumentException("pleth has 16 bits and an entry 8");
    }
  }

  /** Whether any of the bits is set. */
  public boolean has(int bits) {
    return (status & bits) != 0;
  }
}
