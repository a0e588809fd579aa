package io.medtwin.twin.normalizer;

import io.medtwin.journal.Received;
import io.medtwin.spi.Absent;
import io.medtwin.spi.Alert;
import io.medtwin.spi.Coded;
import io.medtwin.spi.DeviceEvent;
import io.medtwin.spi.DeviceTime;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Presence;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Reading.Flag;
import io.medtwin.spi.Samples;
import io.medtwin.spi.Text;
import io.medtwin.twin.normalizer.Finding.AlertChange;
import io.medtwin.twin.normalizer.Finding.Identified;
import io.medtwin.twin.normalizer.Finding.Mode;
import io.medtwin.twin.normalizer.Finding.Observation;
import io.medtwin.twin.normalizer.Finding.Occurrence;
import io.medtwin.twin.normalizer.Finding.Rejected;
import io.medtwin.twin.normalizer.Finding.Seen;
import io.medtwin.twin.normalizer.Finding.Unmapped;
import io.medtwin.twin.normalizer.Finding.Wave;
import io.medtwin.twin.normalizer.Finding.WaveStopped;
import io.medtwin.twin.normalizer.Finding.Withheld;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.profile.Profile;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what a report of one device model means. A pure function of report and profile: no clock, no
 * state but the table of unit factors; safe for any thread.
 */
public final class Normalizer {

  /** A device time older than this on arrival is not trusted; arrival counts. */
  static final Duration OLDEST = Duration.ofHours(24);

  /** A device time further ahead than this is not trusted; arrival counts. */
  static final Duration FUTURE = Duration.ofMinutes(2);

  private final Profile profile;
  private final Units units;

  /** A normalizer for all devices of a model. */
  public Normalizer(Profile profile, Units units) {
    this.profile = profile;
    this.units = units;
  }

  /** What it means. */
  public Finding normalize(Received received) {
    return switch (received.report()) {
      case Reading reading -> reading(reading, received.receivedAt());
      case Alert alert -> alert(alert, received.receivedAt());
      case DeviceEvent event -> event(event, received.receivedAt());
      case Identity identity -> new Identified(identity);
      case Presence presence -> new Seen(presence);
    };
  }

  private AlertChange alert(Alert alert, Instant receivedAt) {
    var term = profile.alert(alert.code());
    var text = alert.text().isBlank() ? term.map(Profile.AlertTerm::text).orElse("") : alert.text();
    var priority = term.map(Profile.AlertTerm::priority).orElse(Alert.Priority.UNKNOWN);
    return new AlertChange(
        alert.priority() == Alert.Priority.UNKNOWN ? withPriority(alert, priority) : alert,
        term.map(Profile.AlertTerm::event).orElse(0),
        text,
        observedAt(alert.time(), receivedAt));
  }

  /** The priority of the manual, where the device sends none: the device's own word counts. */
  private static Alert withPriority(Alert alert, Alert.Priority priority) {
    return new Alert(
        alert.occurrence(),
        alert.code(),
        alert.phase(),
        priority,
        alert.kind(),
        alert.text(),
        alert.parameter(),
        alert.time());
  }

  private Occurrence event(DeviceEvent event, Instant receivedAt) {
    var term = profile.event(event.code());
    return new Occurrence(
        event,
        term.map(Profile.EventTerm::event).orElse(0),
        event.text().isBlank() ? term.map(Profile.EventTerm::text).orElse("") : event.text(),
        observedAt(event.time(), receivedAt));
  }

  private Finding reading(Reading reading, Instant receivedAt) {
    var observedAt = observedAt(reading.time(), receivedAt);
    var metric = profile.metric(reading.parameter());
    if (metric == null) {
      return profile.isWithheld(reading.parameter())
          ? new Withheld(reading.parameter())
          : new Unmapped(reading.parameter(), reading.value(), observedAt);
    }
    return switch (reading.value()) {
      case Absent absent when metric.kind() == Metric.Kind.WAVEFORM -> new WaveStopped(metric);
      case Absent absent ->
          observation(metric, null, validity(absent.reason()), reading.flags(), observedAt);
      case Numeric number -> number(metric, number, reading.flags(), observedAt);
      case Coded coded -> word(metric, reading, coded.code(), observedAt);
      case Text text -> word(metric, reading, text.text(), observedAt);
      case Samples samples -> wave(metric, reading, samples, observedAt);
    };
  }

