package io.medtwin.driver.declared;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.StreamDriver;
import io.medtwin.spi.transport.BufferedStreamLink;
import io.medtwin.spi.transport.ByteWire;
import io.medtwin.testkit.RecordingSession;
import io.medtwin.testkit.ScriptedMessageLink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Nothing that a device or the author of a profile can write goes past the boundary. */
class DeclaredFuzzTest {

  private static final List<String> ASCII =
      List.of("nellcor-ascii", "masimo-ascii1", "newera-ne1000", "harvard-elite11");

  @Property(tries = 300)
  void bytesNeverThrowAndNeverWriteMoreThanQuestions(
      @ForAll("noise") byte[] bytes, @ForAll("profiles") String profile) throws Exception {
    var driver = ASCII.contains(profile) ? new AsciiLinesDriver() : new BinaryFramesDriver();

    run(driver, ShippedProfile.settings(profile), bytes);
  }

  @Property(tries = 500)
  void aTextIsADeclarationOrIsRefusedWithItsLines(@ForAll("declarations") String text) {
    for (var grammar : Grammar.values()) {
      refusedInOrder(() -> Declaration.parse(text, grammar));
    }
    refusedInOrder(() -> FrameLayout.parse(text));
    refusedInOrder(() -> LineChecksum.parse(text));
    refusedInOrder(() -> LineMark.parse(text));
  }

  @Property(tries = 300)
  void whatADeclarationMakesOfAnyLineIsInOrder(
      @ForAll("declarations") String text, @ForAll("noise") byte[] bytes) throws Exception {
    var settings = new HashMap<>(Map.of("fields", "line any like=\"*\"\n" + text));
    try {
      Declaration.parse(String.valueOf(settings.get("fields")), Grammar.LINES);
    } catch (IllegalArgumentException e) {
      return;
    }
    run(new AsciiLinesDriver(), settings, bytes);
  }

  @Property(tries = 300)
  void aValueOfACharacteristicIsReadOrCounted(@ForAll("noise") byte[] bytes) throws Exception {
    var session = new RecordingSession(ShippedProfile.settings("polar-h10"));
    for (var uuid : List.of("2A37", "FB005C82-02E7-F387-1CAD-8ACD2D8DF0C8", "2A26")) {
      var message =
          new Message(
              "a",
              "a",
              null,
              Map.of(Message.GATT_KIND, "notification", Message.GATT_CHARACTERISTIC, uuid),
              ByteBuffer.wrap(bytes));
      var link =
          new ScriptedMessageLink(LinkKind.BLE, List.of(message))
              .endingWith(new IOException("over"));
      try {
        new GattFieldsDriver().run(link, session);
      } catch (IOException e) {
        assertThat(e).hasMessage("over");
      }
    }
  }

  private static void refusedInOrder(Runnable parser) {
    try {
      parser.run();
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  /** Runs over bytes and then silence; numbers are finite and named, writes are questions. */
  private static void run(StreamDriver driver, Map<String, String> settings, byte[] bytes)
      throws InterruptedException {
    var session = new RecordingSession(settings);
    var wire = new OnceWire(bytes);
    try {
      driver.run(new BufferedStreamLink(wire, LinkKind.SERIAL, "fuzz"), session);
    } catch (IOException e) {
      // as it should
    }
    for (var reading : session.reports(Reading.class)) {
      if (reading.value() instanceof Numeric(var amount, var unit)) {
        assertThat(amount.toPlainString()).hasSizeLessThan(400);
        assertThat(unit).isNotBlank();
      }
    }
  }

  /** Bytes at once, then silence. */
  private static final class OnceWire implements ByteWire {

    private final ByteBuffer bytes;

    OnceWire(byte[] bytes) {
      this.bytes = ByteBuffer.wrap(bytes);
    }

    @Override
    public int read(ByteBuffer into, Duration atMost) {
      int count = Math.min(into.remaining(), bytes.remaining());
      into.put(bytes.slice().limit(count));
      bytes.position(bytes.position() + count);
      return count;
    }

    @Override
    public void write(ByteBuffer request) {
      var text = StandardCharsets.US_ASCII.decode(request.duplicate()).toString();
      Request.parse(text, false);
    }

    @Override
    public void close() {}
  }

  @Provide
  Arbitrary<String> profiles() {
    return Arbitraries.of(
        "nellcor-ascii",
        "masimo-ascii1",
        "newera-ne1000",
        "harvard-elite11",
        "healthypi-openview",
        "nonin-format8");
  }

  /** Pieces of true conversations, bytes in between, line ends. */
  @Provide
  Arbitrary<byte[]> noise() {
    var pieces =
        Arbitraries.of(
            "29-Dec-17 07:18:57    89*     66     201    MO SL            \r\n",
            "99-Xyz-17 99:18:57    8x*     --     201    MO SL\r\n",
            "02/24/18 04:48:53 SN=1 SPO2=097% BPM=1e9 ALARM=xx EXC=GG\r\n",
            "\u0002" + "00II1e63W-0.ML\u0003",
            "\u0002" + "00A?\u0003",
            "\n199.49 ul/min\r\n:\u0011",
            "\n\u00fa\u0016\u0000\u0002",
            "\u00c3\u007f\u007f\u0008",
            "\r\n",
            "\u0011",
            "\u0003");
    var bytes =
        Arbitraries.bytes()
            .array(byte[].class)
            .ofMaxSize(40)
            .map(some -> new String(some, StandardCharsets.ISO_8859_1));
    return Arbitraries.oneOf(List.of(pieces, bytes))
        .list()
        .ofMaxSize(12)
        .map(all -> String.join("", all).getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Words of the grammar in any order, and any characters. */
  @Provide
  Arbitrary<String> declarations() {
    var words =
        Arbitraries.of(
            "line",
            "frame",
            "characteristic",
            "2A37",
            "a",
            "spo2",
            "alert",
            "flag",
            "time",
            "<-",
            "word 1",
            "words 2-",
            "columns 1-4",
            "columns 3-",
            "part 1",
            "key A",
            "line",
            "u8 1",
            "u16le 0/0xFFFF",
            "ascii 1-",
            "unit=%",
            "unit=word:1",
            "unit=1",
            "as=text",
            "as=code",
            "as=wave",
            "rate=0",
            "rate=50",
            "count=rest",
            "scale=1e30",
            "scale=-0.1",
            "decimals=2",
            "absent=---,0:sensor-off",
            "zero=absent",
            "trim=*",
            "base=16",
            "base=36",
            "every=3",
            "has=A,B",
            "bits=0xFF",
            "on=*",
            "if=word:1:A",
            "if=u8:0/3:1",
            "like=\"*\"",
            "like=\"#@ \\\\\"",
            "ask=\"VER\\r\"",
            "pattern=\"dd\"",
            "pattern=\"'\"",
            "sync",
            "0A",
            "80/80",
            "length",
            "length=4",
            "12",
            "plus=-5",
            "checksum",
            "sum8",
            "crc16-modbus",
            "poly=0x",
            "over=5..1",
            "at=-9",
            "end",
            "=",
            "\"",
            "\\",
            "\n",
            "\n",
            "\n",
            "\n");
    var any = Arbitraries.strings().ofMaxLength(8);
    return Arbitraries.oneOf(List.of(words, words, words, any))
        .list()
        .ofMaxSize(60)
        .map(all -> String.join(" ", all).replace(" \n ", "\n"));
  }
}
