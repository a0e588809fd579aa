package io.medtwin.simulator.ward;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.driver.alarisasena.AsenaCodec;
import io.medtwin.driver.alarisasena.AsenaPoll;
import io.medtwin.driver.ivy450c.AnsarBCodec;
import io.medtwin.driver.noninoem3.NoninOem3Codec;
import io.medtwin.driver.noninoem3.NoninOem3Codec.PlethFormat;
import io.medtwin.driver.senml.Senml;
import io.medtwin.driver.senml.SenmlFormat;
import io.medtwin.simulator.device.Fault;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A ward on its true wires: what a gateway would read there. */
@Timeout(120)
class WardTest {
  private static final Instant EPOCH = Instant.parse("2026-11-24T08:00:00Z");

  @TempDir Path directory;
  private Bench bench;
  private Ward ward;

  @BeforeEach
  void open() throws Exception {
    bench = new Bench();
    var plan =
        WardPlan.of(1, WardPlan.mixed(8), 5, EPOCH, bench.brokerUri(), bench.coap(), bench.coaps())
            .withSpeed(10)
            .withSerialDirectory(directory);
    ward = Ward.open(plan);
    for (var sheet : ward.sheets()) {
      if (sheet.reach() instanceof Reach.Coap(var resource, var device, var key) && key != null) {
        bench.know(key);
      }
    }
    ward.start();
  }

  @AfterEach
  void close() throws Exception {
    ward.close();
    bench.close();
    try (var left = Files.list(directory)) {
      assertThat(left).as("ports left behind").isEmpty();
    }
  }

  @Test
  void everyDeviceIsOnItsSheetAndSpeaksOnItsWire() throws Exception {
    assertThat(ward.sheets())
        .extracting(DeviceSheet::id)
        .containsExactly(
            "bed1-pump",
            "bed1-ecg",
            "bed1-oximeter",
            "wear-1",
            "wear-2",
            "wear-3",
            "wear-4",
            "wear-5",
            "wear-6",
            "wear-7",
            "wear-8");

    oximeterSpeaks();
    monitorSpeaks();
    assertThat(pumpAnswers(AsenaPoll.INST_SERIALNO)).startsWith("!INST_SERIALNO^8002-51741|");
    assertThat(text(bench.next("up/CC:1B:E0:E2:8F:2C/notification")))
        .contains("data.notification", "02:00:00:00:00:01");
    assertThat(text(bench.next("home/OMG_ward/BTtoMQTT/020000000002")))
        .contains("\"id\":\"02:00:00:00:00:02\"", "00002a1c", "\"success\":true");
    var senml = bench.next("med/v1/ward/wear-3/telemetry/pack");
    assertThat(senml.contentType()).isEqualTo("application/senml+json");
    assertThat(Senml.parse(senml.payload(), SenmlFormat.JSON)).hasSize(5);
    assertThat(text(bench.next("watch/wear-4/vitals"))).startsWith("{\"id\":\"wear-4\"");
    var post = bench.next("/ingest/wear-5");
    assertThat(post.contentType()).isEqualTo("112");
    assertThat(Senml.parse(post.payload(), SenmlFormat.CBOR)).hasSize(5);
    assertThat(bench.next("/ingest/wear-6").payload()).isNotEmpty();
  }

  @Test
  void aPulledSerialPortComesBackAtItsPath() throws Exception {
    var oximeter = ward.device("bed1-oximeter");
    var path = serial("bed1-oximeter").path();

    oximeter.fault(Fault.UNPLUG);
    assertThat(Files.exists(path, LinkOption.NOFOLLOW_LINKS)).isFalse();
    oximeter.fault(Fault.NONE);

    oximeterSpeaks();
  }

  @Test
  void anUnpluggedMonitorResetsItsConnectionAndComesBackAtItsPort() throws Exception {
    var reach = (Reach.Tcp) ward.sheet("bed1-ecg").reach();
    try (var socket = new Socket(reach.host(), reach.port())) {
      ward.device("bed1-ecg").fault(Fault.UNPLUG);

      assertThatThrownBy(() -> drain(socket)).isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> new Socket(reach.host(), reach.port()).close())
        .isInstanceOf(ConnectException.class);
    ward.device("bed1-ecg").fault(Fault.NONE);
    monitorSpeaks();
  }

  @Test
  void aVanishedWatchLeavesItsWill() throws Exception {
    assertThat(text(bench.next("watch/wear-4/status"))).isEqualTo("online");

    ward.device("wear-4").fault(Fault.UNPLUG);

    assertThat(text(bench.next("watch/wear-4/status"))).isEqualTo("offline");
    ward.device("wear-4").fault(Fault.NONE);
    assertThat(text(bench.next("watch/wear-4/status"))).isEqualTo("online");
  }

