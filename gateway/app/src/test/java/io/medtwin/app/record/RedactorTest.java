package io.medtwin.app.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.spi.Message;
import io.medtwin.testkit.CaptureEvent;
import io.medtwin.testkit.CaptureEvent.Sent;
import io.medtwin.testkit.Transcript.Arrival;
import io.medtwin.testkit.Transcript.FromDevice;
import io.medtwin.testkit.Transcript.ToDevice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedactorTest {

  private static final String PLANTED = "Müller";
  private static final List<Charset> ENCODINGS =
      List.of(
          StandardCharsets.UTF_8,
          StandardCharsets.ISO_8859_1,
          StandardCharsets.UTF_16BE,
          StandardCharsets.UTF_16LE);

  @Test
  void aWordNeverSurvivesInAnyEncodingWhereverItIsCut() throws IOException {
    for (Charset encoding : ENCODINGS) {
      var before = new byte[] {2, 'M', 3};
      var word = "mMÜLLER".getBytes(encoding);
      var bytes = joined(before, word, new byte[] {'M', 4, 5});
      for (int cut = 0; cut <= bytes.length; cut++) {
        for (int next = cut; next <= bytes.length; next++) {
          for (boolean isRequest : new boolean[] {false, true}) {
            var out = filtered(pieces(bytes, isRequest, cut, next));
            var all = content(out);
            assertThat(all).hasSize(bytes.length);
            assertGone(all, "Müller".toLowerCase(Locale.ROOT), encoding);
            assertThat(all).startsWith(2, 'M', 3).endsWith('M', 4, 5);
            assertThat(out.stream().mapToInt(event -> ((Sent) event).redacted()).sum())
                .isBetween(word.length - "m".getBytes(encoding).length, word.length);
          }
        }
      }
    }
  }

  @Test
  void eventsStayInTheirOrderAndWhatIsCleanStaysAsItIs() throws IOException {
    var events = new ArrayList<CaptureEvent>();
    for (int i = 0; i < 200; i++) {
      events.add(sent(i, i % 3 == 0, "M".repeat(1 + i % 4).getBytes(StandardCharsets.US_ASCII)));
      events.add(new CaptureEvent.Lost(i, 1));
    }
    var out = filtered(events);
    assertThat(out).hasSameSizeAs(events);
    assertThat(out)
        .extracting(CaptureEvent::micros)
        .isEqualTo(events.stream().map(CaptureEvent::micros).toList());
  }

  @Test
  void whatMayBeTheBeginningOfAWordIsHeldBackOnlySoLong() throws IOException {
    var redactor = redactor();
    var out = new ArrayList<CaptureEvent>();
    redactor.take(sent(0, false, new byte[] {1, 'M'}), out::add);
    for (int i = 1; i < 3 * Redactor.EVENTS_HELD; i++) {
      redactor.take(sent(i, true, new byte[] {1}), out::add);
    }
    assertThat(out).hasSizeGreaterThan(Redactor.EVENTS_HELD);
    assertThat(out.getFirst()).isEqualTo(new Sent(0, from(false, new byte[] {1, 'x'}), 1));
  }

  @Test
  void namesOfPersonsInJsonNeverSurvive() throws IOException {
    for (String json :
        List.of(
            "{\"patientId\":\"P\",\"hr\":72}",
            "{\"patient\":{\"first\":\"P\",\"x\":[\"P\",{\"y\":\"P\"}]},\"hr\":72}",
            "{\"a\":[{\"mrn\":\"P\"},{\"DOB\":\"P\"},{\"last_name\" : \"P\"}],\"hr\":72}",
            "{\"\\u006drn\":\"P\",\"hr\":72}",
            "[{\"n\":\"patient-name\",\"vs\":\"P\"},{\"n\":\"hr\",\"v\":72}]",
            "[{\"vs\":\"P\",\"n\":\"patient-name\"},{\"n\":\"hr\",\"v\":72}]",
            "{\"name\":\"P\",\"hr\":72}",
            "{\"hr\":72,\"patientId\":\"P",
            "{\"hr\":72} P")) {
      var out = payload(json.replace("P", "Planted-4711"), "application/json");
      assertThat(out).as(json).doesNotContain("Planted").doesNotContain("4711");
      if (json.endsWith("}") || json.endsWith("]")) {
        assertThat(out).as(json).contains("72");
      }
    }
    var clean = "{\"header\":{\"schema_id\":{\"name\":\"heart-rate\"}},\"hr\":72}";
    assertThat(payload(clean, "application/json")).isEqualTo(clean);
    assertThat(payload("{\"mrn\":4711,\"hr\":72}", "application/json"))
        .isEqualTo("{\"mrn\":0000,\"hr\":72}");
  }

  @Test
  void personsInHl7NeverSurvive() throws IOException {
    var message =
        "MSH|^~\\&|PUMP|ICU||||20260101||ORU^R01|1|P|2.6\r"
            + "PID|1||Planted^^^H^MR||Planted^Planted||Planted|M|||Planted\r"
            + "PV1|1|I|Planted^Planted||||Planted^Planted\r"
            + "NK1|1|Planted^Planted\r"
            + "NTE|1||Planted\r"
            + "ZPX|Planted|1\r"
            + "OBR|1|||69965^MDC_DEV_MON^MDC||||||Planted||||||Planted\r"
            + "OBX|1|NM|149530^MDC_PULS_RATE^MDC|1.1.1.1|72|264864^MDC_DIM^MDC|||||R|||||Planted\r"
            + "OBX|2|ST|68487^MDC_ATTR_PT_NAME^MDC|1.1.1.2|Planted||||||R\r"
            + "OBX|3|XPN|1^X^L|1.1.1.3|Planted^Planted||||||R\r";
    var out = payload(message, "application/hl7-v2");
    assertThat(out).doesNotContain("Planted").hasSameSizeAs(message);
    assertThat(out).contains("|72|").contains("MDC_PULS_RATE").contains("PID|1||xxxxxxx^^^x^xx||");
  }

  @Test
  void demographicsOfAMonitorNeverSurviveWhereverTheyAreCut() throws IOException {
    var name = "Planted".getBytes(StandardCharsets.UTF_16BE);
    var attribute =
        ByteBuffer.allocate(6 + name.length + 2)
            .putShort((short) 0x095C)
            .putShort((short) (name.length + 4))
            .putShort((short) (name.length + 2))
            .put(name)
            .array();
    var bytes = joined(new byte[] {(byte) 0xC0, 0x11, 9}, attribute, new byte[] {0, 0, 7, 9});
    for (int cut = 0; cut <= bytes.length; cut++) {
      var all = content(filtered(pieces(bytes, false, cut, bytes.length)));
      assertThat(all).hasSize(bytes.length);
      assertGone(all, "planted", StandardCharsets.UTF_16BE);
    }
  }

  @Test
  void aWordInTheHeadOfAMessageNeverSurvives() throws IOException {
    var message =
        new Message(
            "ward/Müller/hr",
            "müller",
            "text/plain",
            Map.of("x", "1MÜLLER2"),
            ByteBuffer.allocate(1));
    var out = filtered(List.of(new Sent(0, new Arrival(message), 0)));
    var clean = ((Arrival) ((Sent) out.getFirst()).turn()).message();
    assertThat(clean.address()).isEqualTo("ward/xxxxxxx/hr");
    assertThat(clean.device()).isEqualTo("xxxxxxx");
    assertThat(clean.attributes()).containsEntry("x", "1xxxxxxx2");
  }

  private static void assertGone(byte[] all, String word, Charset encoding) {
    assertThat(new String(all, encoding).toLowerCase(Locale.ROOT)).doesNotContain(word);
    for (int i = 0; i < 2 && i < all.length; i++) {
      var shifted = new String(all, i, all.length - i, encoding).toLowerCase(Locale.ROOT);
      assertThat(shifted).doesNotContain(word);
    }
  }

  private static Redactor redactor() {
    return new Redactor(new Words(List.of(PLANTED)));
  }

  private static List<CaptureEvent> filtered(List<CaptureEvent> events) throws IOException {
    var out = new ArrayList<CaptureEvent>();
    var redactor = redactor();
    for (CaptureEvent event : events) {
      redactor.take(event, out::add);
    }
    redactor.finish(out::add);
    return out;
  }

  private static String payload(String text, String type) throws IOException {
    var content = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    var message = new Message("a", null, type, Map.of(), content);
    var out = filtered(List.of(new Sent(0, new Arrival(message), 0)));
    var clean = ((Arrival) ((Sent) out.getFirst()).turn()).message();
    return new String(clean.bytes(), StandardCharsets.UTF_8);
  }

  private static List<CaptureEvent> pieces(byte[] bytes, boolean isRequest, int cut, int next) {
    var events = new ArrayList<CaptureEvent>();
    int[] ends = {cut, next, bytes.length};
    int from = 0;
    for (int end : ends) {
      if (end > from) {
        events.add(sent(events.size(), isRequest, java.util.Arrays.copyOfRange(bytes, from, end)));
        from = end;
      }
    }
    return events;
  }

  private static Sent sent(long micros, boolean isRequest, byte[] bytes) {
    return new Sent(micros, from(isRequest, bytes), 0);
  }

  private static io.medtwin.testkit.Transcript.Turn from(boolean isRequest, byte[] bytes) {
    var content = ByteBuffer.wrap(bytes);
    return isRequest ? new ToDevice(content) : new FromDevice(content);
  }

  private static byte[] content(List<CaptureEvent> events) {
    var all = new ByteArrayOutputStream();
    for (CaptureEvent event : events) {
      var turn = ((Sent) event).turn();
      var bytes = turn instanceof ToDevice request ? request.bytes() : ((FromDevice) turn).bytes();
      var copy = new byte[bytes.remaining()];
      bytes.get(copy);
      all.writeBytes(copy);
    }
    return all.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
