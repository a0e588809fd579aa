package io.medtwin.app.metrics;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.medtwin.journal.JournalState.Health;
import io.medtwin.runtime.session.LinkCounts;
import io.medtwin.runtime.session.LinkView;
import io.medtwin.runtime.session.SessionState;
import io.medtwin.twin.keeper.DeviceView;
import io.medtwin.twin.keeper.DeviceView.Counts;
import io.medtwin.twin.keeper.Latency;
import io.medtwin.twin.outbox.Outbox.Standing;
import io.medtwin.twin.state.LinkState;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A snapshot → everything named {@code medtwin_…}. */
final class Families {

  /** Most devices, and most links, with series of their own. */
  static final int MOST_SERIES = 1_000;

  private static final double MILLIS = 1_000;

  private static final double[] UPPER_BOUNDS =
      DoubleStream.concat(
              Latency.BOUNDS_MILLIS.stream().mapToDouble(bound -> bound / MILLIS),
              DoubleStream.of(Double.POSITIVE_INFINITY))
          .toArray();

  private Families() {}

  static MetricSnapshots of(Catalogue catalogue, Snapshot now) {
    var sheet = new Sheet(catalogue);
    ledger(sheet, now);
    keeper(sheet, now);
    journal(sheet, now);
    ditto(sheet, now);
    links(sheet, now);
    devices(sheet, now);
    eachDevice(sheet, now);
    gateway(sheet, now);
    return sheet.told();
  }

  private static void ledger(Sheet sheet, Snapshot now) {
    var total = now.total();
    sheet
        .add(
            "medtwin_reports_total",
            Point.of(total.received(), "received"),
            Point.of(total.delivered(), "delivered"),
            Point.of(total.coalesced(), "coalesced"),
            Point.of(total.rejected(), "rejected"),
            Point.of(total.expired(), "expired"))
        .add("medtwin_reports_pending", Point.of(total.pending()))
        .add("medtwin_ledger_exact", Point.of(now.exact()))
        .add("medtwin_outages_total", Point.of(now.outages()))
        .add(
            "medtwin_odd_readings_total",
            Point.of(sum(now, Counts::unmapped), "unmapped"),
            Point.of(sum(now, Counts::rejected), "rejected"),
            Point.of(sum(now, Counts::late), "late"),
            Point.of(sum(now, Counts::implausible), "implausible"))
        .add(
            "medtwin_unmapped_parameters",
            Point.of(now.devices().stream().mapToLong(DeviceView::unmapped).sum()))
        .histogram(
            "medtwin_latency_seconds", now.latencies().stream().map(Families::times).toList());
  }

  private static long sum(Snapshot now, ToLongFunction<Counts> what) {
    return now.devices().stream().map(DeviceView::counts).mapToLong(what).sum();
  }

  private static Sheet.Times times(Latency latency) {
    return new Sheet.Times(
        latency.stage().word(),
        UPPER_BOUNDS,
        latency.counts().stream().mapToLong(Long::longValue).toArray(),
        latency.sumMillis() / MILLIS);
  }

  private static void keeper(Sheet sheet, Snapshot now) {
    var traffic = now.traffic();
    sheet
        .add("medtwin_keeper_reports_total", Point.of(traffic.reports()))
        .add("medtwin_keeper_waiting_reports", Point.of(traffic.waiting()));
  }

  private static void journal(Sheet sheet, Snapshot now) {
    var journal = now.journal();
    sheet
        .add("medtwin_journal_healthy", Point.of(journal.health() == Health.OK))
        .add("medtwin_journal_reports_total", Point.of(journal.reports()))
        .add("medtwin_journal_commits_total", Point.of(journal.commits()))
        .add("medtwin_journal_reports_not_kept_total", Point.of(journal.notKept()))
        .add("medtwin_journal_waiting_reports", Point.of(journal.waiting()))
        .add("medtwin_journal_size_bytes", Point.of(journal.bytes()))
        .add("medtwin_journal_max_bytes", Point.of(journal.maxBytes()))
        .add("medtwin_journal_lines_trimmed_total", Point.of(journal.trimmed()));
  }

  private static void ditto(Sheet sheet, Snapshot now) {
    var traffic = now.traffic();
    sheet
        .add("medtwin_ditto_reached", Point.of(now.connected()))
        .add("medtwin_ditto_commands_total", Point.of(traffic.sent()))
        .add(
            "medtwin_ditto_answers_total",
            Point.of(traffic.stored(), "stored"),
            Point.of(traffic.busy(), "busy"),
            Point.of(traffic.refused(), "refused"))
        .add("medtwin_ditto_commands_in_flight", Point.of(traffic.inFlight()))
        .add("medtwin_ditto_window_commands", Point.of(traffic.window()))
        .add("medtwin_ditto_limit_commands_per_second", Point.of(traffic.limitPerSecond()))
        .add(
            "medtwin_ditto_oldest_pending_seconds",
            Point.of(age(traffic.oldestPending(), now.at())));
  }

