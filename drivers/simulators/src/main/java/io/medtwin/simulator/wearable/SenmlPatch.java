package io.medtwin.simulator.wearable;

import io.medtwin.driver.senml.Senml;
import io.medtwin.driver.senml.SenmlEntry;
import io.medtwin.driver.senml.SenmlFormat;
import io.medtwin.simulator.physiology.Patient;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;

/**
 * A sensor patch that packs its values as SenML (RFC 8428): heart rate, oxygen saturation,
 * respiratory rate, body temperature and battery, with its own synchronised time. The base name
 * {@code urn:example:{id}:} names the device (RFC 6963: the URNs that stand for no real one). Pure.
 */
public final class SenmlPatch {
  private static final String BASE_NAME = "urn:example:%s:";
  private static final double BATTERY_FULL = 88;
  private static final double BATTERY_SECONDS_PER_PERCENT = 1800;

  private final String id;
  private final Patient patient;
  private final Instant epoch;

  /**
   * A patch on {@code patient}.
   *
   * @param id device id, as in topic or path
   * @param epoch what its clock shows when the scenario begins
   */
  public SenmlPatch(String id, Patient patient, Instant epoch) {
    this.id = id;
    this.patient = patient;
    this.epoch = epoch;
  }

  /** The pack of a moment, seconds after the scenario began. */
  public byte[] pack(double seconds, SenmlFormat format) {
    var vitals = patient.vitals(seconds);
    var now = decimal(epoch.toEpochMilli() / 1000.0 + seconds, 1);
    double battery = Math.max(5, BATTERY_FULL - seconds / BATTERY_SECONDS_PER_PERCENT);
    return Senml.write(
        List.of(
            SenmlEntry.number("heart-rate", "beat/min", decimal(vitals.heartRate(), 0))
                .withBaseName(BASE_NAME.formatted(id))
                .withBaseTime(now),
            SenmlEntry.number("spo2", "/", decimal(vitals.spo2() / 100, 2)),
            SenmlEntry.number("respiratory-rate", "1/min", decimal(vitals.respiratoryRate(), 0)),
            SenmlEntry.number("temperature", "Cel", decimal(vitals.temperature(), 2)),
            SenmlEntry.number("battery", "%EL", decimal(battery, 0))),
        format);
  }

  private static BigDecimal decimal(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN);
  }
}
