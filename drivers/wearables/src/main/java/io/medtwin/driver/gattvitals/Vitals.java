package io.medtwin.driver.gattvitals;

import io.medtwin.driver.gattvitals.HeartRate.Contact;
import io.medtwin.spi.Absent;
import io.medtwin.spi.Absent.Reason;
import io.medtwin.spi.Coded;
import io.medtwin.spi.DeviceTime;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Reading.Flag;
import io.medtwin.spi.Text;
import io.medtwin.spi.Value;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From characteristic values to readings. Pure. */
final class Vitals {

  /** Takes one value from the buffer; what it leaves there was not expected. */
  interface Mapping {
    List<Reading> readings(ByteBuffer octets) throws GattException;
  }

  private static final String PERCENT = "%";
  private static final String PER_MINUTE = "/min";
  private static final Set<BloodPressure.Status> DISTURBED =
      Set.of(
          BloodPressure.Status.BODY_MOVEMENT,
          BloodPressure.Status.CUFF_TOO_LOOSE,
          BloodPressure.Status.IMPROPER_POSITION);

  private static final Map<String, Mapping> MAPPINGS =
      Map.ofEntries(
          Map.entry("2A37", octets -> heartRate(HeartRate.decode(octets))),
          Map.entry("2A38", octets -> location(BodySensorLocation.decode(octets))),
          Map.entry("2A5E", octets -> spotCheck(SpotCheckOximetry.decode(octets))),
          Map.entry("2A5F", octets -> continuous(ContinuousOximetry.decode(octets))),
          Map.entry("2A1C", octets -> temperature("body-temperature", Temperature.decode(octets))),
          Map.entry(
              "2A1E",
              octets -> temperature("intermediate-temperature", Temperature.decode(octets))),
          Map.entry("2A35", octets -> bloodPressure(BloodPressure.decode(octets))),
          Map.entry("2A36", octets -> cuffPressure(BloodPressure.decode(octets))),
          Map.entry("2A19", octets -> battery(BatteryLevel.decode(octets))),
          Map.entry("2A9D", octets -> weight(Weight.decode(octets))),
          Map.entry("2A2B", octets -> clock(CurrentTime.decode(octets))));

  private Vitals() {}

  /** How a characteristic is read, or null if it is not read here. */
  static @Nullable Mapping of(String characteristic) {
    return MAPPINGS.get(characteristic);
  }

  private static List<Reading> heartRate(HeartRate rate) {
    boolean off = rate.contact() == Contact.NOT_DETECTED;
    var readings = new ArrayList<Reading>();
    var value =
        off && rate.beatsPerMinute() == 0
            ? new Absent(Reason.SENSOR_OFF)
            : Numeric.of(rate.beatsPerMinute(), PER_MINUTE);
    var doubt = off ? Set.of(Flag.QUESTIONABLE) : Set.<Flag>of();
    readings.add(new Reading("heart-rate", value, doubt, null));
    rate.rrMillis()
        .forEach(
            millis ->
                readings.add(new Reading("rr-interval", new Numeric(millis, "ms"), doubt, null)));
    if (rate.energyKilojoules() != null) {
      readings.add(Reading.of("energy-expended", Numeric.of(rate.energyKilojoules(), "kJ")));
    }
    if (rate.contact() != Contact.NOT_SUPPORTED) {
      readings.add(Reading.of("sensor-contact", new Coded(Words.of(rate.contact()))));
    }
    return readings;
  }

  private static List<Reading> location(BodySensorLocation location) {
    return List.of(Reading.of("body-sensor-location", new Coded(Words.of(location))));
  }

  private static List<Reading> spotCheck(SpotCheckOximetry spot) {
    var quality = OximetryQuality.of(spot.measurementStatus(), spot.sensorStatus());
    var time = spot.clockSet() ? local(spot.time()) : null;
    var readings = new ArrayList<Reading>();
    readings.add(oximetry("spo2", spot.spo2(), PERCENT, quality).at(time));
    readings.add(oximetry("pulse-rate", spot.pulseRate(), PER_MINUTE, quality).at(time));
    if (spot.pulseAmplitudeIndex() != null) {
      readings.add(
          oximetry("pulse-amplitude-index", spot.pulseAmplitudeIndex(), PERCENT, quality).at(time));
    }
    addStatus(readings, "measurement-status", spot.measurementStatus());
    addStatus(readings, "sensor-status", spot.sensorStatus());
    if (spot.time() != null || !spot.clockSet()) {
      addClockUnset(readings, time);
    }
    return readings;
  }

  private static List<Reading> continuous(ContinuousOximetry continuous) {
    var quality = OximetryQuality.of(continuous.measurementStatus(), continuous.sensorStatus());
    var readings = new ArrayList<Reading>();
    addPair(readings, "", continuous.normal(), quality);
    if (continuous.fast() != null) {
      addPair(readings, "-fast", continuous.fast(), quality);
    }
    if (continuous.slow() != null) {
      addPair(readings, "-slow", continuous.slow(), quality);
    }
    if (continuous.pulseAmplitudeIndex() != null) {
      readings.add(
          oximetry("pulse-amplitude-index", continuous.pulseAmplitudeIndex(), PERCENT, quality));
    }
    addStatus(readings, "measurement-status", continuous.measurementStatus());
    addStatus(readings, "sensor-status", continuous.sensorStatus());
    return readings;
  }

