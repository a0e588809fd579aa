package io.medtwin.app.survey;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.app.TestInstallation;
import io.medtwin.app.view.PlainProposal;
import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.spi.Message;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.profile.ProfileCatalog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices that nobody knows, made up here, are read by what the survey proposes. */
class SurveyTest {

  @TempDir private static Path folder;
  private static Plugins plugins;

  private final Random random = new Random(7);

  @BeforeAll
  static void install() throws IOException {
    plugins = TestInstallation.plugins(folder);
  }

  @AfterAll
  static void close() throws IOException {
    plugins.close();
  }

  @Test
  void linesOfPairsAreReadWithTheirChecksumAndUnits() {
    var text = new StringBuilder("ail of a line\r\n");
    for (int i = 0; i < 60; i++) {
      var line =
          "SpO2=%s%%,PR=%d,Temp=%.1f,PatientName=PLANTED,Gender=PLANTED"
              .formatted(i % 9 == 0 ? "---" : String.valueOf(94 + random.nextInt(6)), 60 + i, 36.5);
      text.append("$%s*%02X\r\n".formatted(line, xor(line)));
    }

    var proposal = propose(text.toString());

    assertThat(proposal.driver()).isEqualTo("ascii-lines");
    assertThat(proposal.settings())
        .containsEntry("end", "CRLF")
        .containsEntry("start", "$")
        .containsEntry("checksum", "xor8 separator=\"*\"");
    var read = read(proposal, text.toString());
    assertThat(read.counts()).containsEntry("spo2", 60).containsEntry("pulse-rate", 60);
    assertThat(read.values().get("temperature")).hasToString("Numeric[amount=36.5, unit=Cel]");
    assertThat(String.join("\n", proposal.settings().values()))
        .contains("spo2 <- key SpO2 unit=% trim=% absent=dashes")
        .doesNotContain("PatientName", "Gender", "PLANTED");
    assertThat(String.join("\n", proposal.notes())).doesNotContain("PLANTED");
  }

  @Test
  void linesOfSeveralKindsGetASectionEach() {
    var text = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      text.append("ECG;%d;%d\n".formatted(60 + i % 7, i)).append("NIBP;%d;80\n".formatted(120 + i));
    }

    var read = read(propose(text.toString()), text.toString());

