package io.medtwin.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.spi.Absent;
import io.medtwin.spi.Absent.Reason;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Value;
import io.medtwin.spi.transport.BufferedStreamLink;
import io.medtwin.testkit.RecordingSession;
import io.medtwin.testkit.ScriptedByteWire;
import io.medtwin.testkit.ScriptedByteWire.Ending;
import io.medtwin.testkit.ScriptedMessageLink;
import io.medtwin.testkit.VirtualTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The recipes do what the manual says of them, and the manual shows them as they are. */
class CookbookTest {

  private static final Path MANUAL = Path.of("..", "README.md");
  private static final Path SOURCE =
      Path.of("src", "test", "java", "io", "medtwin", "guide", "Cookbook.java");
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void everyBlockOfCodeInTheManualIsCompiledHere() throws IOException {
    var source = Files.readString(SOURCE).replaceAll("(?m)^  ", "");
    var blocks = BLOCK.matcher(Files.readString(MANUAL)).results().toList();

    assertThat(blocks).hasSizeGreaterThanOrEqualTo(4);
    for (var block : blocks) {
      assertThat(source).contains(block.group(1));
    }
  }

  /** The check value that catalogues of CRCs give. */
  @Test
  void theChecksumIsTheOneOfItsName() {
    assertThat(Cookbook.crc16(ascii("123456789"))).isEqualTo(0x29B1);
  }

  @Test
  void escapesStandForWhatTheyReplace() {
    assertThat(Cookbook.unescaped(hex("01 7d5e 02 7d5d 03"))).contains(hex("01 7e 02 7d 03"));
    assertThat(Cookbook.unescaped(hex("01 7d"))).isEmpty();
  }

  /** Values of IEEE 11073-20601 and of the Bluetooth specification of the type. */
  @ParameterizedTest
  @CsvSource({"0x0062, 98", "0xF3D4, 98.0", "0xF16C, 36.4", "0x1005, 50", "0x0FFF, -1"})
  void anSfloatIsADecimalNumber(String raw, String amount) {
    assertThat(Cookbook.sfloat(Integer.decode(raw), "1"))
        .isInstanceOfSatisfying(
            Numeric.class, numeric -> assertThat(numeric.amount()).isEqualByComparingTo(amount));
  }

  @ParameterizedTest
  @CsvSource({
    "0x07FF, NOT_A_NUMBER",
    "0x0800, NOT_AT_THIS_RESOLUTION",
    "0x07FE, OVERFLOW",
    "0x0802, UNDERFLOW",
    "0x0801, INVALID"
  })
  void aSpecialSfloatIsAbsentWithItsReason(String raw, Reason reason) {
    Value expected = new Absent(reason);
    assertThat(Cookbook.sfloat(Integer.decode(raw), "1")).isEqualTo(expected);
  }

  @Test
  void aPauseLastsAsLongAsTheSessionSays() throws Exception {
    var time = new VirtualTime();
    var wire = new ScriptedByteWire(Ending.SILENT).in(time).then(ascii("chatter"));
    var session = new RecordingSession(Map.of(), time);

    Cookbook.pauseUntil(
        Duration.ofSeconds(3), new BufferedStreamLink(wire, LinkKind.TCP, "bench"), session);

    assertThat(session.elapsed()).isEqualTo(Duration.ofSeconds(3));
    assertThat(session.discarded()).containsEntry("not asked for", 7);
  }

  @Test
  void aMessageIsOfItsDevice() throws Exception {
    var good = new Message("bed-1", "bed-1", null, Map.of(), ascii("72"));
    var bad = new Message("bed-2", "bed-2", null, Map.of(), ascii("many"));
    var link = new ScriptedMessageLink(LinkKind.COAP, List.of(good, bad));
    var session = new RecordingSession();

    Cookbook.take(link, session);
    Cookbook.take(link, session);

    assertThat(session.lines()).containsExactly("device bed-1: reading pulse-rate 72 /min");
    assertThat(link.refusals()).hasSize(1);
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static ByteBuffer hex(String text) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(text.replace(" ", "")));
  }
}
