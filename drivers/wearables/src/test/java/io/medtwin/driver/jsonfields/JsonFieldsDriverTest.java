package io.medtwin.driver.jsonfields;

import static io.medtwin.driver.jsonfields.FieldsRun.message;
import static io.medtwin.driver.jsonfields.FieldsRun.run;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.driver.vectors.Vectors;
import io.medtwin.driver.vectors.Vectors.Vector;
import io.medtwin.spi.Absent;
import io.medtwin.spi.Absent.Reason;
import io.medtwin.spi.Alert;
import io.medtwin.spi.Alert.Phase;
import io.medtwin.spi.Coded;
import io.medtwin.spi.DeviceEvent;
import io.medtwin.spi.DeviceTime;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Message;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Presence;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Reading.Flag;
import io.medtwin.spi.Samples;
import io.medtwin.spi.Text;
import io.medtwin.spi.Value;
import io.medtwin.testkit.RecordingSession;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JsonFieldsDriverTest {

  /** Words of the vectors as parameters of the list of fields. */
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "heartRate", "heart-rate",
          "systolic", "systolic",
          "diastolic", "diastolic",
          "spo2", "spo2",
          "oxygenFlow", "oxygen-flow",
          "bodyTemperature", "body-temperature",
          "bloodGlucose", "blood-glucose",
          "respiratoryRate", "respiratory-rate");

  static Stream<Vector> openMHealth() {
    return Vectors.in("mqtt/open_mhealth.json");
  }

  @ParameterizedTest
  @MethodSource("openMHealth")
  void aBodyOfOpenMHealthIsReadByAListOfFields(Vector vector) throws IOException {
    var run = run(openMHealthFields(), message("a", new String(vector.json(), UTF_8)));
    var device = run.device("a");
    for (var expected : vector.expect().path("readings")) {
      var parameter = Objects.requireNonNull(PARAMETERS.get(expected.path("code").asText()));
      var number = (Numeric) value(device, parameter);
      if (number.unit().equals("[degF]")) {
        // The vector gives Celsius with two decimals; the unit stays as sent until it is
        // normalized.
        assertThat(expected.path("unit").asText()).isEqualTo("Cel");
        assertThat((number.amount().doubleValue() - 32) / 1.8)
            .isCloseTo(expected.path("value").asDouble(), Offset.offset(0.005));
      } else {
        assertThat(Vectors.near(number.amount(), expected.path("value"))).isTrue();
        assertThat(number.unit()).isEqualTo(expected.path("unit").asText());
      }
      var time = vector.expect().path("time");
      assertThat(device.last(parameter).orElseThrow().time())
          .isEqualTo(
              time.isMissingNode()
                  ? null
                  : new DeviceTime.Utc(Instant.parse(time.asText()), false));
    }
    var site = vector.expect().path("bodySite");
    assertThat(device.last("body-site").map(Reading::value))
        .isEqualTo(site.isMissingNode() ? Optional.empty() : Optional.of(new Text(site.asText())));
    assertThat(run.link().refusals()).isEmpty();
  }

  @Test
  void birthAndWillAreHeardAsPresence() {
    for (var vector : Vectors.in("mqtt/state.json").toList()) {
      var text = vector.entry().path("json").asText();
      var run =
          run(
              "",
              new Message(
                  vector.text("topic"),
                  "bridge",
                  null,
                  Map.of(Message.RETAINED, "true"),
                  ByteBuffer.wrap(text.getBytes(UTF_8))));
      assertThat(run.device("bridge").reports())
          .containsExactly(
              new Presence(!vector.expect().path("event").asText().equals("offline"), text));
    }
    assertThat(run("", message("a", " Online\n")).device("a").reports())
        .containsExactly(new Presence(true, "online"));
    assertThat(
            run("presence <- $.state", message("a", "{\"state\":\"offline\"}"))
                .device("a")
                .reports())
        .containsExactly(new Presence(false, "offline"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "zero=absent            | 0          | absent NOT_AVAILABLE",
        "zero=absent            | 0.00       | absent NOT_AVAILABLE",
        "zero=value             | 0          | 0 %",
        "absent=-1,255          | 255        | absent NOT_AVAILABLE",
        "absent=-1,--           | '--'       | absent NOT_AVAILABLE",
        "absent=-1              | 97.0       | 97.0 %",
        "string=yes             | '108'      | 108 %",
        "string=no              | '108'      | absent INVALID",
        "string=yes             | 'NaN'      | absent INVALID",
        "string=yes             | '1e999999' | absent INVALID",
        "scale=0.1              | 42         | 4.2 %",
        "decimals=2             | 36.43000031| 36.43 %",
        "string=yes scale=0.1 decimals=0 | '975' | 98 %",
        "zero=absent            | null       | absent NOT_AVAILABLE",
        "zero=absent            | true       | absent INVALID",
        "zero=absent            | [97]       | absent INVALID",
      })
  void aNumberIsReadOnlyAsItsFieldSays(String options, String sent, String expected) {
    var run =
        run(
            "spo2 <- $.data.spo2 unit=% " + options,
            message("a", "{'data':{'spo2':" + sent.replace('\'', '"') + "}}"));
    var shown =
        switch (value(run.device("a"), "spo2")) {
          case Numeric(BigDecimal amount, String unit) -> amount.toPlainString() + " " + unit;
          case Absent(Reason reason) -> "absent " + reason;
          case Coded _, Text _, Samples _ -> "another kind";
        };
    assertThat(shown).isEqualTo(expected);
  }

  @Test
  void aNumberWhoseUnitIsMissingIsQuestionable() {
    var device =
        run("weight <- $.w.value unit=$.w.unit", message("a", "{'w':{'value':70}}")).device("a");
    assertThat(device.last("weight").orElseThrow())
        .isEqualTo(Reading.of("weight", Numeric.of(70, "1")).with(Flag.QUESTIONABLE));
    assertThat(device.discarded()).containsKey("weight: expected its unit in the message");
  }

  @Test
  void codesAndTextsAreTranslated() {
    var device =
        run(
                """
                activity <- $.act as=code codes=0:rest,1:walk
                wear-state <- $.wear as=code
                strap <- $.strap as=text
                """,
                message("a", "{'act':1,'wear':'Not_On Wrist','strap':' left '}"))
            .device("a");
    assertThat(value(device, "activity")).isEqualTo(new Coded("walk"));
    assertThat(value(device, "wear-state")).isEqualTo(new Coded("not-on-wrist"));
    assertThat(value(device, "strap")).isEqualTo(new Text("left"));
  }

  @Test
  void aFieldMayDependOnAnotherValue() {
    var fields =
        """
        spo2 <- $.data.value unit=% if=$.data.attribute:spo2
        heart-rate <- $.data.value unit=/min if=$.data.attribute:hr
        """;
    var device =
        run(
                fields,
                message("a", "{'data':{'attribute':'spo2','value':97}}"),
                message("a", "{'data':{'attribute':'hr','value':60}}"),
                message("a", "{'data':{'attribute':'glucose','value':5}}"))
            .device("a");
    assertThat(device.reports(Reading.class))
        .extracting(Reading::parameter)
        .containsExactly("spo2", "heart-rate", "data.attribute", "data.value");
  }

  @Test
  void theUnknownStaysVisibleButBoundedAndWithoutNames() {
    var many =
        new StringBuilder("{'spo2':97,'user':{'name':'Ann','pulse':60},'ext':[1,true,'x',null]");
    for (int i = 0; i < 40; i++) {
      many.append(",'k").append(i).append("':").append(i);
    }
    var device =
        run("spo2 <- $.spo2 unit=%\nignore <- $.k0", message("a", many.append('}').toString()))
            .device("a");
    assertThat(device.reports(Reading.class)).hasSize(1 + UnknownValues.MAX_READINGS);
    assertThat(value(device, "ext[0]")).isEqualTo(Numeric.of(1, "1"));
    assertThat(value(device, "ext[1]")).isEqualTo(new Coded("true"));
    assertThat(value(device, "ext[2]")).isEqualTo(new Text("x"));
    assertThat(device.last("k0")).isEmpty();
    assertThat(device.reports().toString()).doesNotContain("Ann");
    assertThat(device.discarded())
        .containsEntry("value under a key that may name a person", 1)
        .containsEntry("value that no field asks for, not shown", 1 + 42 - 32);
  }

  @Test
  void aMappedValueUnderAPersonalKeyIsReadAndTheRestOfItIsNot() {
    var device =
        run(
                "heart-rate <- $.user.pulse unit=/min",
                message("a", "{'user':{'name':'Ann','pulse':60}}"))
            .device("a");
    assertThat(device.reports(Reading.class))
        .extracting(Reading::parameter)
        .containsExactly("heart-rate");
  }

  @Test
  void unknownValuesCanBeCountedOnly() {
    var run = run(Map.of("unknown", "count"), message("a", "{'x':1,'y':2}"));
    assertThat(run.device("a").reports()).isEmpty();
    assertThat(run.device("a").discardedBytes()).isEqualTo(2);
  }

  @Test
  void anAlarmHasOneLifeHoweverOftenItsStateIsSent() {
    var device =
        run(
                "alert sos <- $.sos priority=high kind=physiological text=\"SOS button\"",
                Stream.of(0, 0, 1, 1, 0, 0, 1)
                    .map(state -> message("a", "{'sos':" + state + "}"))
                    .toArray(Message[]::new))
            .device("a");
    assertThat(device.reports(Alert.class))
        .extracting(Alert::phase)
        .containsExactly(Phase.END, Phase.START, Phase.CONTINUE, Phase.END, Phase.START);
    assertThat(device.reports(Alert.class).get(1))
        .isEqualTo(
            new Alert(
                "sos",
                "sos",
                Phase.START,
                Alert.Priority.HIGH,
                Alert.Kind.PHYSIOLOGICAL,
                "SOS button",
                null,
                null));
  }

  @Test
  void anAlarmGoesBeforeTheReadingsOfItsMessage() {
    var device =
        run(
                "spo2 <- $.spo2 unit=%\nalert fall <- $.fall on=down off=up",
                message("a", "{'spo2':97,'fall':'down'}"))
            .device("a");
    assertThat(device.reports().get(0)).isInstanceOf(Alert.class);
  }

  @Test
  void aRetainedMessageRaisesNoAlarmAndItsReadingsAreStored() {
    var payload = "{\"spo2\":97,\"sos\":1,\"button\":true}".getBytes(UTF_8);
    var retained =
        new Message("a", "a", null, Map.of(Message.RETAINED, "true"), ByteBuffer.wrap(payload));
    var device =
        run("spo2 <- $.spo2 unit=%\nalert sos <- $.sos\nevent button <- $.button", retained)
            .device("a");
    assertThat(device.reports())
        .containsExactly(Reading.of("spo2", Numeric.of(97, "%")).with(Flag.STORED));
    assertThat(device.discarded())
        .containsOnlyKeys("alert in a retained message", "event in a retained message");
  }

  @Test
  void anEventIsToldEachTime() {
    var device =
        run(
                "event button <- $.button\nevent mode <- $.mode on=*",
                message("a", "{'button':true,'mode':'sleep'}"),
                message("a", "{'button':false}"),
                message("a", "{'button':1}"))
            .device("a");
    assertThat(device.reports(DeviceEvent.class))
        .containsExactly(
            new DeviceEvent("button", "", null),
            new DeviceEvent("mode", "sleep", null),
            new DeviceEvent("button", "", null));
  }

  @Test
  void anIdentityIsToldOnceUntilItChanges() {
    var device =
        run(
                "identity firmware <- $.fw\nidentity model <- $.model",
                message("a", "{'fw':'1.0','model':'W1'}"),
                message("a", "{'fw':'1.0','model':'W1'}"),
                message("a", "{'fw':'1.1'}"))
            .device("a");
    assertThat(device.reports(Identity.class)).hasSize(2);
    assertThat(device.reports(Identity.class).get(1).attributes())
        .containsEntry(Identity.Attribute.FIRMWARE, "1.1")
        .containsEntry(Identity.Attribute.MODEL, "W1");
  }

  @Test
  void timesAreReadAsDeclared() {
    assertThat(time("format=epoch-millis", "1582212300250"))
        .isEqualTo(new DeviceTime.Utc(Instant.parse("2020-02-20T15:25:00.250Z"), false));
    assertThat(time("format=epoch-seconds string=yes", "'1582212300'"))
        .isEqualTo(new DeviceTime.Utc(Instant.parse("2020-02-20T15:25:00Z"), false));
    assertThat(time("format=iso", "'2020-02-05T07:25:00-08:00'"))
        .isEqualTo(new DeviceTime.Utc(Instant.parse("2020-02-05T15:25:00Z"), false));
    assertThat(time("format=iso", "'2020-02-05T07:25:00'"))
        .isEqualTo(new DeviceTime.Local(LocalDateTime.of(2020, 2, 5, 7, 25)));
    assertThat(time("format=local pattern=\"yyyy/MM/dd HH:mm:ss\"", "'2020/02/05 07:25:01'"))
        .isEqualTo(new DeviceTime.Local(LocalDateTime.of(2020, 2, 5, 7, 25, 1)));
    assertThat(time("format=epoch-millis", "9e60")).isNull();
    assertThat(time("format=epoch-seconds", "'1582212300'")).isNull();
    assertThat(time("format=iso", "'yesterday'")).isNull();
  }

  @Test
  void aPointerReachesKeysThatADottedPathCannot() {
    var device =
        run("spo2 <- /v1.0/list/0/a~1b unit=%", message("a", "{'v1.0':{'list':[{'a/b':97}]}}"))
            .device("a");
    assertThat(device.reports()).containsExactly(Reading.of("spo2", Numeric.of(97, "%")));
  }

  @Test
  void aBareNumberIsTheRoot() {
    assertThat(value(run("spo2 <- $ unit=%", message("a", "97")).device("a"), "spo2"))
        .isEqualTo(Numeric.of(97, "%"));
  }

  private static @Nullable DeviceTime time(String options, String sent) {
    return run(
            "spo2 <- $.spo2 unit=%\ntime <- $.t " + options,
            message("a", "{'spo2':97,'t':" + sent + "}"))
        .device("a")
        .last("spo2")
        .orElseThrow()
        .time();
  }

  private static Value value(RecordingSession device, String parameter) {
    return device.last(parameter).orElseThrow().value();
  }

  private static String openMHealthFields() throws IOException {
    try (var stream =
        Objects.requireNonNull(
            JsonFieldsDriverTest.class.getResourceAsStream("/fields/open-mhealth.fields"))) {
      return new String(stream.readAllBytes(), UTF_8);
    }
  }
}
