package io.medtwin.app.demo.simulate;

import io.medtwin.simulator.ward.Reach;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines of a gateway file that reach one simulated device, to be pasted. Pure. */
final class GatewayEntry {

  private static final String BROKER = "sim";
  private static final String USUAL_BASE = "home";

  private final Map<String, String> device = new LinkedHashMap<>();
  private @Nullable String broker;
  private @Nullable String link;

  private GatewayEntry() {}

  /**
   * The lines.
   *
   * @param serial as the device tells it, or null where it tells several
   * @param profiles folder of the profile, where it is none that comes with the gateway
   */
  static String of(
      String id, String profile, @Nullable String serial, Reach reach, @Nullable Path profiles) {
    var entry = new GatewayEntry();
    entry.device.put("profile", profile);
    entry.reach(id, reach);
    if (serial != null) {
      entry.device.put("serial", "\"" + serial + "\"");
    }
    return entry.text(id, profiles);
  }

  private void reach(String id, Reach reach) {
    switch (reach) {
      case Reach.Serial serial ->
          device.put(
              "link",
              "\"serial:" + serial.path() + " " + serial.baud() + " " + serial.frame() + "\"");
      case Reach.Tcp tcp -> device.put("link", "\"tcp:" + tcp.host() + ":" + tcp.port() + "\"");
      case Reach.Mqtt mqtt -> {
        broker = mqtt.broker().toString();
        behind(id, "mqtt: " + BROKER + ", topic: \"" + mqtt.topicPattern() + "\"", mqtt.device());
      }
      case Reach.Coap coap ->
          behind(id, "coap: server, port: " + coap.resource().getPort(), coap.device());
      case Reach.Mllp mllp -> behind(id, "mllp: server, port: " + mllp.port(), mllp.address());
      case Reach.BleBridge bridge -> {
        broker = bridge.broker().toString();
        var topic = bridge.topics().getFirst();
        var base = topic.substring(0, topic.indexOf("/" + bridge.gateway()));
        behind(
            id,
            "ble: openmqtt, broker: "
                + BROKER
                + (base.equals(USUAL_BASE) ? "" : ", base: \"" + base + "\""),
            bridge.address());
      }
    }
  }

  private void behind(String id, String line, String address) {
    link = "  " + id + "-link: { " + line + " }\n";
    device.put("link", id + "-link");
    device.put("address", "\"" + address + "\"");
  }

  private String text(String id, @Nullable Path profiles) {
    var text = new StringBuilder();
    if (profiles != null) {
      text.append("profiles: ").append(profiles).append('\n');
    }
    if (broker != null) {
      text.append("brokers:\n  ")
          .append(BROKER)
          .append(": { url: \"")
          .append(broker)
          .append("\" }\n");
    }
    if (link != null) {
      text.append("links:\n").append(link);
    }
    text.append("devices:\n  ").append(id).append(":\n");
    device.forEach(
        (key, value) -> text.append("    ").append(key).append(": ").append(value).append('\n'));
    return text.toString();
  }
}
