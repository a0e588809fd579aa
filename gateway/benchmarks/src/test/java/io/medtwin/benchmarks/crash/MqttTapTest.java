package io.medtwin.benchmarks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Packets as in MQTT 5, sections 3.1, 3.3, 3.4 and 3.9, in hex. */
class MqttTapTest {

  private static final String CONNECT_5 = "100d 0004 4d515454 05 00 003c 00 0000";
  private static final String CONNECT_3 = "100c 0004 4d515454 04 00 003c 0000";
  private static final String PUBLISH_5 = "320c 0003 612f62 0007 02 0102 6869"; // a/b: hi
  private static final String PUBLISH_3 = "3209 0003 612f62 0007 6869";
  private static final String PUBACK = "4002 0007";
  private static final String PUBACK_REFUSING = "4004 0007 97 00";
  private static final String SUBACK = "9004 0001 00 01";

  private final List<String> seen = new ArrayList<>();
  private final MqttTap tap =
      new MqttTap(
          new MqttTap.Listener() {
            @Override
            public void delivered(String topic, String payload) {
              seen.add("delivered " + topic + " " + payload);
            }

            @Override
            public void acknowledged(String topic, String payload) {
              seen.add("acknowledged " + topic + " " + payload);
            }

            @Override
            public void subscribed() {
              seen.add("subscribed");
            }
          });

  @Test
  void aDeliveryAndItsAcknowledgementAreSeen() {
    client(CONNECT_5);
    server(SUBACK);
    server(PUBLISH_5);
    client(PUBACK);

    assertThat(seen).containsExactly("subscribed", "delivered a/b hi", "acknowledged a/b hi");
  }

  @Test
  void theOlderVersionHasNoProperties() {
    client(CONNECT_3);
    server(PUBLISH_3);
    client(PUBACK);

    assertThat(seen).containsExactly("delivered a/b hi", "acknowledged a/b hi");
  }

  @Test
  void aRefusalIsNoAcknowledgement() {
    client(CONNECT_5);
    server(PUBLISH_5);
    client(PUBACK_REFUSING);

    assertThat(seen).containsExactly("delivered a/b hi");
  }

  @Test
  void packetsAreFoundHoweverTheyAreCut() {
    client(CONNECT_5);
    var both = bytes(PUBLISH_5 + PUBLISH_5);
    for (byte one : both) {
      tap.fromServer(new byte[] {one}, 1);
    }

    assertThat(seen).containsExactly("delivered a/b hi", "delivered a/b hi");
  }

  private void client(String hex) {
    tap.fromClient(bytes(hex), bytes(hex).length);
  }

  private void server(String hex) {
    tap.fromServer(bytes(hex), bytes(hex).length);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
