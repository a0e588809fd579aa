package io.medtwin.driver.gattvitals;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.spi.Absent;
import io.medtwin.spi.Absent.Reason;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words of IEEE 11073-20601 that stand for no number, as readings. */
class SpecialNumbersTest {

  @ParameterizedTest(name = "SFLOAT {0}: {1}")
  @CsvSource({
    "07FF, NOT_A_NUMBER",
    "0800, NOT_AT_THIS_RESOLUTION",
    "07FE, OVERFLOW",
    "0802, UNDERFLOW",
    "0801, INVALID"
  })
  void aSpecialSfloatIsAbsentNeverANumber(String word, Reason reason) throws GattException {
    var octets = little(5).put((byte) 0).putShort(bits(word)).putShort(bits("0048"));

    assertThat(first("2A5E", octets).value()).isEqualTo(new Absent(reason));
  }

  @ParameterizedTest(name = "FLOAT {0}: {1}")
  @CsvSource({
    "007FFFFF, NOT_A_NUMBER",
    "00800000, NOT_AT_THIS_RESOLUTION",
    "007FFFFE, OVERFLOW",
    "00800002, UNDERFLOW",
    "00800001, INVALID"
  })
  void aSpecialFloatIsAbsentNeverANumber(String word, Reason reason) throws GattException {
    var octets = little(5).put((byte) 0).putInt(Integer.parseUnsignedInt(word, 16));

    assertThat(first("2A1C", octets).value()).isEqualTo(new Absent(reason));
  }

  @ParameterizedTest(name = "SFLOAT {0} beside the special words: {1}")
  @CsvSource({"07FD, 2045", "0803, -2045", "F7FF, 204.7", "F800, -204.8", "0000, 0"})
  void aWordBesideThemIsANumber(String word, BigDecimal number) throws GattException {
    var octets = little(5).put((byte) 0).putShort(bits(word)).putShort(bits("0048"));

    assertThat(first("2A5E", octets).value()).isEqualTo(new Numeric(number, "%"));
  }

  @ParameterizedTest(name = "FLOAT {0}: {1}")
  @CsvSource({"FE000EB0, 37.60", "FF000178, 37.6", "00000025, 37"})
  void aFloatKeepsItsScale(String word, BigDecimal number) throws GattException {
    var octets = little(5).put((byte) 0).putInt(Integer.parseUnsignedInt(word, 16));

    assertThat(first("2A1C", octets).value()).isEqualTo(new Numeric(number, "Cel"));
  }

  private static Reading first(String characteristic, ByteBuffer octets) throws GattException {
    return Objects.requireNonNull(Vitals.of(characteristic)).readings(octets.flip()).getFirst();
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static short bits(String word) {
    return (short) Integer.parseInt(word, 16);
  }
}
