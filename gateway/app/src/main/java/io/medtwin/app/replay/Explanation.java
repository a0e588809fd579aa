package io.medtwin.app.replay;

import io.medtwin.journal.Entry;
import io.medtwin.journal.Kept;
import io.medtwin.journal.Note;
import io.medtwin.journal.Received;
import io.medtwin.journal.Replay;
import io.medtwin.journal.Saved;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.testkit.ReportText;
import io.medtwin.twin.clock.DeviceClock;
import io.medtwin.twin.clock.ObservedTime;
import io.medtwin.twin.keeper.DevicePlan;
import io.medtwin.twin.normalizer.Finding;
import io.medtwin.twin.normalizer.Normalizer;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.state.ValueText;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind values of a device at one moment: a journal's history of it flows in, a {@link
 * Step} for each property flows out. The same clock, normalizer and profile as the keeper's say
 * what each report became.
 */
public final class Explanation implements Replay {

  private final DevicePlan plan;
  private final Units units;
  private final Instant at;
  private final DeviceClock clock;
  private final Map<String, Step> byPlace = new LinkedHashMap<>();
  private final List<String> damages = new ArrayList<>();
  private Profile profile;
  private Normalizer normalizer;

  /** The last report of a property until that moment, and what became of it. */
  public static final class Step {
    final long position;
    final Received received;
    final Finding.Observation observation;
    final Profile profile;
    private @Nullable Long epoch;
    private long seq;
    private String outcome = "not told yet when it ends";

    Step(long position, Received received, Finding.Observation observation, Profile profile) {
      this.position = position;
      this.received = received;
      this.observation = observation;
      this.profile = profile;
    }

    /** The report as it was received. */
    public Received received() {
      return received;
    }

    /** Where it stands in the twin: {@code channel/name}. */
    public String place() {
      return observation.metric().place();
    }
  }

  /**
   * An explanation of nothing yet.
   *
   * @param at the moment
   */
  public Explanation(DevicePlan plan, Units units, Instant at) {
    this.plan = plan;
    this.units = units;
    this.at = at;
    this.clock = new DeviceClock(plan.zone());
    this.profile = plan.profile();
    this.normalizer = new Normalizer(profile, units);
  }

  /** Each property that was said until the moment, by its place. */
  public List<Step> steps() {
    return List.copyOf(byPlace.values());
  }

  /** What could not be read. */
  public List<String> damages() {
    return damages;
  }

  @Override
  public void saved(Saved state) {}

  @Override
  public void entry(Kept kept) {
    if (kept.entry() instanceof Entry.Heard heard) {
      heard.reports().forEach(report -> hear(kept.position(), report));
    }
  }

  private void hear(long position, Received received) {
    if (received.report() instanceof Identity identity) {
      var firmware = identity.attributes().get(Identity.Attribute.FIRMWARE);
      if (firmware != null && plan.profile().forFirmware(firmware) != profile) {
        profile = plan.profile().forFirmware(firmware);
        normalizer = new Normalizer(profile, units);
      }
    }
    ObservedTime time = clock.observe(received.report(), received.receivedAt());
    var finding = normalizer.normalize(received, time);
    if (finding instanceof Finding.Observation observation && !received.receivedAt().isAfter(at)) {
      byPlace.put(observation.metric().place(), new Step(position, received, observation, profile));
    }
  }

  @Override
  public void note(Note note) {
    for (Step step : byPlace.values()) {
      if (note instanceof Note.Sent sent && step.epoch == null && sent.after() >= step.position) {
        if (sent.seq() > 0) {
          step.epoch = sent.epoch();
          step.seq = sent.seq();
          step.outcome = "no answer yet";
        }
      } else if (note instanceof Note.Settled settled
          && step.epoch != null
          && step.outcome.equals("no answer yet")) {
        step.outcome = settled.outcome().name().toLowerCase(Locale.ROOT);
      }
    }
  }

  @Override
  public void message(long message) {}

  @Override
  public void damaged(String why) {
    damages.add(why);
  }

