package io.medtwin.simulator.sheet;

import java.math.BigDecimal;
import java.util.Optional;

/** Numbers from one UCUM unit to another. */
@FunctionalInterface
public interface UnitConversion {

  /** The same quantity in another unit; empty where the units are not of one dimension. */
  Optional<BigDecimal> convert(BigDecimal number, String from, String to);
}
