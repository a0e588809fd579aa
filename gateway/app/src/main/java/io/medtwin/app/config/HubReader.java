package io.medtwin.app.config;

import io.medtwin.app.config.GatewayConfig.Hub;
import io.medtwin.twin.document.Section;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one entry of {@code links}: a hub with many devices behind it. */
final class HubReader {

  private static final List<String> DIALECTS = List.of("cassia", "openmqtt");
  private static final List<String> BYTES = List.of("serial", "tcp", "tcp-listen");
  private static final Pattern HEX_KEY = Pattern.compile("([0-9A-Fa-f]{2}){16,64}");
  private static final int MAX_PORT = 65_535;
  private static final int MLLP_PORT = 2_575;
  private static final int MOST_PEERS = 1_024;
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9.]{7,15}|[0-9A-Fa-f:.%a-z]*:[0-9A-Za-z:.%]*");

  private final SecretReader secrets;
  private final Collection<String> brokers;

  HubReader(SecretReader secrets, Collection<String> brokers) {
    this.secrets = secrets;
    this.brokers = brokers;
  }

  Optional<Hub> read(Section section) {
    Optional<Hub> hub;
    if (section.has("mqtt")) {
      hub = Optional.of(mqtt(section));
    } else if (section.has("coap")) {
      hub = Optional.of(coap(section));
    } else if (section.has("ble")) {
      hub = Optional.of(ble(section));
    } else if (section.has("mllp")) {
      hub = Optional.of(mllp(section));
    } else {
      hub = BYTES.stream().filter(section::has).findFirst().flatMap(key -> bytes(section, key));
      if (BYTES.stream().noneMatch(section::has)) {
        section.problemAt(
            "",
            "a link says what carries it: one of \"mqtt\", \"coap\", \"ble\", \"mllp\","
                + " \"serial\", \"tcp\", \"tcp-listen\"");
      }
    }
    section.done();
    return hub;
  }

  private static Optional<Hub> bytes(Section section, String key) {
    return RouteReader.bytes(section, key).map(route -> new Hub.Bytes(route, section.line()));
  }

  private Hub mqtt(Section section) {
    var broker = section.word("mqtt", brokers).orElse("");
    var topic = section.text("topic");
    if (!topic.contains("{device}")) {
      section.problemAt(
          "topic",
          "topic: {device} must stand where the device's address is, got \"" + topic + "\"");
    }
    return new Hub.Mqtt(broker, topic, section.optionalText("contentType"), section.line());
  }

  private Hub coap(Section section) {
    section.word("coap", List.of("server"));
    var port = section.integer("port", 0, MAX_PORT);
    var securePort = section.integer("securePort", 0, MAX_PORT);
    if (port.isEmpty() && securePort.isEmpty()) {
      section.problemAt("coap", "a CoAP server needs a \"port\", a \"securePort\" or both");
    }
    var keys = new LinkedHashMap<String, Secret>();
    section.optionalSection("keys").ifPresent(section2 -> readKeys(section2, keys));
    if (securePort.isPresent() && keys.isEmpty()) {
      section.problemAt(
          "securePort", "a secure port needs \"keys\": a pre-shared key for each device");
    }
    var bind = section.optionalText("bind").orElse("127.0.0.1");
    return new Hub.CoapServer(bind, port, securePort, keys, section.line());
  }

  private void readKeys(Section section, Map<String, Secret> keys) {
    for (String device : section.keys()) {
      secrets
          .read(section, device)
          .ifPresent(
              key -> {
                if (HEX_KEY.matcher(key.value()).matches()) {
                  keys.put(device, key);
                } else {
                  section.problemAt(
                      device, device + ": expected a key of 16 to 64 bytes as hex digits");
                }
              });
    }
  }

  private Hub mllp(Section section) {
    section.word("mllp", List.of("server"));
    var bind = section.optionalText("bind").orElse("127.0.0.1");
    var port = section.integer("port", 0, MAX_PORT).orElse(MLLP_PORT);
    var peers = section.texts("peers");
    for (String peer : peers) {
      if (!ADDRESS.matcher(peer).matches()) {
        section.problemAt("peers", "peers: expected IP addresses, not names, got \"" + peer + "\"");
      }
    }
    if (peers.size() > MOST_PEERS) {
      section.problemAt("peers", "peers: expected at most " + MOST_PEERS + ", got " + peers.size());
    }
    return new Hub.Mllp(bind, port, Set.copyOf(peers), section.line());
  }

  private Hub ble(Section section) {
    var dialect = section.word("ble", DIALECTS).orElse("cassia");
    section.text("broker");
    var broker = section.word("broker", brokers).orElse("");
    return new Hub.Ble(
        dialect, broker, section.optionalText("base").orElse("home"), section.line());
  }
}
