package io.medtwin.driver.gattvitals;

/** Device and Sensor Status of a pulse oximeter, 24 bits; the upper 8 are reserved (PLXS 1.0.1). */
public enum SensorStatus implements StatusBits.Bit {
  EXTENDED_DISPLAY_UPDATE(0),
  EQUIPMENT_MALFUNCTION(1),
  PROCESSING_IRREGULARITY(2),
  INADEQUATE_SIGNAL(3),
  POOR_SIGNAL(4),
  LOW_PERFUSION(5),
  ERRATIC_SIGNAL(6),
  NON_PULSATILE_SIGNAL(7),
  QUESTIONABLE_PULSE(8),
  ANALYSIS_ONGOING(9),
  INTERFERENCE(10),
  SENSOR_UNCONNECTED_TO_USER(11),
  UNKNOWN_SENSOR(12),
  SENSOR_DISPLACED(13),
  SENSOR_MALFUNCTION(14),
  SENSOR_DISCONNECTED(15);

  private final int bit;

  SensorStatus(int bit) {
    this.bit = bit;
  }

  @Override
  public int bit() {
    return bit;
  }
}
