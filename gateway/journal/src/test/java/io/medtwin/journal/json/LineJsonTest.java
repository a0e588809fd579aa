package io.medtwin.journal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.journal.Received;
import io.medtwin.spi.Absent;
import io.medtwin.spi.Alert;
import io.medtwin.spi.Coded;
import io.medtwin.spi.DeviceEvent;
import io.medtwin.spi.DeviceTime;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Presence;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Report;
import io.medtwin.spi.Samples;
import io.medtwin.spi.Text;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LineJsonTest {

  private static final Instant AT = Instant.parse("2026-02-19T08:00:00.120Z");
  private final LineJson json = new LineJson();

  static List<Report> reports() {
    return List.of(
        Reading.of("spo2", Numeric.of("97.00", "%")),
        Reading.of("tiny", Numeric.of("1E-400", "1")),
        Reading.of("mode", new Coded("infusing")).with(Reading.Flag.DEMO),
        Reading.of("label", new Text("ART \"1\"\n\u00e9")),
        Reading.of("spo2", new Absent(Absent.Reason.SENSOR_OFF))
            .at(new DeviceTime.Local(LocalDateTime.of(2026, 2, 19, 8, 0))),
        Reading.of("spo2", Numeric.of(1, "1")).at(new DeviceTime.Utc(AT, true)),
        Reading.of("spo2", Numeric.of(1, "1")).at(new DeviceTime.Ago(Duration.ofMillis(-5))),
        Reading.of("spo2", Numeric.of(1, "1"))
            .at(new DeviceTime.Ticks(123, Duration.ofNanos(125_000))),
        new Alert(
            "o1",
            "AL_1",
            Alert.Phase.ESCALATE,
            Alert.Priority.MEDIUM,
            Alert.Kind.TECHNICAL,
            "text",
            "spo2",
            new DeviceTime.Utc(AT, false)),
        Alert.of("AL_2", Alert.Phase.END),
        new DeviceEvent("started", "by hand", null),
        Identity.of(Identity.Attribute.SERIAL, "1").with(Identity.Attribute.FIRMWARE, "2.1"),
        new Presence(false, "out of range"));
  }

  @ParameterizedTest
  @MethodSource("reports")
  void aReportComesBackAsItWas(Report report) throws IOException {
    var line = List.of(new Received("d", report, AT, 7));

    assertThat(json.read("d", AT, 7, text(line))).isEqualTo(line);
  }

  @Test
  void aWaveComesBackSampleBySample() throws IOException {
    var samples = Samples.of(new int[] {1, -2, Samples.MISSING, 4}, 250, 0.005, -1.5, "mV");
    var line = List.of(new Received("d", Reading.of("ecg", samples), AT, 1));

    var back = (Reading) json.read("d", AT, 1, text(line)).getFirst().report();

    assertThat(back.value())
        .isInstanceOfSatisfying(
            Samples.class,
            read -> {
              assertThat(read.raw()).isEqualTo(samples.raw());
              assertThat(read.ratePerSecond()).isEqualTo(250);
              assertThat(read.gain()).isEqualTo(0.005);
              assertThat(read.offset()).isEqualTo(-1.5);
              assertThat(read.unit()).isEqualTo("mV");
            });
  }

  @Property(tries = 200)
  void numbersKeepTheirScaleAndReportsTheirPlaceAndTime(
      @ForAll List<BigDecimal> numbers, @ForAll long sequence) throws IOException {
    var line = new ArrayList<Received>();
    for (BigDecimal number : numbers) {
      var reading = Reading.of("x", new Numeric(number, "1"));
      line.add(new Received("d", reading, AT.plusMillis(line.size()), sequence + line.size()));
    }
    if (!line.isEmpty()) {
      assertThat(json.read("d", AT, sequence, text(line))).isEqualTo(line);
    }
  }

  @Test
  void membersOfANewerGatewayAreSkipped() throws IOException {
    var text = "[{\"new\":{\"a\":[1]},\"reading\":\"spo2\",\"value\":97,\"unit\":\"%\"}]";

    assertThat(json.read("d", AT, 1, text).getFirst().report())
        .isEqualTo(Reading.of("spo2", Numeric.of(97, "%")));
  }

  @Test
  void whatIsNoReportIsAnErrorNotANumber() {
    for (String text :
        List.of("{}", "[{\"reading\":\"x\"}]", "[{\"alert\":\"a\",\"phase\":\"NEVER\"}]", "[{")) {
      assertThatThrownBy(() -> json.read("d", AT, 1, text)).isInstanceOf(IOException.class);
    }
  }

  private String text(List<Received> line) {
    return new String(json.write(line), StandardCharsets.UTF_8);
  }
}
