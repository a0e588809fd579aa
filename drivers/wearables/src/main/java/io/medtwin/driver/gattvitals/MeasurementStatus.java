package io.medtwin.driver.gattvitals;

/** Measurement Status of a pulse oximeter, 16 bits; bits 0 to 4 are reserved (PLXS 1.0.1). */
public enum MeasurementStatus implements StatusBits.Bit {
  MEASUREMENT_ONGOING(5),
  EARLY_ESTIMATE(6),
  VALIDATED(7),
  FULLY_QUALIFIED(8),
  FROM_STORAGE(9),
  DEMO(10),
  TEST(11),
  CALIBRATING(12),
  UNAVAILABLE(13),
  QUESTIONABLE(14),
  INVALID(15);

  private final int bit;

  MeasurementStatus(int bit) {
    this.bit = bit;
  }

  @Override
  public int bit() {
    return bit;
  }
}
