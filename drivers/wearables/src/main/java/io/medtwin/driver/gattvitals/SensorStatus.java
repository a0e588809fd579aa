package io.medtwin.driver.gattvitals;

/** Device and Sensor Status of a pulse oximeter, 24 bits; the ordinal is the bit (PLXS 1.0.1). */
public enum SensorStatus implements StatusBits.Bit {
  EXTENDED_DISPLAY_UPDATE,
  EQUIPMENT_MALFUNCTION,
  PROCESSING_IRREGULARITY,
  INADEQUATE_SIGNAL,
  POOR_SIGNAL,
  LOW_PERFUSION,
  ERRATIC_SIGNAL,
  NON_PULSATILE_SIGNAL,
  QUESTIONABLE_PULSE,
  ANALYSIS_ONGOING,
  INTERFERENCE,
  SENSOR_UNCONNECTED_TO_USER,
  UNKNOWN_SENSOR,
  SENSOR_DISPLACED,
  SENSOR_MALFUNCTION,
  SENSOR_DISCONNECTED;

  @Override
  public int bit() {
    return ordinal();
  }
}