    assertThat(read.counts().keySet()).contains("ecg-item-2", "ecg-item-3", "nibp-item-2");
    assertThat(read.counts().get("nibp-item-2")).isGreaterThanOrEqualTo(28);
  }

  @Test
  void framesOfOneLengthAreReadWithTheirChecksum() {
    var all = new ByteArrayOutputStream();
    for (int i = 0; i < 100; i++) {
      int wave = 2_000 + (int) (1_500 * Math.sin(i / 9.0));
      var frame = new byte[8];
      frame[0] = (byte) 0xA5;
      frame[1] = 0x5A;
      frame[2] = (byte) (90 + random.nextInt(10));
      frame[3] = (byte) (wave >> 8);
      frame[4] = (byte) wave;
      frame[5] = (byte) random.nextInt(256);
      int sum = 0;
      for (int at = 0; at < 7; at++) {
        sum += frame[at];
      }
      frame[7] = (byte) -sum;
      all.writeBytes(frame);
    }
    var evidence = bytes(all.toByteArray());

    var proposal = Survey.of(evidence, new DriverTrial(plugins)).orElseThrow();

    assertThat(proposal.driver()).isEqualTo("binary-frames");
    assertThat(proposal.settings().get("frame"))
        .startsWith("sync A5 5A\nlength 8\nchecksum sum8 complement=twos at=-1 over=0..-2");
    var read = new DriverTrial(plugins).of(proposal.driver(), proposal.settings(), evidence);
    assertThat(read.discarded()).isZero();
    assertThat(read.counts()).containsEntry("u8-at-2", 100).containsEntry("u16-be-at-3", 100);
  }

  @Test
  void framesThatTellTheirLengthAreFound() {
    var all = new ByteArrayOutputStream();
    for (int i = 0; i < 120; i++) {
      int content = 3 + random.nextInt(6);
      var frame = new byte[4 + content];
      frame[0] = (byte) 0xFA;
      frame[1] = (byte) 0xFB;
      frame[2] = (byte) content;
      int xor = 0;
      for (int at = 3; at < frame.length - 1; at++) {
        frame[at] = (byte) random.nextInt(200);
      }
      for (int at = 2; at < frame.length - 1; at++) {
        xor ^= frame[at];
      }
      frame[frame.length - 1] = (byte) xor;
      all.writeBytes(frame);
    }
    var evidence = bytes(all.toByteArray());

    var proposal = Survey.of(evidence, new DriverTrial(plugins)).orElseThrow();

    assertThat(proposal.settings().get("frame"))
        .startsWith("sync FA FB\nlength u8 2 plus=4\nchecksum xor8 at=-1 over=2..-2");
  }

  @Test
  void jsonIsReadFieldByFieldAndWhatMayNameAPersonIsIgnored() {
    var messages = new ArrayList<Message>();
    for (int i = 0; i < 20; i++) {
      messages.add(
          Message.text(
              "t",
              "application/json",
              """
              {"mac":"AA01","ts":17900000000%02d,"vitals":{"hr":%d,"spo2":97.5},"patientName":"PLANTED","worn":true}
              """
                  .formatted(i, 60 + i)));
    }
    var evidence = new Evidence(new byte[0], messages, 0, Duration.ofSeconds(20));

    var proposal = Survey.of(evidence, new DriverTrial(plugins)).orElseThrow();

    assertThat(proposal.settings().get("fields"))
        .contains(
            "device <- $.mac",
            "heart-rate <- $.vitals.hr unit=/min",
            "spo2 <- $.vitals.spo2 unit=%",
            "ignore <- $.patientName",
            "worn <- $.worn as=code")
        .doesNotContain("PLANTED");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20, 5_000})
  void noiseIsNoDevice(int length) {
    var noise = new byte[length];
    random.nextBytes(noise);

    assertThat(Survey.of(bytes(noise), new DriverTrial(plugins))).isEmpty();
  }

  @Test
  void aDraftIsAProfileWithHowOftenEachValueCame() throws IOException {
    var text = "HR=72 SPO2=97%\r\n".repeat(31);
    var evidence =
        new Evidence(
            text.getBytes(StandardCharsets.US_ASCII), List.of(), 0, Duration.ofSeconds(30));
    var trial = new DriverTrial(plugins);
    var proposal = Survey.of(evidence, trial).orElseThrow();
    var outcome = trial.of(proposal.driver(), proposal.settings(), evidence);

    var draft = new ProfileDraft("acme-ox", proposal, outcome, evidence.span());

    var file = Files.writeString(folder.resolve("acme-ox.yaml"), draft.text(new PlainProposal()));
    assertThat(Files.readString(file))
        .contains("heartRate: { from: heart-rate, unit: /min, period: 1s }");
    var problems = new Problems();
    assertThat(ProfileCatalog.readOne(file, List.of(folder), problems)).isPresent();
    assertThat(problems.list()).isEmpty();
  }

  private Proposal propose(String text) {
    return Survey.of(bytes(text.getBytes(StandardCharsets.US_ASCII)), new DriverTrial(plugins))
        .orElseThrow();
  }

  private Trial.Outcome read(Proposal proposal, String text) {
    return new DriverTrial(plugins)
        .of(
            proposal.driver(),
            proposal.settings(),
            bytes(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private static Evidence bytes(byte[] bytes) {
    return new Evidence(bytes, List.of(), 0, Duration.ZERO);
  }

  private static int xor(String text) {
    return text.chars().reduce(0, (sum, next) -> sum ^ next);
  }
}
