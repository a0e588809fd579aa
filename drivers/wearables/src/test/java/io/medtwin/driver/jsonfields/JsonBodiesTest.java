package io.medtwin.driver.jsonfields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.driver.internal.json.JsonException;
import io.medtwin.driver.internal.json.JsonReader;
import io.medtwin.driver.internal.json.JsonWriter;
import io.medtwin.spi.Coded;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Identity.Attribute;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Text;
import io.medtwin.spi.Value;
import io.medtwin.testkit.RecordingSession;
import io.medtwin.testkit.ScriptedMessageLink;
import java.io.EOFException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written comes back by the driver as it was. */
class JsonBodiesTest {

  private static final Instant AT = Instant.parse("2026-03-01T10:00:00.250Z");
  private static final String MAC = "02:00:00:00:00:01";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spo2 <- $.spo2 unit=%                                    | 97 %",
        "spo2 <- $.a.b[2].c unit=%                                | 97 %",
        "spo2 <- /a.b/1/c[0] unit=%                               | 97 %",
        "spo2 <- $.v unit=$.u units=pct:%,frac:1                  | 97 %",
        "spo2 <- $.v unit=$.u                                     | 97 %",
        "spo2 <- $.v unit=% string=yes zero=absent absent=-1,---  | 97 %",
        "spo2 <- $.v unit=% scale=0.1 decimals=1                  | 97.4 %",
        "spo2 <- $.v unit=% if=$.type:vitals                      | 97 %",
        "spo2 <- $.v unit=% if=$.head.type:7                      | 97 %",
      })
  void aNumberComesBackWithItsUnit(String field, String said) throws Exception {
    int blank = said.indexOf(' ');
    var value = new Numeric(new BigDecimal(said.substring(0, blank)), said.substring(blank + 1));

    var session = run(field, MAC, Map.of("spo2", value), Map.of());

    assertThat(session.lines()).containsExactly("reading spo2 " + said);
    assertThat(session.discarded()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "activity <- $.act as=code codes=0:rest,1:walk | walk",
        "activity <- $.act as=code codes=W:walk        | walk",
        "activity <- $.act as=code                     | walk",
        "activity <- $.act as=code codes=true:walk     | walk",
      })
  void aCodeComesBackByTheDevicesOwnWord(String field, String code) throws Exception {
    assertThat(run(field, MAC, Map.of("activity", new Coded(code)), Map.of()).lines())
        .containsExactly("reading activity code " + code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "time <- $.ts format=epoch-millis                   | 2026-03-01T10:00:00.250Z"
            + " unsynchronised",
        "time <- $.ts format=epoch-seconds string=yes       | 2026-03-01T10:00:00.250Z"
            + " unsynchronised",
        "time <- $.ts                                       | 2026-03-01T10:00:00.250Z"
            + " unsynchronised",
        "time <- $.ts format=local                          | 2026-03-01T10:00:00.250",
        "time <- $.ts format=local pattern=yyyyMMddHHmmss   | 2026-03-01T10:00",
      })
  void theTimeComesBack(String field, String time) throws Exception {
    var fields = field + "\nnote <- $.note as=text";

    assertThat(run(fields, MAC, Map.of("note", new Text("hi")), Map.of()).lines())
        .containsExactly("reading note text \"hi\" at " + time);
  }

  @Test
  void alertsIdentityPresenceAndDeviceComeBack() throws Exception {
    var fields =
        """
        device <- $.dev.mac form=mac
        presence <- $.dev.state
        identity serial <- $.dev.sn
        identity firmware <- $.dev.fw
        alert sos <- $.flags[0] on=pressed off=idle
        alert fall <- $.flags[1]
        event boot <- $.boot
        ignore <- $.raw
        hr <- $.hr unit=/min
        """;

    var session = run(fields, MAC, Map.of("hr", number(70)), Map.of("sos", true, "fall", false));

    assertThat(session.lines())
        .containsExactly(
            "device 02:00:00:00:00:01: alert START sos (sos) UNKNOWN UNKNOWN \"\"",
            "device 02:00:00:00:00:01: alert END fall (fall) UNKNOWN UNKNOWN \"\"",
            "device 02:00:00:00:00:01: presence true \"online\"",
            "device 02:00:00:00:00:01: identity SERIAL=\"S-1\"",
            "device 02:00:00:00:00:01: reading hr 70 /min");
  }

  @Test
  void whatHoldsUnderAnotherConditionGoesIntoABodyOfItsOwn() throws Exception {
    var bodies =
        new JsonBodies(
            FieldMap.parse(
                """
                time <- $.ts format=epoch-millis
                battery <- $.bat unit=%
                hr <- $.v unit=/min if=$.type:hr
                spo2 <- $.v unit=% if=$.type:ox
                """));

    assertThat(
            bodies.write(
                said(
                    MAC,
                    Map.of("hr", number(70), "spo2", percent(97), "battery", percent(50)),
                    Map.of())))
        .containsExactly(
            "{\"type\":\"hr\",\"ts\":1772359200250,\"bat\":50,\"v\":70}",
            "{\"type\":\"ox\",\"ts\":1772359200250,\"v\":97}");
    assertThat(bodies.write(said(MAC, Map.of("battery", percent(50)), Map.of())))
        .containsExactly("{\"ts\":1772359200250,\"bat\":50}");
    assertThat(bodies.write(said(MAC, Map.of("unheard", number(1)), Map.of()))).isEmpty();
  }

  @Test
  void aNumberThatWouldMeanNothingIsLeftOut() throws Exception {
    var bodies = new JsonBodies(FieldMap.parse("hr <- $.hr unit=/min zero=absent absent=255"));

    assertThat(bodies.write(said(MAC, Map.of("hr", number(0)), Map.of()))).isEmpty();
    assertThat(bodies.write(said(MAC, Map.of("hr", number(255)), Map.of()))).isEmpty();
    assertThat(bodies.write(said(MAC, Map.of("hr", percent(70)), Map.of()))).isEmpty();
    assertThat(bodies.unitsOf("hr")).containsExactly("/min");
  }

  @Test
  void anIdOfAnotherFormIsRefusedBeforeAnybodyHearsIt() throws Exception {
    var bodies = new JsonBodies(FieldMap.parse("device <- $.m form=mac\nhr <- $.hr unit=/min"));

    assertThatThrownBy(() -> bodies.write(said("watch-1", Map.of("hr", number(1)), Map.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("form=mac")
        .hasMessageContaining("watch-1");
  }

  @Test
  void whatCannotStandInOneBodyIsLeftOutAndTheRestStays() {
    var tree = new BodyTree();
    assertThat(put(tree, "$.a", "1")).isTrue();
    assertThat(put(tree, "$.a.b", "2")).isFalse();
    assertThat(put(tree, "$.a", "2")).isFalse();
    assertThat(put(tree, "$.c[256]", "2")).isFalse();
    assertThat(put(tree, "$.c[1]", "3")).isTrue();
    assertThat(put(tree, "$.c.d", "4")).isFalse();

    assertThat(JsonWriter.write(tree.toJson())).isEqualTo("{\"a\":1,\"c\":[{},3]}");
  }

  private static boolean put(BodyTree tree, String path, String json) {
    try {
      return tree.put(
          FieldPath.parse(path).orElseThrow(),
          JsonReader.read(json.getBytes(StandardCharsets.UTF_8)));
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }

  private static Numeric number(int amount) {
    return new Numeric(BigDecimal.valueOf(amount), "/min");
  }

  private static Numeric percent(int amount) {
    return new Numeric(BigDecimal.valueOf(amount), "%");
  }

  private static JsonBodies.Said said(
      String device, Map<String, Value> values, Map<String, Boolean> alerts) {
    return new JsonBodies.Said(device, AT, values, alerts, Identity.of(Attribute.SERIAL, "S-1"));
  }

  private static RecordingSession run(
      String fields, String device, Map<String, Value> values, Map<String, Boolean> alerts)
      throws Exception {
    var messages =
        new JsonBodies(FieldMap.parse(fields))
            .write(said(device, values, alerts)).stream()
                .map(body -> Message.text("t", "application/json", body))
                .toList();
    assertThat(messages).isNotEmpty();
    var link = new ScriptedMessageLink(LinkKind.MQTT, List.copyOf(messages));
    var session = new RecordingSession(Map.of("fields", fields));
    assertThatThrownBy(() -> new JsonFieldsDriver().run(link, session))
        .isInstanceOf(EOFException.class);
    assertThat(link.refusals()).isEmpty();
    return session;
  }
}
