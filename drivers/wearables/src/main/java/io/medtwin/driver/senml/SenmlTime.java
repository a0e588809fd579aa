package io.medtwin.driver.senml;

import java.math.BigDecimal;

/** When a record was true (RFC 8428 section 4.5.3). */
public sealed interface SenmlTime {

  /** The record says nothing: when it was received. */
  enum Unsaid implements SenmlTime {
    UNSAID
  }

  /**
   * Seconds since 1970-01-01T00:00:00Z.
   *
   * @param seconds 2^28 to 253402300799 (end of the year 9999), fractions allowed
   */
  record Absolute(BigDecimal seconds) implements SenmlTime {}

  /**
   * Seconds from reception.
   *
   * @param seconds below 2^28, negative for the past
   */
  record Relative(BigDecimal seconds) implements SenmlTime {}
}
