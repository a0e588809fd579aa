package io.medtwin.transports.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.transports.mqtt.MqttConfig.Version;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A broker that knows only 3.1.1, in each of the ways such brokers answer a CONNECT of version 5.
 */
@Timeout(30)
class MqttVersionTest {

  private static final int LEVEL_5 = 5;
  private static final int LEVEL_3_1_1 = 4;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2003008400", // CONNACK of MQTT 5, reason 0x84
        "20020001", // CONNACK of MQTT 3.1.1, unacceptable protocol version
        "" // just closes
      })
  void autoFallsBackTo311(String answer) throws Exception {
    try (var broker = new OldBroker(HexFormat.of().parseHex(answer));
        var hub = new MqttHub(config(broker).withVersion(Version.AUTO))) {
      var wire = new MqttTransport(hub, MqttLinkConfig.of("med/{device}")).open();
      assertThat(broker.levels).containsExactly(LEVEL_5, LEVEL_3_1_1);
      wire.close();
    }
  }

  @Test
  void aDemandedVersionIsNotReplaced() throws Exception {
    try (var broker = new OldBroker(HexFormat.of().parseHex("2003008400"));
        var hub = new MqttHub(config(broker).withVersion(Version.V5))) {
      var transport = new MqttTransport(hub, MqttLinkConfig.of("med/{device}"));
      assertThatThrownBy(transport::open)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("does not know MQTT 5");
      assertThat(broker.levels).containsExactly(LEVEL_5);
    }
  }

  @Test
  void aWrongPasswordSaysSo() throws Exception {
    try (var broker = new OldBroker(HexFormat.of().parseHex("2003008600"));
        var hub = new MqttHub(config(broker).withVersion(Version.AUTO))) {
      var transport = new MqttTransport(hub, MqttLinkConfig.of("med/{device}"));
      assertThatThrownBy(transport::open).hasMessageContaining("wrong user name or password");
      assertThat(broker.levels).containsExactly(LEVEL_5);
    }
  }

  private static MqttConfig config(OldBroker broker) {
    return MqttConfig.of("tcp://127.0.0.1:" + broker.socket.getLocalPort(), "gw")
        .withRetry(Duration.ofMinutes(1), Duration.ofMinutes(1));
  }

  /** Answers version 5 with fixed bytes, and version 3.1.1 with yes to CONNECT and SUBSCRIBE. */
  private static final class OldBroker implements AutoCloseable {

    private final byte[] answerTo5;
    final List<Integer> levels = new CopyOnWriteArrayList<>();
    final ServerSocket socket;

    OldBroker(byte[] answerTo5) throws IOException {
      this.answerTo5 = answerTo5;
      this.socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
      Thread.startVirtualThread(this::accept);
    }

    private void accept() {
      while (!socket.isClosed()) {
        try (var client = socket.accept()) {
          serve(client);
        } catch (IOException e) {
          continue; // closed by either side
        }
      }
    }

    private void serve(Socket client) throws IOException {
      var in = new DataInputStream(client.getInputStream());
      var out = client.getOutputStream();
      while (true) {
        int type = in.readUnsignedByte() >> 4;
        byte[] body = in.readNBytes(in.readUnsignedByte()); // short packets only
        if (type == 1 && body[6] == LEVEL_5) {
          levels.add((int) body[6]);
          out.write(answerTo5);
          return;
        } else if (type == 1) {
          levels.add((int) body[6]);
          out.write(new byte[] {0x20, 2, 0, 0});
        } else if (type == 8) {
          out.write(new byte[] {(byte) 0x90, 3, body[0], body[1], 1});
        }
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