  @Test
  void aStrapOutOfReachIsReportedByItsBridge() throws Exception {
    var topic = "up/CC:1B:E0:E2:8F:2C/connection_state";
    bench.next(topic, said -> text(said).contains("02:00:00:00:00:01"));

    ward.device("wear-1").fault(Fault.UNPLUG);

    assertThat(text(bench.next(topic, said -> text(said).contains("02:00:00:00:00:01"))))
        .contains("\"connectionState\":\"disconnected\"");
  }

  @Test
  void theCassiaBridgeTellsWhatItsHandlesMean() throws Exception {
    var call =
        "{\"id\":\"7\",\"action\":\"api\",\"data\":{\"method\":\"GET\",\"url\":"
            + "\"/gatt/nodes/02:00:00:00:00:01/services/characteristics/descriptors\"}}";
    bench.client().publish("down/CC:1B:E0:E2:8F:2C/api", new MqttMessage(call.getBytes(UTF_8)));

    assertThat(text(bench.next("up/CC:1B:E0:E2:8F:2C/api_reply")))
        .contains("\"id\":\"7\"", "\"code\":200", "00002a37-0000-1000-8000-00805f9b34fb");
  }

  @Test
  void anOccludedPumpAlarms() throws Exception {
    ward.pump("bed1-pump").occlude();
    var answers = new ArrayList<String>();
    do {
      answers.add(pumpAnswers(AsenaPoll.ALARM));
    } while (!answers.getLast().contains("AL_OCCLU"));

    double stopped = ward.pump("bed1-pump").infusedMillilitres();
    assertThat(ward.pump("bed1-pump").infusedMillilitres()).isEqualTo(stopped);
  }

  @Test
  void aWrongChecksumIsWrongAndOnlyThat() throws Exception {
    ward.device("bed1-pump").fault(Fault.WRONG_CHECKSUM);
    var wrong = pumpAnswers(AsenaPoll.COMMS_PROTOCOL);
    ward.device("bed1-pump").fault(Fault.NONE);
    var right = pumpAnswers(AsenaPoll.COMMS_PROTOCOL);

    assertThat(wrong).isNotEqualTo(right).hasSameSizeAs(right);
    assertThat(wrong.substring(0, wrong.indexOf('|'))).isEqualTo("!COMMS_PROTOCOL^Asena Rev 2.1.5");
    assertThatThrownBy(() -> ward.device("bed1-ecg").fault(Fault.WRONG_CHECKSUM))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void oximeterSpeaks() throws IOException {
    try (var line = new RandomAccessFile(serial("bed1-oximeter").path().toFile(), "r")) {
      var frames = new byte[5 * 60];
      line.readFully(frames);
      int good = 0;
      for (int i = 0; i + 5 <= frames.length; i++) {
        if (NoninOem3Codec.decodeFrame(PlethFormat.FORMAT_2, ByteBuffer.wrap(frames, i, 5))
            .isPresent()) {
          good++;
        }
      }
      assertThat(good).isGreaterThanOrEqualTo(59);
    }
  }

  private void monitorSpeaks() throws IOException {
    var reach = (Reach.Tcp) ward.sheet("bed1-ecg").reach();
    try (var socket = new Socket(reach.host(), reach.port())) {
      var in = new DataInputStream(socket.getInputStream());
      var message = new ArrayList<Byte>();
      byte next;
      do {
        next = in.readByte();
        message.add(next);
      } while (Byte.toUnsignedInt(next) != AnsarBCodec.END);
      var bytes = ByteBuffer.allocate(message.size());
      message.forEach(bytes::put);
      assertThat(AnsarBCodec.decode(bytes.flip())).isPresent();
    }
  }

  private String pumpAnswers(AsenaPoll poll) throws IOException {
    try (var line = new RandomAccessFile(serial("bed1-pump").path().toFile(), "rw")) {
      line.write(AsenaCodec.encode(poll.frame()));
      var answer = new StringBuilder();
      int next;
      do {
        next = line.read();
        answer.append((char) next);
      } while (next != AsenaCodec.END && next >= 0);
      return answer.toString();
    }
  }

  private Reach.Serial serial(String id) {
    return (Reach.Serial) ward.sheet(id).reach();
  }

  private static void drain(Socket socket) throws IOException {
    var in = new DataInputStream(socket.getInputStream());
    while (true) {
      in.readByte();
    }
  }

  private static String text(Bench.Heard heard) {
    return new String(heard.payload(), UTF_8);
  }
}