  private static double age(@Nullable Instant from, Instant now) {
    return from == null ? 0 : Math.max(0, Duration.between(from, now).toMillis() / MILLIS);
  }

  private static void links(Sheet sheet, Snapshot now) {
    var some = now.links().stream().limit(MOST_SERIES).toList();
    sheet
        .add(
            "medtwin_link_up",
            some.stream()
                .map(link -> point(link, link.state() instanceof SessionState.Running ? 1 : 0))
                .toList())
        .add(
            "medtwin_link_devices",
            some.stream().map(link -> point(link, link.devices().size())).toList())
        .add("medtwin_link_reports_total", each(some, LinkCounts::reports))
        .add("medtwin_link_discards_total", each(some, LinkCounts::discards))
        .add("medtwin_link_discarded_bytes_total", each(some, LinkCounts::discardedBytes))
        .add("medtwin_link_refusals_total", each(some, LinkCounts::refusals))
        .add("medtwin_link_repetitions_total", each(some, LinkCounts::repetitions));
  }

  private static List<Point> each(List<LinkView> links, ToLongFunction<LinkCounts> what) {
    return links.stream().map(link -> point(link, what.applyAsLong(link.counts()))).toList();
  }

  private static Point point(LinkView link, double value) {
    return Point.of(value, link.name(), link.driver());
  }

  private static void devices(Sheet sheet, Snapshot now) {
    var devices = now.devices();
    sheet
        .add(
            "medtwin_devices",
            counted(
                devices,
                device -> device.link().status(),
                LinkState.Status.values(),
                LinkState.Status::word))
        .add("medtwin_devices_live", Point.of(count(devices, DeviceView::isLive)))
        .add("medtwin_devices_muted", Point.of(count(devices, device -> device.isMuted(now.at()))))
        .add("medtwin_devices_unclaimed", Point.of(now.unclaimed()))
        .add(
            "medtwin_devices_by_standing",
            counted(
                devices,
                DeviceView::standing,
                Standing.values(),
                standing -> standing.name().toLowerCase(Locale.ROOT)));
  }

  /** A point for each of the values, also where no device has it. */
  private static <T> List<Point> counted(
      List<DeviceView> devices,
      Function<DeviceView, T> kind,
      T[] values,
      Function<T, String> word) {
    var counts = devices.stream().collect(groupingBy(kind, counting()));
    return Stream.of(values)
        .map(value -> Point.of(counts.getOrDefault(value, 0L), word.apply(value)))
        .toList();
  }

  private static long count(List<DeviceView> devices, Predicate<DeviceView> what) {
    return devices.stream().filter(what).count();
  }

  private static void eachDevice(Sheet sheet, Snapshot now) {
    var some = now.devices().stream().limit(MOST_SERIES).toList();
    sheet
        .add(
            "medtwin_device_live",
            some.stream().map(one -> Point.of(one.isLive(), one.device())).toList())
        .add(
            "medtwin_device_muted",
            some.stream().map(one -> Point.of(one.isMuted(now.at()), one.device())).toList())
        .add("medtwin_device_last_heard_timestamp_seconds", times(some, DeviceView::lastHeard))
        .add(
            "medtwin_device_acknowledged_timestamp_seconds",
            times(some, DeviceView::acknowledgedAt));
  }

  private static List<Point> times(
      List<DeviceView> devices, Function<DeviceView, @Nullable Instant> what) {
    return devices.stream()
        .flatMap(
            device -> {
              var at = what.apply(device);
              return at == null
                  ? Stream.empty()
                  : Stream.of(Point.of(at.toEpochMilli() / MILLIS, device.device()));
            })
        .toList();
  }

  private static void gateway(Sheet sheet, Snapshot now) {
    sheet
        .add("medtwin_build_info", Point.of(1, now.version(), String.valueOf(Runtime.version())))
        .add("medtwin_profiles_refused_total", Point.of(now.refusedProfiles()))
        .add(
            "medtwin_series_left_out",
            Point.of(Math.max(0, now.devices().size() - MOST_SERIES), "device"),
            Point.of(Math.max(0, now.links().size() - MOST_SERIES), "link"));
  }
}
