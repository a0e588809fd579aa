package io.medtwin.twin.normalizer;

import io.medtwin.journal.Received;
import io.medtwin.spi.Absent;
import io.medtwin.spi.Alert;
import io.medtwin.spi.Coded;
import io.medtwin.spi.DeviceEvent;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Presence;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Reading.Flag;
import io.medtwin.spi.Samples;
import io.medtwin.spi.Text;
import io.medtwin.twin.clock.ClockQuality;
import io.medtwin.twin.clock.DeviceClock;
import io.medtwin.twin.clock.ObservedTime;
import io.medtwin.twin.normalizer.Finding.AlertChange;
import io.medtwin.twin.normalizer.Finding.Identified;
import io.medtwin.twin.normalizer.Finding.Mode;
import io.medtwin.twin.normalizer.Finding.Observation;
import io.medtwin.twin.normalizer.Finding.Occurrence;
import io.medtwin.twin.normalizer.Finding.Rejected;
import io.medtwin.twin.normalizer.Finding.Seen;
import io.medtwin.twin.normalizer.Finding.Undated;
import io.medtwin.twin.normalizer.Finding.Unmapped;
import io.medtwin.twin.normalizer.Finding.Wave;
import io.medtwin.twin.normalizer.Finding.WaveStopped;
import io.medtwin.twin.normalizer.Finding.Withheld;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.profile.Profile;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says what a report of one device model means. A pure function of a report, when it was true, and
 * the profile: no clock, no state but the table of unit factors; safe for any thread.
 */
public final class Normalizer {

  /** More digits than this, or a power of ten further from 0, are of no quantity. */
  private static final int MOST_DIGITS = 64;

  private static final Pattern OWN_EVENT = Pattern.compile("mdc-([1-9][0-9]{5})");
  private static final int EVENTS = 3;
  private static final int MAKERS_OWN = 0xF000;

  private final Profile profile;
  private final Units units;

  /** A normalizer for all devices of a model. */
  public Normalizer(Profile profile, Units units) {
    this.profile = profile;
    this.units = units;
  }

  /** What the first report of a device means. */
  public Finding normalize(Received received) {
    var time = new DeviceClock(null).observe(received.report(), received.receivedAt());
    return normalize(received, time);
  }

  /**
   * What a report means.
   *
   * @param time when it was true, by the {@link DeviceClock} of its device
   */
  public Finding normalize(Received received, ObservedTime time) {
    var observedAt = time.or(received.receivedAt());
    return switch (received.report()) {
      case Reading reading -> reading(reading, observedAt, time);
      case Alert alert -> alert(alert, observedAt);
      case DeviceEvent event -> event(event, observedAt);
      case Identity identity -> new Identified(identity);
      case Presence presence -> new Seen(presence);
    };
  }

  private AlertChange alert(Alert alert, Instant observedAt) {
    var term = profile.alert(alert.code());
    var text = alert.text().isBlank() ? term.map(Profile.AlertTerm::text).orElse("") : alert.text();
    var priority = term.map(Profile.AlertTerm::priority).orElse(Alert.Priority.UNKNOWN);
    return new AlertChange(
        alert.priority() == Alert.Priority.UNKNOWN ? withPriority(alert, priority) : alert,
        term.map(Profile.AlertTerm::event).orElseGet(() -> ownEvent(alert.code())),
        text,
        observedAt);
  }

