package io.medtwin.simulator.sheet;

import io.medtwin.simulator.sheet.Sheet.Parameter;
import io.medtwin.spi.Numeric;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * From a number of the sheet to the number that the device writes, so that the profile finds its
 * way back: unit, scale and offset, in that order. Pure.
 */
final class WireNumber {
  private static final String NO_UNIT = "1";
  private static final int DIVISION_DECIMALS = 12;

  private final Map<String, String> units;
  private final UnitConversion conversion;

  /**
   * A way for a sheet.
   *
   * @param units UCUM unit of each unit that the model writes otherwise
   */
  WireNumber(Map<String, String> units, UnitConversion conversion) {
    this.units = new TreeMap<>(units);
    this.conversion = conversion;
  }

  /**
   * The number as the device writes it.
   *
   * @param allowed units that the wire can carry; empty for any
   * @return empty where none of them is of the parameter's dimension
   */
  Optional<Numeric> of(Parameter parameter, Numeric value, Collection<String> allowed) {
    var sent = parameter.sent();
    if (allowed.isEmpty()) {
      var free = sent.unit().isEmpty() ? theirs(value.unit()) : NO_UNIT;
      return in(free, parameter, value);
    }
    if (allowed.contains(value.unit())) {
      return in(value.unit(), parameter, value);
    }
    return allowed.stream().flatMap(unit -> in(unit, parameter, value).stream()).findFirst();
  }

  private Optional<Numeric> in(String unit, Parameter parameter, Numeric value) {
    var sent = parameter.sent();
    var meant = unit.equals(NO_UNIT) && !sent.unit().isEmpty() ? sent.unit() : unit;
    return conversion
        .convert(value.amount(), value.unit(), units.getOrDefault(meant, meant))
        .map(number -> new Numeric(unscaled(number, sent), unit));
  }

  private static BigDecimal unscaled(BigDecimal number, Sheet.Sent sent) {
    var left = sent.offset().signum() == 0 ? number : number.subtract(sent.offset());
    if (sent.scale().compareTo(BigDecimal.ONE) == 0) {
      return left;
    }
    var divided =
        left.divide(sent.scale(), DIVISION_DECIMALS, RoundingMode.HALF_EVEN).stripTrailingZeros();
    return divided.scale() < 0 ? divided.setScale(0) : divided;
  }

  /** The model's own spelling of a unit, the first by alphabet, else the unit. */
  private String theirs(String unit) {
    return units.entrySet().stream()
        .filter(pair -> pair.getValue().equals(unit))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(unit);
  }
}
