package io.medtwin.driver.noninoem3;

import org.jspecify.annotations.Nullable;

/**
 * The table of numbers that 25 frames carry, three times a second. Pulse rates in 1/min, 0 to 510;
 * saturations in %, 0 to 126; null where the oximeter has none (it sends 511 and 127).
 *
 * @param pulseRate HR: average of 4 beats, for trends
 * @param spo2 SpO2: average of 4 beats, for trends
 * @param spo2Display SpO2-D: for display, held over short losses
 * @param spo2Fast SpO2 fast
 * @param spo2BeatToBeat SpO2 beat to beat
 * @param pulseRate8 E-HR: average of 8 beats
 * @param spo2Of8 E-SpO2: average of 8 beats
 * @param spo2Of8Display E-SpO2-D: average of 8 beats, for display
 * @param pulseRateDisplay HR-D: for display, held over short losses
 * @param pulseRate8Display E-HR-D: average of 8 beats, for display
 * @param firmware firmware revision, 0 to 255
 * @param timer packet counter, 14 bits
 * @param smartPoint whether the value passed the SmartPoint quality algorithm
 * @param batteryLow whether the battery is low
 */
public record Averages(
    @Nullable Integer pulseRate,
    @Nullable Integer spo2,
    @Nullable Integer spo2Display,
    @Nullable Integer spo2Fast,
    @Nullable Integer spo2BeatToBeat,
    @Nullable Integer pulseRate8,
    @Nullable Integer spo2Of8,
    @Nullable Integer spo2Of8Display,
    @Nullable Integer pulseRateDisplay,
    @Nullable Integer pulseRate8Display,
    int firmware,
    int timer,
    boolean smartPoint,
    boolean batteryLow) {

  private static final int NO_PULSE_RATE = 511;
  private static final int NO_SATURATION = 127;
  private static final int SMART_POINT = 0x20;
  private static final int BATTERY_LOW = 0x01;

  // Frames (1 to 25) whose fourth byte holds the entry; two-byte entries name their high part.
  private static final int PULSE_RATE = 1;
  private static final int SPO2 = 3;
  private static final int FIRMWARE = 4;
  private static final int TIMER = 6;
  private static final int STATUS_2 = 8;
  private static final int SPO2_DISPLAY = 9;
  private static final int SPO2_FAST = 10;
  private static final int SPO2_BEAT = 11;
  private static final int PULSE_RATE_8 = 14;
  private static final int SPO2_8 = 16;
  private static final int SPO2_8_DISPLAY = 17;
  private static final int PULSE_RATE_DISPLAY = 20;
  private static final int PULSE_RATE_8_DISPLAY = 22;

  public Averages {
    requirePulseRates(pulseRate, pulseRate8, pulseRateDisplay, pulseRate8Display);
    requireSaturations(spo2, spo2Display, spo2Fast, spo2BeatToBeat, spo2Of8, spo2Of8Display);
    if (firmware < 0 || firmware > 0xFF || timer < 0 || timer > 0x3FFF) {
      throw new IllegalArgumentException("firmware has 8 bits and the timer 14");
    }
  }

  /** All averages alike, as in a steady patient. */
  public static Averages steady(
      @Nullable Integer pulseRate,
      @Nullable Integer spo2,
      int firmware,
      int timer,
      boolean smartPoint,
      boolean batteryLow) {
    return new Averages(
        pulseRate,
        spo2,
        spo2,
        spo2,
        spo2,
        pulseRate,
        spo2,
        spo2,
        pulseRate,
        pulseRate,
        firmware,
        timer,
        smartPoint,
        batteryLow);
  }

  /** The numbers of a table of 25 entries. */
  static Averages of(int[] table) {
    return new Averages(
        pulseRate(table, PULSE_RATE),
        saturation(table, SPO2),
        saturation(table, SPO2_DISPLAY),
        saturation(table, SPO2_FAST),
        saturation(table, SPO2_BEAT),
        pulseRate(table, PULSE_RATE_8),
        saturation(table, SPO2_8),
        saturation(table, SPO2_8_DISPLAY),
        pulseRate(table, PULSE_RATE_DISPLAY),
        pulseRate(table, PULSE_RATE_8_DISPLAY),
        table[FIRMWARE - 1],
        (table[TIMER - 1] & 0x7F) << 7 | table[TIMER] & 0x7F,
        (table[STATUS_2 - 1] & SMART_POINT) != 0,
        (table[STATUS_2 - 1] & BATTERY_LOW) != 0);
  }

  /** The table of 25 entries that carries these numbers. */
  int[] toTable() {
    var table = new int[NoninPacket.FRAMES];
    putPulseRate(table, PULSE_RATE, pulseRate);
    putSaturation(table, SPO2, spo2);
    table[FIRMWARE - 1] = firmware;
    table[TIMER - 1] = timer >> 7;
    table[TIMER] = timer & 0x7F;
    table[STATUS_2 - 1] = (smartPoint ? SMART_POINT : 0) | (batteryLow ? BATTERY_LOW : 0);
    putSaturation(table, SPO2_DISPLAY, spo2Display);
    putSaturation(table, SPO2_FAST, spo2Fast);
    putSaturation(table, SPO2_BEAT, spo2BeatToBeat);
    putPulseRate(table, PULSE_RATE_8, pulseRate8);
    putSaturation(table, SPO2_8, spo2Of8);
    putSaturation(table, SPO2_8_DISPLAY, spo2Of8Display);
    putPulseRate(table, PULSE_RATE_DISPLAY, pulseRateDisplay);
    putPulseRate(table, PULSE_RATE_8_DISPLAY, pulseRate8Display);
    return table;
  }

  private static @Nullable Integer pulseRate(int[] table, int frame) {
    int value = (table[frame - 1] & 0x03) << 7 | table[frame] & 0x7F;
    return value == NO_PULSE_RATE ? null : value;
  }

  private static @Nullable Integer saturation(int[] table, int frame) {
    int value = table[frame - 1] & 0x7F;
    return value == NO_SATURATION ? null : value;
  }

  private static void putPulseRate(int[] table, int frame, @Nullable Integer value) {
    int sent = value == null ? NO_PULSE_RATE : value;
    table[frame - 1] = sent >> 7;
    table[frame] = sent & 0x7F;
  }

  private static void putSaturation(int[] table, int frame, @Nullable Integer value) {
    table[frame - 1] = value == null ? NO_SATURATION : value;
  }

  private static void requirePulseRates(@Nullable Integer... values) {
    requireBelow(NO_PULSE_RATE, values);
  }

  private static void requireSaturations(@Nullable Integer... values) {
    requireBelow(NO_SATURATION, values);
  }

  private static void requireBelow(int bound, @Nullable Integer... values) {
    for (var value : values) {
      if (value != null && (value < 0 || value >= bound)) {
        throw new IllegalArgumentException("a value is 0 to " + (bound - 1) + ", got " + value);
      }
    }
  }
}
