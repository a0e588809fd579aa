package io.medtwin.driver.hl7v2.er7;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Er7ReaderTest {

  private static final String MSH =
      "MSH|^~\\&|A|B|C|D|20260304081500||ORU^R01|7|P|2.6||||||8859/1\r";

  @Test
  void fieldsRepetitionsComponentsAndSubcomponentsHaveTheirPlaces() throws Exception {
    var row = row("OBX|1||a^b&c~d|||x");

    assertThat(row.element(3).text(1)).isEqualTo("a");
    assertThat(row.element(3).text(2, 2)).isEqualTo("c");
    assertThat(row.repetitions(3)).hasSize(2);
    assertThat(row.repetitions(3).get(1).text(1)).isEqualTo("d");
    assertThat(row.text(6)).isEqualTo("x");
    assertThat(row.repetitions(2)).isEmpty();
    assertThat(row.text(60)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '#',
      value = {
        "a\\F\\b, a|b",
        "\\S\\\\T\\\\R\\\\E\\, ^&~\\",
        "\\X41\\\\X4243\\, ABC",
        "1\\.br\\2, 1 2",
        "\\H\\bold\\N\\, bold",
        "\\E\\X41\\E\\, \\X41\\", // an escaped escape begins no other
        "\\Q\\, \\Q\\",
        "half \\, half \\",
        "\\X4\\, \\X4\\",
        "\\M2425\\a, a"
      })
  void escapesBecomeWhatTheyMeanAndBrokenOnesStay(String written, String meant) throws Exception {
    assertThat(row("OBX|1|ST|||" + written).text(5)).isEqualTo(meant.strip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "MSH", "MSH|", "MSH|^~\\", "MSH|^^^^|A", "MSH|abcd|A", "\u000bMSH|^~\\&|A"})
  void whatHasNoHeaderIsNoMessage(String text) {
    assertThatThrownBy(() -> Er7Reader.header(text.getBytes(ISO_8859_1)))
        .isInstanceOf(Er7Exception.class);
  }

  @Test
  void oneRowOfNonsenseCostsOnlyItself() throws Exception {
    var message = read(MSH + "OBR|1\rOBX|1|NM\rNonsense\rOBX\robx|2\rOBX|3\r");

    assertThat(message.badRows()).isEqualTo(2);
    assertThat(message.groups().get(0).rows()).hasSize(3);
  }

  @Test
  void whatSpeaksOfPersonsIsNotEvenRead() throws Exception {
    var message = read(MSH + "PID|||1||Muster^Erika\rOBR|1\rNTE|1||Erika\rOBX|1\rPRT|1|||AUT|X\r");

    assertThat(message.groups()).hasSize(1);
    assertThat(message.groups().get(0).rows()).hasSize(1);
    assertThat(message.groups().get(0).participants()).isEmpty();
  }

  @Test
  void eachBoundIsKept() {
    assertThatThrownBy(() -> read(MSH + "OBX|1\r".repeat(Er7Reader.MAX_ROWS + 1)))
        .hasMessageContaining("4096 OBX");
    assertThatThrownBy(() -> read(MSH + "OBR|1\r".repeat(Er7Reader.MAX_GROUPS + 1)))
        .hasMessageContaining("256 OBR");
    assertThatThrownBy(() -> read(MSH + "ZZZ|1\r".repeat(Er7Reader.MAX_SEGMENTS + 1)))
        .hasMessageContaining("10000 segments");
    assertThatThrownBy(() -> read(MSH + "x".repeat(Er7Reader.MAX_OCTETS)))
        .hasMessageContaining("1048576 octets");
  }

  @Test
  void charactersThatAreNotOfTheSetAreRefused() {
    var utf = MSH.replace("8859/1", "UNICODE UTF-8") + "OBX|1|ST|||caf\u00e9\r";

    assertThatThrownBy(() -> read(utf))
        .isInstanceOfSatisfying(
            Er7Exception.class, e -> assertThat(e.problem()).isEqualTo(Problem.DATA_TYPE));
  }

  @Property(tries = 300)
  void anyOctetsAreAMessageOrAnEr7Exception(@ForAll long seed, @ForAll boolean withHeader) {
    var random = new Random(seed);
    var octets = new byte[random.nextInt(600)];
    random.nextBytes(octets);
    var signs = "|^~\\&\rOBXR1.".getBytes(ISO_8859_1);
    for (int i = 0; i < octets.length; i++) {
      if (random.nextInt(3) > 0) {
        octets[i] = signs[random.nextInt(signs.length)];
      }
    }
    var text = (withHeader ? MSH + "OBX|" : "") + new String(octets, ISO_8859_1);
    try {
      assertThat(read(text).groups()).isNotNull();
    } catch (Er7Exception e) {
      assertThat(e.place()).startsWith("MSH");
    }
  }

  private static Segment row(String line) throws Er7Exception {
    return read(MSH + line + "\r").groups().get(0).rows().get(0);
  }

  private static Er7Message read(String text) throws Er7Exception {
    var octets = text.getBytes(ISO_8859_1);
    return new Er7Reader().read(Er7Reader.header(octets), octets);
  }
}
