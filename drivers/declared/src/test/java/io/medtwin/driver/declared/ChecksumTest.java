package io.medtwin.driver.declared;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checksums against published values. */
class ChecksumTest {

  /** Check values over "123456789": Greg Cook, catalogue of parametrised CRC algorithms. */
  @ParameterizedTest
  @CsvSource({
    "crc8, F4",
    "crc16-xmodem, 31C3",
    "crc16-ccitt-false, 29B1",
    "crc16-kermit, 2189",
    "crc16-mcrf4xx, 6F91",
    "crc16-modbus, 4B37",
    "crc16-arc, BB3D",
    "crc32, CBF43926",
    "crc8 poly=0x31 refin=yes, A1",
    "crc16-arc init=0xFFFF, 4B37",
    "crc32 poly=0x04C11DB7 refin=no, FC891918",
    "sum8, DD",
    "sum16, 01DD",
    "xor8, 31",
    "sum8 complement=ones, 22",
    "sum8 complement=twos, 23"
  })
  void theCheckValueIsThePublishedOne(String declared, String value) {
    assertThat(of(declared, "123456789")).isEqualTo(Long.parseLong(value, 16));
  }

  /** Command strings of a Baxter AS50 in a public driver (mdpnp, AS50.java), CRC in the source. */
  @Test
  void theCrcOfAPumpsCommandIsThatOfItsDriver() {
    assertThat(of("crc16-xmodem", "[STATUS?]")).isEqualTo(0xC34B);
    assertThat(of("crc16-xmodem", "[DEV?]")).isEqualTo(0x8B1C);
  }

  /** A frame of the Fresenius base by the rule of a public driver (jaj42/infupy). */
  @Test
  void aLineWithItsChecksumIsTakenAndOneWithAnotherIsNot() {
    var rule = LineChecksum.parse("sum8 complement=ones");

    assertThat(rule.text("1C;d19;r303906", 2)).contains("1C;d19;r3039");
    assertThat(rule.text("1C;d19;r303907", 2)).isEmpty();
    assertThat(rule.text("6", 2)).isEmpty();
  }

  /** An answer of an Asena pump in a public simulator: CRC over start mark and text. */
  @Test
  void startMarkAndSeparatorCountWhereTheDeclarationSaysSo() {
    var rule = LineChecksum.parse("crc16-ccitt-false separator=\"|\" start=yes separated=yes");
    var covered = "!INST|";
    long crc = of("crc16-ccitt-false", covered);

    assertThat(rule.text("INST|" + "%04X".formatted(crc), '!')).contains("INST");
    assertThat(rule.text("INST;" + "%04X".formatted(crc), '!')).isEmpty();
  }

  private static long of(String declared, String text) {
    var entry = Entry.parse(declared);
    var octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    return Checksum.parse(entry.word(0, "a kind"), entry).of(octets, 0, octets.remaining());
  }
}
