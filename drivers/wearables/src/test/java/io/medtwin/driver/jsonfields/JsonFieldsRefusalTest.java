package io.medtwin.driver.jsonfields;

import static io.medtwin.driver.jsonfields.FieldsRun.message;
import static io.medtwin.driver.jsonfields.FieldsRun.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.spi.MessageLink.Refusal;
import io.medtwin.testkit.RecordingSession;
import io.medtwin.testkit.ScriptedMessageLink;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFieldsRefusalTest {

  @Test
  void theContentMayNameTheDevice() {
    var fields = "device <- $.mac form=mac\nspo2 <- $.spo2 unit=%";
    assertThat(
            run(fields, message(null, "{'mac':'aabbccddeeff','spo2':97}"))
                .device("AA:BB:CC:DD:EE:FF")
                .last("spo2"))
        .isPresent();
    assertThat(
            run(fields, message("AA-BB-CC-DD-EE-FF", "{'mac':'aabbccddeeff','spo2':97}"))
                .link()
                .refusals())
        .isEmpty();
    assertThat(run(fields, message("other", "{'mac':'aabbccddeeff','spo2':97}")).refusals())
        .containsExactly(Refusal.WRONG_DEVICE);
    assertThat(run(fields, message(null, "{'mac':'F3:52:85','spo2':97}")).refusals())
        .containsExactly(Refusal.MALFORMED);
    assertThat(run(fields, message(null, "{'spo2':97}")).refusals())
        .containsExactly(Refusal.MALFORMED);
    assertThat(
            run(
                    "device <- $.mac form=mac hub=yes\nspo2 <- $.spo2 unit=%",
                    message("box7", "{'mac':'AA:BB:CC:DD:EE:FF','spo2':97}"))
                .device("AA:BB:CC:DD:EE:FF")
                .last("spo2"))
        .isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'a':1,'a':2}",
        "{'a':NaN}",
        "{'a':Infinity}",
        "{'a':1",
        "{'a':01}",
        "{a:1}",
        "{'a':1}}",
        "{'a':1e999999999}",
        "not json",
        "{'a':1} // comment",
      })
  void whatIsNoStrictJsonIsRefused(String content) {
    var run = run("", message("a", content));
    assertThat(run.refusals()).containsExactly(Refusal.MALFORMED);
    assertThat(run.session().devices()).isEmpty();
    assertThat(run.link().refusals().get(0).why()).doesNotContain("{");
  }

  @Test
  void aBombIsRefusedAtOnce() {
    var deep = "[".repeat(30_000) + "]".repeat(30_000);
    var wide = "[" + " ".repeat(70_000) + "]";
    var digits = "{'a':" + "9".repeat(60_000) + "}";
    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          assertThat(run("", message("a", deep)).refusals()).containsExactly(Refusal.TOO_LARGE);
          assertThat(run("", message("a", wide)).refusals()).containsExactly(Refusal.TOO_LARGE);
          assertThat(run("", message("a", digits)).refusals()).hasSize(1);
        });
  }

  @Test
  void anotherContentTypeIsNotGuessed() {
    var cbor = new Message("a", "a", "application/cbor", Map.of(), ByteBuffer.wrap(new byte[] {1}));
    assertThat(run("", cbor).refusals()).containsExactly(Refusal.UNSUPPORTED_FORMAT);
  }

  @Test
  void aListThatDoesNotParseStopsTheSessionWithAllItsProblems() {
    var session = new RecordingSession(Map.of("fields", "spo2 <- $.spo2\nx <- y"));
    var link = new ScriptedMessageLink(LinkKind.MQTT, List.of());
    assertThatThrownBy(() -> new JsonFieldsDriver().run(link, session))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 1")
        .hasMessageContaining("line 2");
  }

  @Property
  void anyContentLeavesTheDriverRunning(@ForAll @Size(max = 48) byte[] octets) {
    var fields = "spo2 <- $[0] unit=% scale=0.1\ntime <- $.t format=epoch-millis\nalert sos <- $.s";
    run(fields, new Message("a", "a", null, Map.of(), ByteBuffer.wrap(octets)));
  }
}
