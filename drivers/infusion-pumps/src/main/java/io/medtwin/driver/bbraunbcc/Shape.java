package io.medtwin.driver.bbraunbcc;

import java.util.List;

/** What the value of a parameter is. */
sealed interface Shape {

  /** Free text. */
  record Words() implements Shape {}

  /**
   * A number.
   *
   * @param unit UCUM unit
   */
  record Amount(String unit) implements Shape {}

  /**
   * A number whose unit another parameter of the same block tells.
   *
   * @param unitParameter its name
   */
  record AmountOf(String unitParameter) implements Shape {}

  /** Seconds, {@code 65535} where no end is known. */
  record SecondsLeft() implements Shape {}

  /**
   * {@code 0} or {@code 1}.
   *
   * @param no word for 0
   * @param yes word for 1
   */
  record Flag(String no, String yes) implements Shape {}

  /** {@code 00050} off, {@code 00051} on. */
  record Operation() implements Shape {}

  /**
   * A number whose bits are flags.
   *
   * @param prefix begins the name of each bit's reading
   * @param words names of the bits from bit 0 on
   */
  record Bits(String prefix, List<String> words) implements Shape {}
}
