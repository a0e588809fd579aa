package io.medtwin.app.demo;

import io.medtwin.simulator.ward.DeviceSheet;
import io.medtwin.simulator.ward.Reach;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the gateway file of a simulated ward: what an engineer would write for real devices at the
 * same links. Keys and the password go into files of their own.
 */
final class DemoConfig {

  /** Name of the CoAP server in the file. */
  static final String COAP = "coap";

  /** Empty seats: devices that nobody simulates, for tools at hand. */
  static final List<String> GUESTS =
      List.of("guest-mqtt", "guest-coap", "guest-dtls", "guest-serial");

  /** Key of {@code guest-dtls}; a demo's secret is printed on its screen. */
  static final String GUEST_KEY = "6d656474776e2d64656d6f2d6b657921";

  private static final String SENML_TOPIC = "med/v1/ward/{device}/telemetry/#";
  private static final String SENML_LINK = "senml-mqtt";

  private final Path folder;
  private final URI ditto;
  private final String user;
  private final String subject;
  private final URI broker;
  private final int coapPort;
  private final int coapSecurePort;
  private final int consolePort;

  private final Map<String, String> links = new LinkedHashMap<>();
  private final Map<String, String> keys = new LinkedHashMap<>();
  private final StringBuilder devices = new StringBuilder();

  DemoConfig(
      Path folder,
      URI ditto,
      String user,
      String subject,
      URI broker,
      int coapPort,
      int coapSecurePort,
      int consolePort) {
    this.folder = folder;
    this.ditto = ditto;
    this.user = user;
    this.subject = subject;
    this.broker = broker;
    this.coapPort = coapPort;
    this.coapSecurePort = coapSecurePort;
    this.consolePort = consolePort;
  }

  /** Writes the file and its secrets. */
  Path write(List<DeviceSheet> sheets, String password) throws IOException {
    secret("ditto.password", password);
    for (DeviceSheet sheet : sheets) {
      add(sheet);
    }
    addGuests();
    var text = new StringBuilder();
    text.append(
        """
        # The gateway file of this demo, as you would write it for real devices at these links.
        gateway: { id: gw-demo, site: demo.ward }

        ditto:
          url: %s
          user: %s
          password: ${file:%s}
          subject: "%s"

        console: { port: %d }

        brokers:
          ward: { url: "%s" }

        links:
        """
            .formatted(
                ditto, user, folder.resolve("ditto.password"), subject, consolePort, broker));
    links.forEach(
        (name, line) -> text.append("  ").append(name).append(": ").append(line).append('\n'));
    text.append(
        "  %s:\n    coap: server\n    bind: 127.0.0.1\n    port: %d\n    securePort: %d\n    keys:\n"
            .formatted(COAP, coapPort, coapSecurePort));
    keys.forEach(
        (device, file) ->
            text.append("      ").append(device).append(": ${file:").append(file).append("}\n"));
    text.append("\ndevices:\n").append(devices);
    var file = folder.resolve("gateway.yaml");
    Files.writeString(file, text);
    return file;
  }

  private void add(DeviceSheet sheet) throws IOException {
    device(sheet.id(), sheet.profile());
    line("serial", "\"" + sheet.serial() + "\"");
    switch (sheet.reach()) {
      case Reach.Serial serial ->
          line("link", "serial:" + serial.path() + " " + serial.baud() + " " + serial.frame());
      case Reach.Tcp tcp -> line("link", "tcp:" + tcp.host() + ":" + tcp.port());
      case Reach.Mqtt mqtt -> {
        var link = sheet.driver() + "-mqtt";
        links.put(link, "{ mqtt: ward, topic: \"" + mqtt.topicPattern() + "\" }");
        behind(link, mqtt.device());
      }
      case Reach.Coap coap -> {
        if (coap.key() != null) {
          keys.put(coap.device(), secret(coap.device() + ".psk", coap.key().hex()));
        }
        behind(COAP, coap.device());
      }
      case Reach.Mllp mllp -> {
        links.put("hl7", "{ mllp: server, port: " + mllp.port() + " }");
        behind("hl7", mllp.address());
      }
      case Reach.BleBridge bridge -> {
        var dialect =
            switch (bridge.dialect()) {
              case CASSIA_MQTT -> "cassia";
              case OPEN_MQTT_GATEWAY -> "openmqtt";
            };
        links.put("ble-" + dialect, "{ ble: " + dialect + ", broker: ward }");
        behind("ble-" + dialect, bridge.address());
        if (!bridge.handles().isEmpty()) {
          devices.append("    handles:\n");
          bridge
              .handles()
              .forEach(
                  (handle, uuid) ->
                      devices
                          .append("      ")
                          .append(handle)
                          .append(": \"")
                          .append(uuid)
                          .append("\"\n"));
        }
      }
    }
  }

  private void addGuests() throws IOException {
    links.put(SENML_LINK, "{ mqtt: ward, topic: \"" + SENML_TOPIC + "\" }");
    devices.append("\n  # empty seats, for tools at hand\n");
    device("guest-mqtt", "senml-patch");
    behind(SENML_LINK, "guest-mqtt");
    device("guest-coap", "senml-patch");
    behind(COAP, "guest-coap");
    device("guest-dtls", "senml-patch");
    behind(COAP, "guest-dtls");
    keys.put("guest-dtls", secret("guest-dtls.psk", GUEST_KEY));
    device("guest-serial", "nonin-oem3");
    line("link", "serial:" + folder.resolve("guest-serial") + " 9600 8N1");
  }

  private void device(String id, String profile) {
    devices.append("  ").append(id).append(":\n");
    line("profile", profile);
  }

  private void behind(String link, String address) {
    line("link", link);
    line("address", "\"" + address + "\"");
  }

  private void line(String key, String value) {
    devices.append("    ").append(key).append(": ").append(value).append('\n');
  }

  private String secret(String name, String value) throws IOException {
    var file = folder.resolve(name);
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, value);
    return file.toString();
  }
}
