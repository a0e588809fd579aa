package io.medtwin.simulator.ble;

import io.medtwin.driver.gattvitals.BatteryLevel;
import io.medtwin.driver.gattvitals.BloodPressure;
import io.medtwin.driver.gattvitals.ContinuousOximetry;
import io.medtwin.driver.gattvitals.DeviceText;
import io.medtwin.driver.gattvitals.GattDateTime;
import io.medtwin.driver.gattvitals.HeartRate;
import io.medtwin.driver.gattvitals.MedicalFloat;
import io.medtwin.driver.gattvitals.Temperature;
import io.medtwin.simulator.device.Broadcast;
import io.medtwin.simulator.physiology.Patient;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * A Bluetooth health sensor on a patient: what it notifies or indicates at each tick, and what can
 * be read from it. Its wall clock shows UTC. Pure.
 */
public final class GattSensor implements Broadcast<List<GattValue>> {
  private static final long BATTERY_EVERY_TICKS = 30;
  private static final int BATTERY_FULL = 92;
  private static final int TICKS_PER_PERCENT = 3600;
  private static final double RR_PER_SECOND = 1024;
  private static final int RR_MAX = 9; // fit a notification of 20 octets

  /** The kinds of sensor. */
  public enum Kind {
    /** Chest strap: heart rate and beat-to-beat intervals, each second. */
    HEART_RATE("2A37", 1),
    /** Finger clip: oxygen saturation and pulse, each second. */
    PULSE_OXIMETER("2A5F", 1),
    /** Patch in the armpit: body temperature, each 10 s. */
    THERMOMETER("2A1C", 0.1),
    /** Upper-arm cuff: blood pressure, each 60 s. */
    BLOOD_PRESSURE("2A35", 1 / 60.0);

    private final String characteristic;
    private final double ticksPerSecond;

    Kind(String characteristic, double ticksPerSecond) {
      this.characteristic = characteristic;
      this.ticksPerSecond = ticksPerSecond;
    }

    /** Characteristic that carries its measurement. */
    public String characteristic() {
      return characteristic;
    }

    /** Measurements in a second. */
    public double ticksPerSecond() {
      return ticksPerSecond;
    }
  }

  private final Kind kind;
  private final SensorSheet sheet;
  private final Patient patient;
  private final Instant epoch;

  /**
   * A sensor on {@code patient}.
   *
   * @param epoch what its clock shows when the scenario begins
   */
  public GattSensor(Kind kind, SensorSheet sheet, Patient patient, Instant epoch) {
    this.kind = kind;
    this.sheet = sheet;
    this.patient = patient;
    this.epoch = epoch;
  }

  /** Who it is. */
  public SensorSheet sheet() {
    return sheet;
  }

  /** What it is. */
  public Kind kind() {
    return kind;
  }

  @Override
  public double ticksPerSecond() {
    return kind.ticksPerSecond();
  }

  @Override
  public List<GattValue> at(long tick) {
    double seconds = tick / ticksPerSecond();
    var at = epoch.plusMillis(Math.round(seconds * 1000));
    var measured = new GattValue(kind.characteristic(), measurement(seconds, at), at);
    return tick % BATTERY_EVERY_TICKS == 0
        ? List.of(measured, new GattValue("2A19", battery(tick), at))
        : List.of(measured);
  }

  /** What can be read at any time, by characteristic. */
  public Map<String, byte[]> readable() {
    return Map.of(
        "2A29", new DeviceText(sheet.manufacturer()).encode(),
        "2A24", new DeviceText(sheet.model()).encode(),
        "2A25", new DeviceText(sheet.serial()).encode(),
        "2A19", battery(0));
  }

  private byte[] measurement(double seconds, Instant at) {
    var vitals = patient.vitals(seconds);
    var clock = GattDateTime.of(LocalDateTime.ofInstant(at, ZoneOffset.UTC));
    var pulse = whole(vitals.heartRate());
    return switch (kind) {
      case HEART_RATE ->
          new HeartRate(
                  (int) Math.round(vitals.heartRate()),
                  HeartRate.Contact.DETECTED,
                  null,
                  intervals(seconds))
              .encode();
      case PULSE_OXIMETER -> ContinuousOximetry.of(whole(vitals.spo2()), pulse).encode();
      case THERMOMETER ->
          new Temperature(
                  MedicalFloat.of(decimal(vitals.temperature(), 2)),
                  Temperature.Unit.CELSIUS,
                  clock,
                  Temperature.Site.ARMPIT)
              .encode();
      case BLOOD_PRESSURE ->
          new BloodPressure(
                  BloodPressure.Unit.MMHG,
                  whole(vitals.systolic()),
                  whole(vitals.diastolic()),
                  whole(vitals.meanPressure()),
                  clock,
                  pulse,
                  null,
                  null)
              .encode();
    };
  }

  /** Intervals that ended in the second before, in 1/1024 s. */
  private List<Integer> intervals(double seconds) {
    return patient.beatIntervals(seconds - 1, seconds).stream()
        .limit(RR_MAX)
        .map(interval -> (int) Math.round(interval * RR_PER_SECOND))
        .toList();
  }

  private static byte[] battery(long tick) {
    return new BatteryLevel((int) Math.max(5, BATTERY_FULL - tick / TICKS_PER_PERCENT)).encode();
  }

  private static MedicalFloat whole(double value) {
    return MedicalFloat.of((int) Math.round(value));
  }

  private static BigDecimal decimal(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN);
  }
}
