package io.medtwin.driver.senml;

import java.math.BigDecimal;
import java.nio.ByteBuffer;

/** The one value of a record. */
public sealed interface SenmlValue {

  /**
   * Label {@code v}.
   *
   * @param number as written, scale kept
   */
  record Num(BigDecimal number) implements SenmlValue {}

  /** Label {@code v} in CBOR with a float that is no number. */
  enum NoNumber implements SenmlValue {
    NOT_A_NUMBER,
    POSITIVE_INFINITY,
    NEGATIVE_INFINITY
  }

  /**
   * Label {@code vs}.
   *
   * @param text as sent
   */
  record Str(String text) implements SenmlValue {}

  /**
   * Label {@code vb}.
   *
   * @param value which
   */
  record Bool(boolean value) implements SenmlValue {}

  /**
   * Label {@code vd}.
   *
   * @param octets read-only view
   */
  record Data(ByteBuffer octets) implements SenmlValue {
    public Data {
      octets = octets.slice().asReadOnlyBuffer();
    }

    /** A view with its own position. */
    @Override
    public ByteBuffer octets() {
      return octets.asReadOnlyBuffer();
    }
  }
}
