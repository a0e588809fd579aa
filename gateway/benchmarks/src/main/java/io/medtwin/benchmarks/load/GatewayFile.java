package io.medtwin.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the gateway file of a run, as an engineer would for real devices at these links. */
final class GatewayFile {

  /** Like senml-patch, but every value is worth telling and any number is plausible. */
  private static final String PROFILE =
      """
      profile: bench-patch
      version: 1.0.0
      description: The patches of the benchmarks; like senml-patch, without deadband and bounds.
      manufacturer: MedTwin
      model: Bench patch
      class: wearable
      mdc: 528425
      driver: senml
      units: { beat/min: /min, 1/min: /min, /: "1", "%EL": "%" }
      sources:
        - RFC 8428 section 12.1
      channels:
        heart:
          heartRate: { from: heart-rate, code: 8454258, unit: /min, period: 15s }
        spo2:
          saturation: { from: spo2, code: 150456, unit: "%", period: 15s }
        temp-1:
          temperature: { from: temperature, code: 150364, unit: Cel, period: 15s }
      """;

  private final Path folder;
  private final URI ditto;
  private final StringBuilder links = new StringBuilder();
  private final StringBuilder devices = new StringBuilder();
  private URI broker = URI.create("tcp://127.0.0.1:1");
  private boolean hasBroker;
  private boolean hasConsole;

  GatewayFile(Path folder, URI ditto) {
    this.folder = folder;
    this.ditto = ditto;
  }

  GatewayFile broker(URI uri) {
    broker = uri;
    hasBroker = true;
    links.append(
        """
          patches: { mqtt: site, topic: "med/v1/bench/{device}/telemetry/#" }
          watches: { mqtt: site, topic: "watch/{device}/#" }
        """);
    return this;
  }

  GatewayFile console() {
    hasConsole = true;
    return this;
  }

  GatewayFile coap(int port) {
    links.append("  posts: { coap: server, bind: 127.0.0.1, port: " + port + " }\n");
    return this;
  }

  GatewayFile behind(String link, String profile, String device) {
    devices.append(
        "  %s: { profile: %s, link: %s, address: \"%s\", serial: \"%s\" }\n"
            .formatted(device, profile, link, device, device));
    return this;
  }

  GatewayFile own(String device, String profile, String link) {
    devices.append(
        "  %s: { profile: %s, link: \"%s\", serial: \"%s\" }\n"
            .formatted(device, profile, link, device));
    return this;
  }

  Path write() throws IOException {
    var profiles = Files.createDirectories(folder.resolve("profiles"));
    Files.writeString(profiles.resolve("bench-patch.yaml"), PROFILE);
    Files.writeString(folder.resolve("ditto.password"), "ditto");
    var text = new StringBuilder();
    text.append("gateway: { id: gw-bench, site: bench }\nconsole: { ");
    text.append(hasConsole ? "port: 0" : "enabled: false").append(" }\n\n");
    text.append("ditto:\n  url: ").append(ditto).append("\n  user: ditto\n");
    text.append("  password: ${file:").append(folder.resolve("ditto.password")).append("}\n\n");
    if (hasBroker) {
      text.append("brokers:\n  site: { url: \"").append(broker).append("\" }\n\n");
    }
    text.append("profiles: ").append(profiles).append("\n\n");
    if (!links.isEmpty()) {
      text.append("links:\n").append(links).append('\n');
    }
    text.append("devices:\n").append(devices);
    var file = folder.resolve("gateway.yaml");
    Files.writeString(file, text);
    return file;
  }
}
