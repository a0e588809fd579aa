package io.medtwin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.testkit.Declarations.Feature;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeclarationsTest {

  @Test
  void aStatementHoldsForItsTranscriptsOnly() {
    var declarations =
        Declarations.parse(
            "conformance",
            "# why\n"
                + "without checksum in a, b: it has none\n"
                + "noise 00 10-12 in a: others are frames\n");
    assertThat(declarations.without(Feature.CHECKSUM, "b")).contains("it has none");
    assertThat(declarations.without(Feature.CHECKSUM, "c")).isEmpty();
    assertThat(declarations.noise("a")).containsExactly(0, 0x10, 0x11, 0x12);
    assertThat(declarations.noise("c")).hasSize(256);
  }

  @Test
  void aRequestMayBeSaidByBytesOrByAPattern() {
    var declarations =
        Declarations.parse(
            "conformance",
            "may-write 15: again\nmay-write-like \\x3f\\d+: the number is its own\n");
    assertThat(declarations.mayWrite(ByteBuffer.wrap(new byte[] {0x15}))).isTrue();
    assertThat(declarations.mayWrite(ByteBuffer.wrap(new byte[] {'?', '7'}))).isTrue();
    assertThat(declarations.mayWrite(ByteBuffer.wrap(new byte[] {'?', 'x'}))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "without checksum", "without checksum:", "without hope: none", "noise 0: short",
        "noise 20-10: backwards", "shows clock-jump: where", "may-send (: no pattern", "maybe: x"
      })
  void aLineWithoutAReasonOrOfAnotherFormNamesItself(String line) {
    assertThatThrownBy(() -> Declarations.parse("here", "# first\n" + line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("here, line 2: ");
  }

  @Test
  void aTranscriptThatIsNotThereIsNamed() {
    var declarations = Declarations.parse("here", "without checksum in format-9: it has none");
    assertThatThrownBy(() -> declarations.requireKnown("nonin", List.of("format-8")))
        .hasMessageContaining("format-9");
  }
}