  private Finding number(Metric metric, Numeric number, Set<Flag> flags, Instant observedAt) {
    if (metric.kind() != Metric.Kind.NUMERIC && metric.kind() != Metric.Kind.SETTING) {
      return contradiction(metric, "a number");
    }
    var sent = metric.sent();
    var missing = sent.absent(number.amount());
    if (missing != null) {
      return observation(metric, null, validity(missing), flags, observedAt);
    }
    var unit = profile.ucum(sent.unit(number.unit()));
    var wanted = units.convert(sent.amount(number.amount()), unit, metric.unit());
    if (wanted.isEmpty()) {
      return new Rejected(
          metric, "expected a unit that converts to " + metric.unit() + ", got \"" + unit + "\"");
    }
    var amount = wanted.get();
    var plausible = metric.plausible();
    var validity =
        plausible == null || plausible.contains(amount) ? Validity.VALID : Validity.QUESTIONABLE;
    return observation(metric, amount, validity, flags, observedAt);
  }

  private static Finding word(Metric metric, Reading reading, String word, Instant observedAt) {
    var missing = metric.sent().absent(word);
    if (missing != null) {
      return observation(metric, null, validity(missing), reading.flags(), observedAt);
    }
    if (metric.kind() != Metric.Kind.ENUM && metric.kind() != Metric.Kind.TEXT) {
      return contradiction(metric, "a word");
    }
    var meaning = metric.words().getOrDefault(word, word);
    return observation(metric, meaning, Validity.VALID, reading.flags(), observedAt);
  }

  private static Finding wave(Metric metric, Reading reading, Samples samples, Instant observedAt) {
    if (metric.kind() != Metric.Kind.WAVEFORM) {
      return contradiction(metric, "a waveform");
    }
    return new Wave(
        metric,
        samples.ratePerSecond(),
        samples.gain(),
        samples.offset(),
        samples.raw().remaining(),
        observedAt);
  }

  private static Rejected contradiction(Metric metric, String came) {
    return new Rejected(metric, "the profile says " + metric.kind() + ", the device sent " + came);
  }

  private static Observation observation(
      Metric metric,
      @Nullable Object value,
      Validity ofValue,
      Set<Flag> flags,
      Instant observedAt) {
    var validity = ofValue;
    var mode = Mode.REAL;
    for (Flag flag : flags) {
      switch (flag) {
        case INVALID -> validity = validity.worse(Validity.INVALID);
        case QUESTIONABLE -> validity = validity.worse(Validity.QUESTIONABLE);
        case CALIBRATING -> validity = validity.worse(Validity.CALIBRATING);
        case ONGOING -> validity = validity.worse(Validity.ONGOING);
        case EARLY -> validity = validity.worse(Validity.EARLY);
        case VALIDATED -> validity = validity.worse(Validity.VALIDATED);
        case TEST -> mode = Mode.TEST;
        case DEMO -> mode = Mode.DEMO;
        case STORED -> {}
      }
    }
    return new Observation(
        metric, validity.valueAllowed() ? value : null, validity, mode, observedAt);
  }

  private static Validity validity(Absent.Reason reason) {
    return switch (reason) {
      case NOT_AVAILABLE, SENSOR_OFF, MALFUNCTION, NOT_A_NUMBER -> Validity.NOT_AVAILABLE;
      case INVALID -> Validity.INVALID;
      case ONGOING -> Validity.ONGOING;
      // "questionable without value": no number stands beside it, so the twin says that none is
      // available
      case NOT_AT_THIS_RESOLUTION -> Validity.NOT_AVAILABLE;
      case OVERFLOW -> Validity.OVERFLOW;
      case UNDERFLOW -> Validity.UNDERFLOW;
    };
  }

  private static Instant observedAt(@Nullable DeviceTime time, Instant receivedAt) {
    if (time == null) {
      return receivedAt;
    }
    var claimed =
        switch (time) {
          case DeviceTime.Utc utc -> utc.instant();
          case DeviceTime.Ago ago -> receivedAt.minus(ago.age());
          // no offset and no anchor: only the gateway's own clock is trusted
          case DeviceTime.Local local -> receivedAt;
          case DeviceTime.Ticks ticks -> receivedAt;
        };
    boolean trusted =
        claimed.isAfter(receivedAt.minus(OLDEST)) && claimed.isBefore(receivedAt.plus(FUTURE));
    return trusted ? claimed.truncatedTo(ChronoUnit.MILLIS) : receivedAt;
  }
}
