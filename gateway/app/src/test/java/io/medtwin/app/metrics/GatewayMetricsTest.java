package io.medtwin.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.app.TestInstallation;
import io.medtwin.app.command.Loaded;
import io.medtwin.app.command.TestEnvironment;
import io.medtwin.app.wiring.Gateway;
import io.medtwin.ditto.embedded.EmbeddedDitto;
import io.medtwin.ditto.embedded.EmbeddedDittoConfig;
import io.medtwin.twin.keeper.DeviceView;
import io.medtwin.twin.keeper.Latency;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway that runs tells, against what is written about it. */
@Timeout(120)
class GatewayMetricsTest {

  private static final String CONFIG =
      """
      gateway: { id: gw-1, site: clinic.north }
      ditto: { url: "%s", user: ditto, password: "${env:PW}" }
      links:
        posts: { coap: server, port: 0 }
      devices:
        patch-1: { profile: senml-patch, link: posts, address: patch-1 }
        patch-2: { profile: senml-patch, link: posts, address: patch-2 }
      """;

  private static final String LINK_REPORTS =
      "medtwin_link_reports_total{driver=\"senml\",link=\"posts\"}";

  @TempDir private static Path folder;
  private static String text = "";
  private static String next = "";

  /** One gateway for all tests: a patch speaks twice, and is scraped after each time. */
  @BeforeAll
  static void scrape() throws Exception {
    try (var ditto =
        EmbeddedDitto.start(
            EmbeddedDittoConfig.inMemory(InstantSource.system())
                .withUsers(Map.of("ditto", "ditto")))) {
      var file = Files.writeString(folder.resolve("gateway.yaml"), CONFIG.formatted(ditto.uri()));
      var environment = TestEnvironment.of(TestInstallation.in(folder));
      var loaded = Loaded.from(file, environment);
      try (var gateway =
          Gateway.start(
              loaded.config(),
              loaded.plan(),
              loaded.dictionary(),
              environment.clock(),
              environment.random())) {
        int port = gateway.coapPort("posts").orElseThrow();
        post(port, 1, "[{\"n\":\"temperature\",\"u\":\"Cel\",\"v\":36.6},{\"n\":\"x\",\"v\":1}]");
        await(() -> patch(gateway).isLive());
        var clock = environment.clock();
        text = new GatewayMetrics(gateway, "1.2.3", clock).text();
        post(port, 2, "[{\"n\":\"temperature\",\"u\":\"Cel\",\"v\":38.1}]");
        await(() -> acknowledged(gateway) > 0);
        next = new GatewayMetrics(gateway, "1.2.3", clock).text();
      } finally {
        loaded.plugins().close();
      }
    }
  }

  @AfterAll
  static void forget() {
    text = "";
    next = "";
  }

  @Test
  void everyMetricIsExplainedAndEveryExplainedMetricIsTold() {
    var catalogue = Catalogue.read();
    var exposed = Exposed.of(text);
    var meanings = new TreeMap<String, String>();
    catalogue.all().forEach(metric -> meanings.put(metric.name(), metric.meaning()));

    assertThat(exposed.types().keySet()).isEqualTo(meanings.keySet());
    assertThat(exposed.help()).isEqualTo(meanings);
  }

  @Test
  void everyMetricHasTheTypeAndTheLabelsThatAreWritten() {
    var exposed = Exposed.of(text);
    for (Explained metric : Catalogue.read().all()) {
      var type = metric.type() == Explained.Type.INFO ? "gauge" : metric.type().name();
      assertThat(exposed.types().get(metric.name())).isEqualToIgnoringCase(type);
      var series =
          text.lines()
              .filter(line -> line.matches(metric.name() + "(_bucket|_count|_sum)?[{ ].*"))
              .toList();
      assertThat(series)
          .as(metric.name())
          .isNotEmpty()
          .allSatisfy(
              line ->
                  metric.labelNames().forEach(label -> assertThat(line).contains(label + "=\"")));
    }
  }

