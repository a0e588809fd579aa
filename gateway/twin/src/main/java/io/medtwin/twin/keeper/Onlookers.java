package io.medtwin.twin.keeper;

import io.medtwin.journal.Received;
import io.medtwin.spi.Alert;
import io.medtwin.spi.DeviceEvent;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Presence;
import io.medtwin.spi.Reading;
import io.medtwin.twin.normalizer.Finding;
import io.medtwin.twin.outbox.Identities;
import io.medtwin.twin.outbox.Paths;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.state.ValueText;
import io.medtwin.twin.tap.Tap;
import io.medtwin.twin.tap.TapEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says to those who look at a device what was heard, and what it became. Pure functions. */
final class Onlookers {

  private Onlookers() {}

  /** Tells a report and what it became. */
  static void tell(List<Tap> taps, Received received, Finding finding) {
    var heard = heard(received);
    var made = made(received, finding, heard.name());
    for (Tap tap : taps) {
      tap.tell(heard);
      tap.tell(made);
    }
  }

  private static TapEvent.Heard heard(Received received) {
    return switch (received.report()) {
      case Reading reading ->
          heard(
              received,
              "reading",
              reading.parameter(),
              ValueText.of(reading.value()),
              ValueText.unitOf(reading.value()));
      case Alert alert -> heard(received, "alert", alert.code(), lower(alert.phase()), "");
      case DeviceEvent event -> heard(received, "event", event.code(), event.text(), "");
      case Identity identity -> heard(received, "identity", "", text(identity), "");
      case Presence presence ->
          heard(received, "presence", "", presence.present() ? "present" : "gone", "");
    };
  }

  private static TapEvent.Heard heard(
      Received received, String kind, String name, String value, String unit) {
    return new TapEvent.Heard(received.receivedAt(), received.sequence(), kind, name, value, unit);
  }

  private static TapEvent.Made made(Received received, Finding finding, String name) {
    var now = received.receivedAt();
    return switch (finding) {
      case Finding.Observation seen ->
          new TapEvent.Made(
              seen.observedAt(),
              name,
              "observation",
              Paths.of(seen.metric()),
              seen.metric().code(),
              ValueText.ofProperty(seen.value()),
              seen.metric().unit(),
              note(seen));
      case Finding.Wave wave ->
          of(
              wave.observedAt(),
              name,
              "wave",
              wave.metric(),
              wave.count() + " samples",
              BigDecimal.valueOf(wave.ratePerSecond()).stripTrailingZeros().toPlainString()
                  + " a second");
      case Finding.WaveStopped stopped ->
          of(now, name, "wave", stopped.metric(), "", "the wave stopped");
      case Finding.Unmapped unmapped ->
          new TapEvent.Made(
              unmapped.observedAt(),
              name,
              "unmapped",
              Paths.ofUnmapped(unmapped.parameter()),
              0,
              ValueText.of(unmapped.value()),
              ValueText.unitOf(unmapped.value()),
              "no place in the profile; kept under the device's own name");
      case Finding.Withheld _ ->
          nowhere(now, name, "withheld", "the profile keeps it out of the twin");
      case Finding.Undated _ ->
          nowhere(now, name, "undated", "nobody can tell when it was true; it is in the journal");
      case Finding.Rejected rejected ->
          of(now, name, "rejected", rejected.metric(), "", rejected.why());
      case Finding.AlertChange alert ->
          new TapEvent.Made(
              alert.observedAt(),
              name,
              "alert",
              Paths.ALERTS,
              alert.event(),
              lower(alert.alert().phase()),
              "",
              lower(alert.alert().priority()) + ": " + alert.text());
      case Finding.Occurrence event ->
          new TapEvent.Made(
              event.observedAt(), name, "event", Paths.EVENTS, event.term(), event.text(), "", "");
      case Finding.Identified identified ->
          new TapEvent.Made(
              now, name, "identity", Paths.IDENTITY, 0, text(identified.identity()), "", "");
      case Finding.Seen seen ->
          new TapEvent.Made(now, name, "seen", Paths.LINK, 0, "", "", seen.presence().why());
    };
  }

  private static TapEvent.Made of(
      Instant at, String name, String finding, Metric metric, String value, String note) {
    return new TapEvent.Made(
        at, name, finding, Paths.of(metric), metric.code(), value, metric.unit(), note);
  }

  private static TapEvent.Made nowhere(Instant at, String name, String finding, String why) {
    return new TapEvent.Made(at, name, finding, "", 0, "", "", why);
  }

  private static String note(Finding.Observation seen) {
    var flags = seen.flags().words(seen.validity());
    return flags.isEmpty() ? seen.validity().word() : seen.validity().word() + " (" + flags + ")";
  }

  private static String text(Identity identity) {
    return identity.attributes().entrySet().stream()
        .map(fact -> Identities.key(fact.getKey()) + " " + fact.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
