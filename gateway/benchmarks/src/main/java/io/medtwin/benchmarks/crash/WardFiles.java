package io.medtwin.benchmarks.crash;

import io.medtwin.twin.identity.ThingNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The gateway file of the harness, its profiles and its plugin, as a hospital would write them. */
final class WardFiles {

  /** User of the embedded endpoint. */
  static final String USER = "ditto";

  /** Its password; a harness on loopback has no secrets. */
  static final String PASSWORD = "ditto";

  private static final String GATEWAY = "gw-crash";
  private static final String SITE = "crash.ward";
  private static final String MAKER = "MedTwin";
  private static final String JOURNAL_BYTES_MAX = "32MiB";

  private WardFiles() {}

  /**
   * Writes them.
   *
   * @param journal folder of the journal; null for a gateway that has none
   * @return the gateway file
   */
  static Path write(
      Path folder,
      int dittoPort,
      int mqttPort,
      int coapPort,
      @Nullable Path journal,
      List<ProbeDevice> devices)
      throws IOException {
    Files.writeString(folder.resolve("ditto.password"), PASSWORD);
    ProbePlugin.write(folder.resolve("plugins"));
    var profiles = Files.createDirectories(folder.resolve("profiles"));
    for (ProbeDevice.Way way : ProbeDevice.Way.values()) {
      Files.writeString(profiles.resolve("crash-" + way.word() + ".yaml"), profile(way));
    }
    var text = new StringBuilder();
    text.append(
        """
        # Written by the crash harness.
        gateway: { id: %s, site: %s }
        console: { enabled: false }
        ditto: { url: "http://127.0.0.1:%d", user: %s, password: "${file:%s}" }
        """
            .formatted(GATEWAY, SITE, dittoPort, USER, folder.resolve("ditto.password")));
    if (journal != null) {
      text.append(
          "journal: { folder: \"%s\", maxBytes: %s }\n".formatted(journal, JOURNAL_BYTES_MAX));
    }
    text.append(
        """
        brokers:
          ward: { url: "tcp://127.0.0.1:%d" }
        links:
          pack: { mqtt: ward, topic: "pack/{device}" }
          probe: { mqtt: ward, topic: "probe/{device}" }
          post: { coap: server, bind: 127.0.0.1, port: %d }
        profiles: profiles
        plugins: plugins
        devices:
        """
            .formatted(mqttPort, coapPort));
    for (ProbeDevice device : devices) {
      var word = device.way().word();
      text.append(
          "  %s: { profile: crash-%s, link: %s, address: \"%s\" }\n"
              .formatted(device.id(), word, word, device.id()));
    }
    var file = folder.resolve("gateway.yaml");
    Files.writeString(file, text);
    return file;
  }

  /** Name of a device's thing. */
  static String thingId(ProbeDevice device) {
    return ThingNames.thingId(
        SITE,
        "crash-" + device.way().word(),
        MAKER,
        model(device.way()),
        Optional.empty(),
        GATEWAY,
        device.id());
  }

  private static String model(ProbeDevice.Way way) {
    return "Crash " + way.word();
  }

  private static String profile(ProbeDevice.Way way) {
    var metrics = new StringBuilder();
    for (String metric : way.metrics()) {
      var name = metric.substring(metric.indexOf('/') + 1);
      metrics.append("    %s: { from: %s, unit: \"1\" }\n".formatted(name, name));
    }
    return """
    profile: crash-%s
    version: 1.0.0
    manufacturer: %s
    model: %s
    class: crash-%s
    driver: %s
    channels:
      %s:
    %s\
    """
        .formatted(
            way.word(),
            MAKER,
            model(way),
            way.word(),
            way == ProbeDevice.Way.PACK ? "senml" : "crash-probe",
            Seen.FEATURE,
            metrics);
  }
}
