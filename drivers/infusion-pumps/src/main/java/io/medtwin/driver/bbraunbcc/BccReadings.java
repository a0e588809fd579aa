package io.medtwin.driver.bbraunbcc;

import io.medtwin.spi.Absent;
import io.medtwin.spi.Coded;
import io.medtwin.spi.DeviceTime;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Text;
import io.medtwin.spi.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a block tells of one device, as readings. A value that is not of the form its parameter has
 * stays a text, so that a profile rejects it in sight of all.
 */
final class BccReadings {

  /** Not available for this pump, or not synchronous. */
  static final String NOT_AVAILABLE = "_NV";

  /** Not available at the moment. */
  static final String NOT_NOW = "_NA";

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}(\\.\\d{1,6})?");
  private static final String NO_END_KNOWN = "65535";
  private static final Set<String> UNITS = Set.of("INDCONU", "INDORTU");
  private static final Set<String> TOLD_OTHERWISE = Set.of("INSERNUM", "GNERR", "GNACK");

  private final BitField bitField;

  BccReadings(BitField bitField) {
    this.bitField = bitField;
  }

  /** Readings of what was told of one device, in its order. */
  List<Reading> of(List<Quadruple> told) {
    var values = new HashMap<String, String>();
    told.forEach(q -> values.put(q.parameter(), q.value()));
    var readings = new ArrayList<Reading>();
    for (var quadruple : told) {
      for (var reading : of(quadruple, values)) {
        readings.add(reading.at(time(quadruple)));
      }
    }
    return readings;
  }

  /** The ComDevice's own time of what it tells. */
  static DeviceTime time(Quadruple told) {
    return new DeviceTime.Ticks(told.time(), TICK);
  }

  /** Whether a value says that there is none. */
  static boolean isAbsent(String value) {
    return value.isEmpty() || value.equals(NOT_AVAILABLE) || value.equals(NOT_NOW);
  }

  private List<Reading> of(Quadruple quadruple, Map<String, String> values) {
    var name = quadruple.parameter();
    if (UNITS.contains(name)
        || TOLD_OTHERWISE.contains(name)
        || Alarm.isAlarm(name)
        || Parameter.maybePersonal(name)) {
      return List.of();
    }
    var parameter = Parameter.find(name);
    if (parameter == null) {
      var unknown = name.toLowerCase(Locale.ROOT);
      return List.of(Reading.of(unknown, text(quadruple.value())));
    }
    var reading = Reading.of(parameter.reading(), value(parameter, quadruple.value(), values));
    return parameter.shape() instanceof Shape.Bits bits
        ? withBits(reading, bits, quadruple.value())
        : List.of(reading);
  }

  private static Value value(Parameter parameter, String value, Map<String, String> values) {
    if (isAbsent(value)) {
      return new Absent(Absent.Reason.NOT_AVAILABLE);
    }
    return switch (parameter.shape()) {
      case Shape.Words words -> new Text(value);
      case Shape.Bits bits -> new Text(value);
      case Shape.Amount(var unit) -> amount(value, unit);
      case Shape.AmountOf(var unit) -> amount(value, UnitCode.ucum(values.getOrDefault(unit, "")));
      case Shape.SecondsLeft() ->
          value.equals(NO_END_KNOWN) ? new Absent(Absent.Reason.NOT_AVAILABLE) : amount(value, "s");
      case Shape.Flag(var no, var yes) -> word(value, "0", no, "1", yes);
      case Shape.Operation() -> word(value, "00050", "off", "00051", "on");
    };
  }

  private static Value amount(String value, String unit) {
    return NUMBER.matcher(value).matches() ? Numeric.of(value, unit) : new Text(value);
  }

  private static Value word(String value, String first, String no, String second, String yes) {
    if (value.equals(first)) {
      return new Coded(no);
    }
    return value.equals(second) ? new Coded(yes) : new Text(value);
  }

  private static Value text(String value) {
    return isAbsent(value) ? new Absent(Absent.Reason.NOT_AVAILABLE) : new Text(value);
  }

  /** The number itself, and each of its known bits. */
  private List<Reading> withBits(Reading number, Shape.Bits shape, String value) {
    var readings = new ArrayList<Reading>();
    readings.add(number);
    var bits = bitField.parse(value);
    for (int i = 0; i < shape.words().size(); i++) {
      Value word =
          bits.isEmpty()
              ? new Absent(Absent.Reason.NOT_AVAILABLE)
              : new Coded((bits.get() >> i & 1) == 1 ? "yes" : "no");
      readings.add(Reading.of(shape.prefix() + "-" + shape.words().get(i), word));
    }
    return readings;
  }
}