  private static List<Reading> temperature(String parameter, Temperature temperature) {
    var time = local(temperature.time());
    var unit = temperature.unit() == Temperature.Unit.CELSIUS ? "Cel" : "[degF]";
    var readings = new ArrayList<Reading>();
    readings.add(Reading.of(parameter, value(temperature.value(), unit)).at(time));
    if (temperature.site() != null) {
      readings.add(
          Reading.of("temperature-site", new Coded(Words.of(temperature.site()))).at(time));
    }
    if (temperature.time() != null) {
      addClockUnset(readings, time);
    }
    return readings;
  }

  private static List<Reading> bloodPressure(BloodPressure pressure) {
    var readings = new ArrayList<Reading>();
    readings.add(pressure("systolic", pressure.systolic(), pressure));
    readings.add(pressure("diastolic", pressure.diastolic(), pressure));
    readings.add(pressure("mean-arterial-pressure", pressure.mean(), pressure));
    addCuffRest(readings, pressure);
    return readings;
  }

  private static List<Reading> cuffPressure(BloodPressure pressure) {
    var readings = new ArrayList<Reading>();
    readings.add(pressure("cuff-pressure", pressure.systolic(), pressure));
    addCuffRest(readings, pressure);
    return readings;
  }

  private static void addCuffRest(List<Reading> readings, BloodPressure pressure) {
    var time = local(pressure.time());
    if (pressure.pulseRate() != null) {
      readings.add(
          new Reading(
              "cuff-pulse-rate", value(pressure.pulseRate(), PER_MINUTE), doubt(pressure), time));
    }
    if (pressure.status() != null) {
      readings.add(
          Reading.of("blood-pressure-status", new Text(Words.of(pressure.status()))).at(time));
    }
    if (pressure.time() != null) {
      addClockUnset(readings, time);
    }
  }

  private static Reading pressure(String parameter, MedicalFloat amount, BloodPressure pressure) {
    var unit = pressure.unit() == BloodPressure.Unit.MMHG ? "mm[Hg]" : "kPa";
    return new Reading(parameter, value(amount, unit), doubt(pressure), local(pressure.time()));
  }

  private static Set<Flag> doubt(BloodPressure pressure) {
    var status = pressure.status();
    return status != null && status.stream().anyMatch(DISTURBED::contains)
        ? Set.of(Flag.QUESTIONABLE)
        : Set.of();
  }

  private static List<Reading> battery(BatteryLevel battery) {
    return List.of(Reading.of("battery-level", Numeric.of(battery.percent(), PERCENT)));
  }

  private static List<Reading> weight(Weight weight) {
    var time = local(weight.time());
    var unit = weight.unit();
    var readings = new ArrayList<Reading>();
    var value =
        weight.rawWeight() == Weight.UNSUCCESSFUL
            ? new Absent(Reason.NOT_AVAILABLE)
            : new Numeric(weight.weight(), unit.weightUnit());
    readings.add(Reading.of("body-weight", value).at(time));
    if (weight.body() != null) {
      readings.add(
          Reading.of("body-mass-index", new Numeric(weight.body().bmi(), "kg/m2")).at(time));
    }
    var height = weight.height();
    if (height != null) {
      readings.add(Reading.of("body-height", new Numeric(height, unit.heightUnit())).at(time));
    }
    if (weight.time() != null) {
      addClockUnset(readings, time);
    }
    return readings;
  }

  private static List<Reading> clock(CurrentTime time) {
    var local = local(time.dateTime());
    var value =
        local == null ? new Absent(Reason.NOT_AVAILABLE) : new Text(time.dateTime().toString());
    return List.of(Reading.of("device-clock", value).at(local));
  }

  private static void addPair(
      List<Reading> readings,
      String suffix,
      ContinuousOximetry.Pair pair,
      OximetryQuality quality) {
    readings.add(oximetry("spo2" + suffix, pair.spo2(), PERCENT, quality));
    readings.add(oximetry("pulse-rate" + suffix, pair.pulseRate(), PER_MINUTE, quality));
  }

  private static Reading oximetry(
      String parameter, MedicalFloat amount, String unit, OximetryQuality quality) {
    var absence = quality.absence();
    var value = absence != null ? new Absent(absence) : value(amount, unit);
    return new Reading(parameter, value, quality.flags(), null);
  }

  private static <E extends Enum<E>> void addStatus(
      List<Reading> readings, String parameter, @Nullable Set<E> status) {
    if (status != null) {
      readings.add(Reading.of(parameter, new Text(Words.of(status))));
    }
  }

  /** A stamp of a clock that was never set is not a time; that it is unset is worth knowing. */
  private static void addClockUnset(List<Reading> readings, @Nullable DeviceTime time) {
    if (time == null) {
      readings.add(Reading.of("device-clock", new Absent(Reason.NOT_AVAILABLE)));
    }
  }

  private static @Nullable DeviceTime local(@Nullable GattDateTime time) {
    return time == null ? null : time.local().map(DeviceTime.Local::new).orElse(null);
  }

  private static Value value(MedicalFloat amount, String unit) {
    return switch (amount) {
      case MedicalFloat.Finite finite -> new Numeric(finite.value(), unit);
      case MedicalFloat.Special special ->
          new Absent(
              switch (special) {
                case NOT_A_NUMBER -> Reason.NOT_A_NUMBER;
                case NOT_AT_THIS_RESOLUTION -> Reason.NOT_AT_THIS_RESOLUTION;
                case POSITIVE_INFINITY -> Reason.OVERFLOW;
                case NEGATIVE_INFINITY -> Reason.UNDERFLOW;
                case RESERVED -> Reason.INVALID;
              });
    };
  }
}