  @Test
  void whatAPatchSaidIsCounted() {
    assertThat(value("medtwin_device_live{device=\"patch-1\"}")).isEqualTo(1);
    assertThat(value("medtwin_device_live{device=\"patch-2\"}")).isZero();
    assertThat(value("medtwin_devices{state=\"online\"}")).isEqualTo(1);
    assertThat(value("medtwin_devices_by_standing{standing=\"owned\"}")).isPositive();
    assertThat(value("medtwin_odd_readings_total{outcome=\"unmapped\"}")).isEqualTo(1);
    assertThat(value(LINK_REPORTS)).isPositive();
    assertThat(value("medtwin_ditto_reached")).isEqualTo(1);
    assertThat(value("medtwin_ledger_exact")).isEqualTo(1);
    assertThat(value("medtwin_latency_seconds_count{stage=\"reading\"}")).isPositive();
    assertThat(value("medtwin_latency_seconds_count{stage=\"durable\"}")).isPositive();
    assertThat(Exposed.value(next, "medtwin_latency_seconds_count{stage=\"acknowledged\"}"))
        .isPositive();
  }

  @Test
  void theLedgerOfOneScrapeIsExactAndCountsOnlyGrow() {
    for (String scrape : new String[] {text, next}) {
      double parts = Exposed.value(scrape, "medtwin_reports_pending");
      for (String outcome : new String[] {"delivered", "coalesced", "rejected", "expired"}) {
        parts += Exposed.value(scrape, "medtwin_reports_total{outcome=\"" + outcome + "\"}");
      }
      assertThat(Exposed.value(scrape, "medtwin_reports_total{outcome=\"received\"}"))
          .isEqualTo(parts);
    }
    assertThat(Exposed.value(next, LINK_REPORTS)).isGreaterThan(Exposed.value(text, LINK_REPORTS));
    text.lines()
        .filter(line -> line.matches("\\w+(_total|_bucket|_count)(\\{.*})? .*"))
        .map(line -> line.substring(0, line.lastIndexOf(' ')))
        .forEach(
            line ->
                assertThat(Exposed.value(next, line))
                    .as(line)
                    .isGreaterThanOrEqualTo(Exposed.value(text, line)));
  }

  @Test
  void everyMetricOfTheDashboardAndTheRulesExists() throws IOException {
    var there = Exposed.of(text).samples();
    var asked = new TreeSet<String>();
    for (String expression : MonitoringFiles.asked()) {
      asked.addAll(MonitoringFiles.metrics(expression));
    }
    for (var rule : MonitoringFiles.rules()) {
      var metrics = MonitoringFiles.metrics(rule.path("expr").asString());
      assertThat(metrics).as(rule.path("alert").asString()).isNotEmpty();
      asked.addAll(metrics);
    }

    asked.remove("up"); // Prometheus's own
    assertThat(asked).hasSizeGreaterThan(40);
    assertThat(there).containsAll(asked);
  }

  @Test
  void promtoolFindsNothingWrongWithTheText() throws Exception {
    var said = MonitoringFilesTest.promtool("check metrics", text);

    assertThat(said.getValue()).isEmpty();
    assertThat(said.getKey()).isZero();
  }

  private static double value(String line) {
    return Exposed.value(text, line);
  }

  private static DeviceView patch(Gateway gateway) {
    return gateway.keeper().views().stream()
        .filter(view -> view.device().equals("patch-1"))
        .findFirst()
        .orElseThrow();
  }

  /** Merges that are known to be stored. */
  private static long acknowledged(Gateway gateway) {
    return gateway.keeper().traffic().latencies().stream()
        .filter(latency -> latency.stage() == Latency.Stage.ACKNOWLEDGED)
        .flatMap(latency -> latency.counts().stream())
        .mapToLong(Long::longValue)
        .sum();
  }

  /** The keeper takes turns; the time-out of the class ends this. */
  private static void await(BooleanSupplier state) throws InterruptedException {
    while (!state.getAsBoolean()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("waited too long");
      }
    }
  }

  /** A CoAP NON POST to ingest/patch-1 of application/senml+json (RFC 7252 section 3). */
  private static void post(int port, int id, String senml) throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {0x50, 0x02, 0, (byte) id});
    option(bytes, 11, "ingest".getBytes(StandardCharsets.US_ASCII));
    option(bytes, 0, "patch-1".getBytes(StandardCharsets.US_ASCII));
    option(bytes, 1, new byte[] {110});
    bytes.write(0xFF);
    bytes.writeBytes(senml.getBytes(StandardCharsets.UTF_8));
    try (var socket = new DatagramSocket()) {
      socket.send(
          new DatagramPacket(
              bytes.toByteArray(), bytes.size(), InetAddress.getLoopbackAddress(), port));
    }
  }

  private static void option(ByteArrayOutputStream bytes, int delta, byte[] value) {
    bytes.write(delta << 4 | value.length);
    bytes.writeBytes(value);
  }
}
