package io.medtwin.app.demo.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.app.TestInstallation;
import io.medtwin.driver.senml.SenmlFormat;
import io.medtwin.simulator.sheet.LivingMessages;
import io.medtwin.simulator.sheet.Sheet;
import io.medtwin.spi.Alert;
import io.medtwin.spi.Message;
import io.medtwin.spi.MessageDriver;
import io.medtwin.spi.Reading;
import io.medtwin.testkit.RecordingSession;
import io.medtwin.testkit.ScriptedMessageLink;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.normalizer.Validity;
import java.io.EOFException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sheet to message to the real driver to the profile: what arrives is what the sheet says. */
class LivingDeviceTest {

  private static final Instant EPOCH = Instant.parse("2026-11-24T08:00:00Z");
  private static final String ID = "sim-1";
  private static final int TICKS = 900;

  @TempDir private static Path folder;

  static Stream<Shipped> shipped() throws Exception {
    var installation = TestInstallation.in(Files.createTempDirectory(folder, "living"));
    var all = new ArrayList<Shipped>();
    for (var profile : TestInstallation.profiles().all()) {
      var one = Shipped.of(profile.id(), installation);
      if (LivingMessages.areKnownOf(one.sheet())) {
        all.add(one);
      }
    }
    assertThat(all).hasSizeGreaterThanOrEqualTo(3);
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void everyParameterArrivesWithinItsBoundsAndInItsUnit(Shipped device) throws Exception {
    for (SenmlFormat format : SenmlFormat.values()) {
      var session = hear(device, messages(device, format, 1));
      var readings = session.reports(Reading.class);

      assertThat(session.discarded()).isEmpty();
      assertThat(readings.stream().map(Reading::parameter).collect(Collectors.toSet()))
          .containsExactlyInAnyOrderElementsOf(
              device.sheet().parameters().stream().map(Sheet.Parameter::name).toList());
      var observed = device.observed(readings);
      for (int i = 0; i < readings.size(); i++) {
        var parameter = parameter(device, readings.get(i).parameter());
        assertThat(observed.get(i).validity()).as(parameter.name()).isEqualTo(Validity.VALID);
        var bounds = parameter.typical() == null ? parameter.plausible() : parameter.typical();
        if (bounds != null && observed.get(i).value() instanceof BigDecimal number) {
          assertThat(observed.get(i).metric().unit()).isEqualTo(parameter.unit());
          assertThat(number).isBetween(bounds.low(), bounds.high());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void valuesMoveAndEachComesAtItsPeriod(Shipped device) throws Exception {
    var readings = hear(device, messages(device, SenmlFormat.JSON, 1)).reports(Reading.class);

    for (Sheet.Parameter parameter : device.sheet().parameters()) {
      var heard =
          readings.stream().filter(one -> one.parameter().equals(parameter.name())).toList();
      if (parameter.typical() != null) {
        assertThat(heard.stream().map(Reading::value).distinct().count())
            .as(parameter.name())
            .isGreaterThan(3);
      }
      if (parameter.period() != null) {
        assertThat(heard).hasSize((int) (TICKS / parameter.period().toSeconds()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void alertsComeAndGo(Shipped device) throws Exception {
    var phases =
        hear(device, messages(device, SenmlFormat.JSON, 1)).reports(Alert.class).stream()
            .collect(
                Collectors.groupingBy(
                    Alert::code, Collectors.mapping(Alert::phase, Collectors.toSet())));

    if (device.sheet().driver().equals("json-fields")) {
      assertThat(phases.keySet()).isEqualTo(new TreeSet<>(device.sheet().alerts()));
    }
    assertThat(phases.values())
        .allSatisfy(seen -> assertThat(seen).contains(Alert.Phase.START, Alert.Phase.END));
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void theSeedDecides(Shipped device) {
    var once = messages(device, SenmlFormat.JSON, 1);

    assertThat(texts(messages(device, SenmlFormat.JSON, 1))).isEqualTo(texts(once));
    assertThat(texts(messages(device, SenmlFormat.JSON, 2))).isNotEqualTo(texts(once));
  }

  private static Sheet.Parameter parameter(Shipped device, String name) {
    return device.sheet().parameters().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<byte[]> messages(Shipped device, SenmlFormat format, long seed) {
    var living =
        LivingMessages.of(
            device.sheet(), new LivingMessages.Self(ID, EPOCH, seed), format, new Units()::convert);
    assertThat(living.ticksPerSecond()).isEqualTo(1);
    var messages = new ArrayList<byte[]>();
    for (int tick = 0; tick < TICKS; tick++) {
      messages.addAll(living.at(tick));
    }
    return messages;
  }

  private static List<String> texts(List<byte[]> messages) {
    return messages.stream().map(Arrays::toString).toList();
  }

  private static RecordingSession hear(Shipped device, List<byte[]> contents) throws Exception {
    var driver = (MessageDriver) device.driver();
    var messages =
        contents.stream()
            .map(
                content ->
                    new Message(
                        "t/" + ID, ID, type(device, content), Map.of(), ByteBuffer.wrap(content)))
            .toList();
    var link = new ScriptedMessageLink(driver.descriptor().links().iterator().next(), messages);
    var session = new RecordingSession(device.profile().settings());
    assertThatThrownBy(() -> driver.run(link, session)).isInstanceOf(EOFException.class);
    assertThat(link.refusals()).isEmpty();
    return Objects.requireNonNull(session.devices().get(ID));
  }

  private static String type(Shipped device, byte[] content) {
    boolean json = content[0] == '[' || content[0] == '{';
    return device.sheet().driver().equals("json-fields")
        ? "application/json"
        : json ? "application/senml+json" : "application/senml+cbor";
  }
}
