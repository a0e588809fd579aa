package io.medtwin.driver.declared;

import io.medtwin.spi.Absent.Reason;
import java.math.BigDecimal;

/** What stands at a place, before a field says what it means. */
sealed interface Raw {

  /** Characters of a line. */
  record Said(String text) implements Raw {}

  /**
   * A number of a frame.
   *
   * @param bits the same as on the wire, for masks; 0 for a number that is no integer
   */
  record Amount(BigDecimal number, long bits) implements Raw {}

  /** A word of the number's own format that stands for no number. */
  record None(Reason reason) implements Raw {}
}
