package io.medtwin.app.self;

import io.medtwin.journal.JournalState;
import io.medtwin.spi.Absent;
import io.medtwin.spi.Coded;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Report;
import io.medtwin.spi.Text;
import io.medtwin.spi.Value;
import io.medtwin.twin.ledger.Balance;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway says of itself as readings, in the words of its profile {@code
 * medtwin-gateway.yaml}: what changes all the time, and what does not. Pure functions.
 */
public final class Said {

  private Said() {}

  /**
   * What changes all the time.
   *
   * @param health how it is
   * @param tally how its devices are
   * @param unclaimed devices heard that nobody configured
   * @param oldestPending since when the oldest report waits; zero where none does
   * @param journal its journal
   * @param total its ledger
   */
  public record Often(
      Health health,
      Tally tally,
      int unclaimed,
      Duration oldestPending,
      JournalState journal,
      Balance total) {}

  /**
   * What changes seldom.
   *
   * @param host its machine
   * @param diskFullDays days until its disk is full, where that fills
   * @param isClockSynchronised whether its clock is, where that is known
   * @param plugins plugins that are loaded
   * @param failedPlugins plugins that are not
   * @param drivers version of each driver, by id
   * @param profiles version of each profile in force, by id
   * @param certificate the certificate that ends first, where there is one
   * @param version of the gateway, or empty
   */
  public record Seldom(
      Host.Now host,
      OptionalDouble diskFullDays,
      Optional<Boolean> isClockSynchronised,
      int plugins,
      int failedPlugins,
      Map<String, String> drivers,
      Map<String, String> profiles,
      Optional<Certificates.First> certificate,
      String version) {}

  /** As readings. */
  public static List<Report> of(Often now) {
    var said = new ArrayList<Report>();
    said.add(Reading.of("health-state", new Coded(now.health().state().word())));
    said.add(text("health-why", String.join("; ", now.health().why())));
    said.add(text("delivery-acknowledged", time(now.tally().acknowledgedAt())));
    said.add(count("delivery-pending", now.total().pending()));
    said.add(Reading.of("delivery-oldest", Numeric.of(now.oldestPending().toSeconds(), "s")));
    said.add(count("delivery-lost", now.total().expired()));
    said.add(count("devices-configured", now.tally().configured()));
    said.add(count("devices-live", now.tally().live()));
    said.add(count("devices-exceptions", now.tally().exceptions()));
    said.add(count("devices-muted", now.tally().muted()));
    said.add(count("devices-unclaimed", now.unclaimed()));
    var journal = now.journal();
    boolean isWell = journal.health() == JournalState.Health.OK;
    said.add(Reading.of("journal-state", new Coded(journal.health().word())));
    said.add(text("journal-why", isWell ? "" : journal.why()));
    said.add(Reading.of("journal-size", Numeric.of(journal.bytes(), "By")));
    said.add(count("journal-waiting", journal.waiting()));
    said.add(count("journal-not-kept", journal.notKept()));
    said.add(count("journal-trimmed", journal.trimmed()));
    said.add(count("ledger-received", now.total().received()));
    said.add(count("ledger-delivered", now.total().delivered()));
    said.add(count("ledger-coalesced", now.total().coalesced()));
    said.add(count("ledger-pending", now.total().pending()));
    said.add(count("ledger-rejected", now.total().rejected()));
    said.add(count("ledger-expired", now.total().expired()));
    return said;
  }

  /** As readings. */
  public static List<Report> of(Seldom now) {
    var said = new ArrayList<Report>();
    var host = now.host();
    said.add(number("host-cpu", host.cpuPercent(), 1, "%"));
    said.add(bytes("host-rss", host.rss()));
    said.add(bytes("host-heap", OptionalLong.of(host.heap())));
    said.add(bytes("host-memory-free", host.memoryFree()));
    said.add(bytes("host-memory-total", host.memoryTotal()));
    said.add(bytes("host-disk-free", host.diskFree()));
    said.add(bytes("host-disk-total", host.diskTotal()));
    said.add(number("host-disk-full", now.diskFullDays(), 1, "d"));
    said.add(number("host-temperature", host.temperature(), 1, "Cel"));
    var clock = now.isClockSynchronised().map(yes -> yes ? "yes" : "no");
    said.add(Reading.of("host-clock", clock.<Value>map(Coded::new).orElseGet(Said::nothing)));
    said.add(count("plugins-count", now.plugins()));
    said.add(count("plugins-failed", now.failedPlugins()));
    said.add(text("plugins-versions", versions(now.drivers())));
    said.add(text("profiles-versions", versions(now.profiles())));
    var days = now.certificate().map(first -> OptionalDouble.of(first.days()));
    said.add(number("certificates-days", days.orElse(OptionalDouble.empty()), 1, "d"));
    said.add(
        text("certificates-first", now.certificate().map(Certificates.First::file).orElse("")));
    said.add(text("version", now.version()));
    return said;
  }

  /** {@code id version, id version}, by id. */
  static String versions(Map<String, String> versions) {
    return new TreeMap<>(versions)
        .entrySet().stream()
            .map(one -> one.getKey() + " " + one.getValue())
            .collect(Collectors.joining(", "));
  }

  private static String time(@Nullable Instant at) {
    return at == null ? "" : at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static Absent nothing() {
    return new Absent(Absent.Reason.NOT_AVAILABLE);
  }

  private static Reading text(String parameter, String text) {
    return Reading.of(parameter, text.isEmpty() ? nothing() : new Text(text));
  }

  private static Reading count(String parameter, long count) {
    return Reading.of(parameter, Numeric.of(count, "1"));
  }

  private static Reading bytes(String parameter, OptionalLong bytes) {
    return Reading.of(
        parameter, bytes.isPresent() ? Numeric.of(bytes.getAsLong(), "By") : nothing());
  }

  private static Reading number(
      String parameter, OptionalDouble number, int decimals, String unit) {
    return Reading.of(
        parameter,
        number.isPresent()
            ? new Numeric(
                BigDecimal.valueOf(number.getAsDouble()).setScale(decimals, RoundingMode.HALF_UP),
                unit)
            : nothing());
  }
}