  /** What stands behind it, by what it is: {@code record}, {@code reading}, and so on. */
  public Map<String, String> told(Step step) {
    var told = new LinkedHashMap<String, String>();
    var received = step.received;
    var seen = step.observation;
    var metric = seen.metric();
    told.put(
        "record",
        "journal line "
            + step.position
            + ", report "
            + received.sequence()
            + " of the device, arrived "
            + received.receivedAt());
    told.put("reading", ReportText.of(received.report()) + " (the device's own words)");
    var place = step.profile.paper().place(metric.place());
    told.put(
        "profile",
        step.profile
            + ", "
            + place.file()
            + " line "
            + place.line()
            + ": "
            + metric.place()
            + " is \""
            + metric.parameter()
            + "\", a "
            + metric.kind().name().toLowerCase(Locale.ROOT)
            + (metric.code() == 0 ? "" : ", code " + metric.code()));
    told.put("conversion", conversion(received, metric, step.profile));
    told.put("time", time(seen));
    told.put("validity", validity(seen, received));
    told.put(
        "observation",
        metric.place()
            + " = "
            + ValueText.ofProperty(seen.value())
            + (metric.unit().isEmpty() ? "" : " " + metric.unit())
            + ", "
            + seen.validity().word()
            + ", true at "
            + seen.observedAt());
    var epoch = step.epoch;
    told.put(
        "twin",
        plan.facts().thingId()
            + " features/"
            + metric.channel()
            + "/properties/"
            + metric.name()
            + (epoch == null
                ? ", not told until the end of what was looked at"
                : ", first told by the merge of revision "
                    + epoch
                    + "/"
                    + step.seq
                    + " or a later one: "
                    + step.outcome));
    return told;
  }

  private String conversion(Received received, Metric metric, Profile of) {
    if (!(received.report() instanceof Reading reading)
        || !(reading.value() instanceof Numeric number)) {
      return "none: no number";
    }
    var sent = metric.sent();
    var scaled = sent.amount(number.amount());
    var unit = of.ucum(sent.unit(number.unit()));
    var text = new StringBuilder();
    if (!scaled.equals(number.amount())) {
      text.append(number.amount().toPlainString())
          .append(" as sent means ")
          .append(scaled.toPlainString())
          .append("; ");
    }
    if (!unit.equals(number.unit())) {
      text.append('"').append(number.unit()).append("\" is ").append(unit).append(" in UCUM; ");
    }
    var wanted = units.convert(scaled, unit, metric.unit());
    if (unit.equals(metric.unit())) {
      return text.append("none: it comes in ").append(unit).toString();
    }
    var one = units.convert(new BigDecimal("1.000000"), unit, metric.unit());
    text.append(scaled.toPlainString())
        .append(' ')
        .append(unit)
        .append(" is ")
        .append(wanted.map(BigDecimal::toPlainString).orElse("nothing"))
        .append(' ')
        .append(metric.unit())
        .append(", rounded to two digits more than it came with");
    one.ifPresent(
        factor ->
            text.append(" (1 ")
                .append(unit)
                .append(" is ")
                .append(factor.toPlainString())
                .append(')'));
    return text.toString();
  }

  private static String time(Finding.Observation seen) {
    return switch (seen.time().quality()) {
      case GATEWAY -> "its arrival: the device sends no time that counts";
      case UNKNOWN -> "unknown; the arrival stands for it";
      case SYNCHRONISED -> "the device's own, whose clock agrees with ours";
      case ALIGNED ->
          "the device's own, mapped to our clock, within "
              + seen.time().uncertaintyMillis()
              + " ms (by the history that was looked at)";
    };
  }

  private static String validity(Finding.Observation seen, Received received) {
    var why = new ArrayList<String>();
    if (received.report() instanceof Reading reading && !reading.flags().isEmpty()) {
      why.add("the device says " + new java.util.TreeSet<>(reading.flags()));
    }
    var plausible = seen.metric().plausible();
    if (plausible != null && seen.value() instanceof BigDecimal number) {
      why.add(
          number.toPlainString()
              + (plausible.contains(number) ? " lies within " : " lies outside of ")
              + plausible);
    }
    if (seen.time().contradicted()) {
      why.add("the device calls its clock synchronised, ours disagrees");
    }
    return seen.validity().word() + (why.isEmpty() ? "" : ": " + String.join(", ", why));
  }
}