  /**
   * The 11073 event that a device of that nomenclature names by its number, {@code mdc-196940},
   * where the profile says nothing of it; else 0. Only numbers of the partition of events, and none
   * that is its maker's own: that number means what the maker says.
   */
  private static int ownEvent(String code) {
    var number = OWN_EVENT.matcher(code);
    if (!number.matches()) {
      return 0;
    }
    int event = Integer.parseInt(number.group(1));
    boolean isEvent = event >> 16 == EVENTS && (event & 0xFFFF) < MAKERS_OWN;
    return isEvent ? event : 0;
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

  private Occurrence event(DeviceEvent event, Instant observedAt) {
    var term = profile.event(event.code());
    return new Occurrence(
        event,
        term.map(Profile.EventTerm::event).orElseGet(() -> ownEvent(event.code())),
        event.text().isBlank() ? term.map(Profile.EventTerm::text).orElse("") : event.text(),
        observedAt);
  }

  private Finding reading(Reading reading, Instant observedAt, ObservedTime time) {
    var metric = profile.metric(reading.parameter());
    if (metric == null && profile.isWithheld(reading.parameter())) {
      return new Withheld(reading.parameter());
    }
    if (time.quality() == ClockQuality.UNKNOWN && reading.flags().contains(Flag.STORED)) {
      return new Undated(reading.parameter(), metric);
    }
    if (metric == null) {
      return new Unmapped(reading.parameter(), reading.value(), observedAt);
    }
    return switch (reading.value()) {
      case Absent absent when metric.kind() == Metric.Kind.WAVEFORM -> new WaveStopped(metric);
      case Absent absent ->
          observation(metric, null, validity(absent.reason()), reading.flags(), observedAt, time);
      case Numeric number -> number(metric, number, reading.flags(), observedAt, time);
      case Coded coded -> word(metric, reading, coded.code(), observedAt, time);
      case Text text -> word(metric, reading, text.text(), observedAt, time);
      case Samples samples -> wave(metric, reading, samples, observedAt);
    };
  }

  private Finding number(
      Metric metric, Numeric number, Set<Flag> flags, Instant observedAt, ObservedTime time) {
    if (metric.kind() != Metric.Kind.NUMERIC && metric.kind() != Metric.Kind.SETTING) {
      return contradiction(metric, "a number");
    }
    if (!isOfAQuantity(number.amount())) {
      return new Rejected(metric, "expected at most " + MOST_DIGITS + " digits, got more");
    }
    var sent = metric.sent();
    var missing = sent.absent(number.amount());
    if (missing != null) {
      return observation(metric, null, validity(missing), flags, observedAt, time);
    }
    var unit = profile.ucum(sent.unit(number.unit()));
    if (!unit.equals(metric.unit()) && !Units.isReadable(unit)) {
      return new Rejected(
          metric, "expected a unit such as " + metric.unit() + ", got none like it");
    }
    var wanted = units.convert(sent.amount(number.amount()), unit, metric.unit());
    if (wanted.isEmpty()) {
      return new Rejected(
          metric, "expected a unit that converts to " + metric.unit() + ", got \"" + unit + "\"");
    }
    var amount = wanted.get();
    var plausible = metric.plausible();
    var validity =
        plausible == null || plausible.contains(amount) ? Validity.VALID : Validity.QUESTIONABLE;
    return observation(metric, amount, validity, flags, observedAt, time);
  }

  private static boolean isOfAQuantity(BigDecimal amount) {
    return amount.precision() <= MOST_DIGITS && Math.abs((long) amount.scale()) <= MOST_DIGITS;
  }

  private static Finding word(
      Metric metric, Reading reading, String word, Instant observedAt, ObservedTime time) {
    var missing = metric.sent().absent(word);
    if (missing != null) {
      return observation(metric, null, validity(missing), reading.flags(), observedAt, time);
    }
    if (metric.kind() != Metric.Kind.ENUM && metric.kind() != Metric.Kind.TEXT) {
      return contradiction(metric, "a word");
    }
    var meaning = metric.words().getOrDefault(word, word);
    return observation(metric, meaning, Validity.VALID, reading.flags(), observedAt, time);
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

  /** Of several flags the most severe wins; all of them are kept. */
  private static Observation observation(
      Metric metric,
      @Nullable Object value,
      Validity ofValue,
      Set<Flag> said,
      Instant observedAt,
      ObservedTime time) {
    var validity = ofValue;
    var mode = Mode.REAL;
    var flags = Flags.NONE;
    if (!said.isEmpty()) {
      flags = Flags.of(said);
      for (Flag flag : said) {
        validity = validity.worse(validity(flag));
      }
      // what is both is shown like test
      mode = flags.has(Flag.TEST) ? Mode.TEST : flags.has(Flag.DEMO) ? Mode.DEMO : Mode.REAL;
    }
    if (ofValue == Validity.QUESTIONABLE && value != null) {
      flags = flags.implausible();
    }
    if (time.contradicted()) {
      flags = flags.clockOff();
    }
    return new Observation(
        metric,
        validity.valueAllowed() ? value : null,
        validity.boundAllowed() && value instanceof BigDecimal number ? number : null,
        validity,
        flags,
        mode,
        observedAt,
        time);
  }

  private static Validity validity(Flag flag) {
    return switch (flag) {
      case INVALID -> Validity.INVALID;
      case ONGOING -> Validity.ONGOING;
      case OVERFLOW -> Validity.OVERFLOW;
      case UNDERFLOW -> Validity.UNDERFLOW;
      case CALIBRATING -> Validity.CALIBRATING;
      case QUESTIONABLE -> Validity.QUESTIONABLE;
      case EARLY -> Validity.EARLY;
      case VALIDATED -> Validity.VALIDATED;
      case TEST, DEMO, STORED -> Validity.VALID;
    };
  }

  private static Validity validity(Absent.Reason reason) {
    return switch (reason) {
      case NOT_AVAILABLE, SENSOR_OFF, MALFUNCTION, NOT_A_NUMBER -> Validity.NOT_AVAILABLE;
      case INVALID -> Validity.INVALID;
      case ONGOING -> Validity.ONGOING;
      case NOT_AT_THIS_RESOLUTION -> Validity.QUESTIONABLE; // without a value
      case OVERFLOW -> Validity.OVERFLOW;
      case UNDERFLOW -> Validity.UNDERFLOW;
    };
  }
}
