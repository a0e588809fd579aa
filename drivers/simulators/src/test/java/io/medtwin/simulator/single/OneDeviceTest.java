package io.medtwin.simulator.single;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.simulator.play.Conversation;
import io.medtwin.simulator.sheet.Sheet;
import io.medtwin.simulator.ward.Reach;
import io.medtwin.spi.LinkKind;
import io.medtwin.testkit.Transcript;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OneDeviceTest {

  @Test
  void aPolledDeviceAnswersEachWhoAsksByTcp() throws Exception {
    try (var device = device("> \"RAT\\r\"\n< \"15.00\\r\"\n", new Where.Tcp(0), LinkKind.TCP)) {
      device.start();
      var tcp = (Reach.Tcp) device.reach();
      try (var socket = new Socket(tcp.host(), tcp.port())) {
        for (int i = 0; i < 3; i++) {
          socket.getOutputStream().write("RAT\r".getBytes(StandardCharsets.US_ASCII));
          assertThat(socket.getInputStream().readNBytes(6)).asString().isEqualTo("15.00\r");
        }
      }
    }
  }

  @Test
  void aTalkingDeviceTalksToWhoComes() throws Exception {
    try (var device = device("< \"T 36.6\\r\\n\"\n", new Where.Tcp(0), LinkKind.TCP)) {
      device.start();
      var tcp = (Reach.Tcp) device.reach();
      try (var socket = new Socket(tcp.host(), tcp.port())) {
        assertThat(socket.getInputStream().readNBytes(8)).asString().isEqualTo("T 36.6\r\n");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tcp:4001                            | Tcp[port=4001]",
        "serial                              | Serial[path=null]",
        "serial:/tmp/ox                      | Serial[path=/tmp/ox]",
        "mqtt://broker                       | Mqtt[broker=tcp://broker:1883, topic=]",
        "mqtt://10.0.0.1:1884/a/{device}/b   | Mqtt[broker=tcp://10.0.0.1:1884,"
            + " topic=a/{device}/b]",
        "coap://[::1]/ingest/x               | Coap[server=coap://[::1]:5683, path=/ingest/x]",
      })
  void aPlaceIsReadAsWritten(String text, String place) {
    assertThat(Where.parse(text)).hasToString(place);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tcp",
        "tcp:",
        "tcp:65536",
        "serial:",
        "udp:1",
        "mqtt:x",
        "mqtt://h/a/#",
        "http://h"
      })
  void anythingElseIsToldWhatIsExpected(String text) {
    assertThatThrownBy(() -> Where.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected tcp:PORT");
  }

  @Test
  void whatAWireCannotCarryIsRefusedBeforeItIsThere() {
    assertThatThrownBy(() -> device("< 01\n", new Where.Tcp(0), LinkKind.MQTT))
        .hasMessage("acme-1: its driver acme takes mqtt, not tcp");
    assertThatThrownBy(() -> device("message a\n< 01\n", new Where.Tcp(0), LinkKind.TCP))
        .hasMessageContaining("hold messages, and this wire carries bytes");
    var broker = Where.parse("mqtt://127.0.0.1:1");
    assertThatThrownBy(() -> device("< 01\n", broker, LinkKind.MQTT))
        .hasMessageContaining("hold bytes, and this wire carries messages");
    assertThatThrownBy(() -> device("message a gatt.kind=connection\n< 01\n", broker, LinkKind.BLE))
        .hasMessageContaining("no value of a characteristic");
  }

  private static OneDevice device(String talk, Where where, LinkKind wire) throws Exception {
    var sheet =
        new Sheet(
            "acme-1",
            "acme",
            Map.of(),
            Map.of(wire, ""),
            new Sheet.Maker("ACME", "1", "S-1"),
            Map.of(),
            List.of(),
            Set.of());
    return OneDevice.of(
        new Order(
            sheet,
            Conversation.of(List.of(Transcript.parse("talk", talk))),
            where,
            "acme-1-sim",
            Instant.EPOCH,
            1,
            1,
            (number, from, to) -> Optional.of(number)));
  }
}
