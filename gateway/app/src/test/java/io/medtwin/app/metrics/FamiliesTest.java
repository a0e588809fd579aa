package io.medtwin.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.journal.JournalState;
import io.medtwin.runtime.session.LinkCounts;
import io.medtwin.runtime.session.LinkView;
import io.medtwin.runtime.session.SessionState;
import io.medtwin.twin.keeper.DeviceView;
import io.medtwin.twin.keeper.Latency;
import io.medtwin.twin.keeper.Maintenance;
import io.medtwin.twin.keeper.Traffic;
import io.medtwin.twin.ledger.Balance;
import io.medtwin.twin.ledger.Outage;
import io.medtwin.twin.outbox.Outbox.Standing;
import io.medtwin.twin.state.LinkState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Numbers of a snapshot, as the text of a scrape tells them. */
class FamiliesTest {

  private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");

  @Test
  void theLedgerIsToldPartByPart() {
    var text = text(snapshot(List.of(), List.of(), times(1)));

    assertThat(value(text, "medtwin_reports_total{outcome=\"received\"}")).isEqualTo(100);
    assertThat(value(text, "medtwin_reports_total{outcome=\"delivered\"}")).isEqualTo(60);
    assertThat(value(text, "medtwin_reports_total{outcome=\"coalesced\"}")).isEqualTo(25);
    assertThat(value(text, "medtwin_reports_pending")).isEqualTo(9);
    assertThat(value(text, "medtwin_reports_total{outcome=\"rejected\"}")).isEqualTo(5);
    assertThat(value(text, "medtwin_reports_total{outcome=\"expired\"}")).isEqualTo(1);
    assertThat(value(text, "medtwin_ledger_exact")).isEqualTo(1);
    assertThat(value(text, "medtwin_ditto_oldest_pending_seconds")).isEqualTo(7.5);
  }

  /** The keeper counts by bucket and in milliseconds, Prometheus from below and in seconds. */
  @Test
  void latenciesAreAHistogramOfSeconds() {
    var text = text(snapshot(List.of(), List.of(), times(3)));

    var bucket = "medtwin_latency_seconds_bucket{stage=\"sent\",le=\"%s\"}";
    assertThat(value(text, bucket.formatted("0.001"))).isEqualTo(3);
    assertThat(value(text, bucket.formatted("0.002"))).isEqualTo(6);
    assertThat(value(text, bucket.formatted("86400.0"))).isEqualTo(51);
    assertThat(value(text, bucket.formatted("+Inf"))).isEqualTo(54);
    assertThat(value(text, "medtwin_latency_seconds_count{stage=\"sent\"}")).isEqualTo(54);
    assertThat(value(text, "medtwin_latency_seconds_sum{stage=\"sent\"}")).isEqualTo(1.5);
  }

  @Test
  void moreDevicesAndLinksThanTheLimitHaveNoSeriesOfTheirOwnButAreCounted() {
    var devices = IntStream.range(0, 1_002).mapToObj(n -> device("d" + n, true, null)).toList();
    var links = IntStream.range(0, 1_003).mapToObj(n -> link("l" + n)).toList();

    var text = text(snapshot(devices, links, times(1)));

    assertThat(text).contains("medtwin_device_live{device=\"d999\"}").doesNotContain("\"d1000\"");
    assertThat(text).contains("link=\"l999\"").doesNotContain("\"l1000\"");
    assertThat(value(text, "medtwin_devices{state=\"online\"}")).isEqualTo(1_002);
    assertThat(value(text, "medtwin_series_left_out{label=\"device\"}")).isEqualTo(2);
    assertThat(value(text, "medtwin_series_left_out{label=\"link\"}")).isEqualTo(3);
  }

  @Test
  void aMaintenanceThatIsOverMutesNothing() {
    var over = new Maintenance("cleaning", NOW, "anna");
    var devices =
        List.of(
            device("a", false, over),
            device("b", false, new Maintenance("cleaning", NOW.plusSeconds(1), "anna")));

    var text = text(snapshot(devices, List.of(), times(1)));

    assertThat(value(text, "medtwin_device_muted{device=\"a\"}")).isZero();
    assertThat(value(text, "medtwin_device_muted{device=\"b\"}")).isEqualTo(1);
    assertThat(value(text, "medtwin_devices_muted")).isEqualTo(1);
    assertThat(text).as("never heard").doesNotContain("last_heard_timestamp_seconds{");
  }

  @Test
  void aNameWithQuotesAndLinesStaysOneLabel() {
    var text = text(snapshot(List.of(device("a\"b\nc\\d", true, null)), List.of(), times(1)));

    assertThat(value(text, "medtwin_device_live{device=\"a\\\"b\\nc\\\\d\"}")).isEqualTo(1);
  }

  @Test
  void outagesAreCountedBeyondThoseThatAreKept() {
    var count = new OutageCount();
    var all = new ArrayList<Outage>();
    for (int n = 1; n <= 60; n++) {
      all.add(new Outage(NOW.plusSeconds(n), null, null, 0, 0));
    }

    assertThat(count.with(all.subList(0, 50))).isEqualTo(50);
    assertThat(count.with(all.subList(10, 60))).isEqualTo(60);
    assertThat(count.with(all.subList(10, 60))).isEqualTo(60);
  }

  private static double value(String text, String line) {
    return Exposed.value(text, line);
  }

  private static String text(Snapshot snapshot) {
    return new Exposition(() -> snapshot).text();
  }

  private static List<Latency> times(long each) {
    return List.of(
        new Latency(
            Latency.Stage.SENT,
            Collections.nCopies(Latency.BOUNDS_MILLIS.size() + 1, each),
            1_500));
  }

  private static Snapshot snapshot(
      List<DeviceView> devices, List<LinkView> links, List<Latency> latencies) {
    return new Snapshot(
        NOW,
        "1.2.3",
        new Balance(100, 60, 25, 9, 5, 1),
        true,
        2,
        devices,
        1,
        new Traffic(100, 0, 9, NOW.minusMillis(7_500), 70, 60, 3, 2, 5, 16, 0, List.of()),
        latencies,
        new JournalState(JournalState.Health.OK, "", NOW, 4_096, 100, 10, 0, 0, 0, 1 << 20),
        true,
        links,
        0);
  }

  private static LinkView link(String name) {
    return new LinkView(
        name,
        "tcp:host:1",
        "nonin-oem3",
        new SessionState.Running(NOW),
        List.of(),
        new LinkCounts(1, 2, 3, 4, 5));
  }

  private static DeviceView device(String id, boolean live, @Nullable Maintenance maintenance) {
    return new DeviceView(
        id,
        "model",
        "clinic.north:" + id,
        new LinkState(
            live ? LinkState.Status.ONLINE : LinkState.Status.OFFLINE, NOW, live ? "" : "cable"),
        live,
        live ? NOW : null,
        live ? NOW : null,
        Standing.OWNED,
        List.of(),
        List.of(),
        0,
        "nonin-oem3 1.0.0",
        maintenance,
        null,
        new DeviceView.Counts(1, 0, 0, 0, 0, 0, 1, 0, 0),
        "");
  }
}
