package io.medtwin.twin.outbox;

import io.medtwin.twin.backend.Answer;
import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.backend.TwinCommand;
import io.medtwin.twin.clock.ClockStatus;
import io.medtwin.twin.ledger.Balance;
import io.medtwin.twin.ledger.Gap;
import io.medtwin.twin.ledger.Ledger;
import io.medtwin.twin.normalizer.Finding.AlertChange;
import io.medtwin.twin.normalizer.Finding.Occurrence;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.snapshot.Fields;
import io.medtwin.twin.snapshot.TwinFields;
import io.medtwin.twin.state.ActiveAlert;
import io.medtwin.twin.state.LinkState;
import io.medtwin.twin.state.Property;
import io.medtwin.twin.state.Twin;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What one device's twin still has to tell the backend, and the account of every report of the
 * device. State is a set of {@link Marks} over the current twin; alerts and events wait in a {@link
 * Lane} of their own. One command is in flight at a time, and it takes effect at most once: a
 * command of which no answer came is settled by asking for the {@code (epoch, seq)} that is stored.
 * Owned by one thread.
 */
public final class Outbox {

  /** At most one merge in this time, unless something is urgent. */
  static final Duration WINDOW = Duration.ofSeconds(1);

  /** Even urgent merges keep this distance: at most five a second. */
  static final Duration URGENT_WINDOW = Duration.ofMillis(200);

  /** Readings of one frame arrive together: wait this long for the rest of them. */
  static final Duration GATHER = Duration.ofMillis(50);

  /** An unchanged value is published again after this time, with its new observation time. */
  static final Duration REFRESH = Duration.ofSeconds(15);

  /** While the device is not offline something is published at least this often. */
  static final Duration LAST_SEEN = Duration.ofSeconds(30);

  /** So long after a merge a reader may still take it that the gateway is alive. */
  static final Duration EXPIRY = LAST_SEEN.multipliedBy(3);

  static final Duration PARKED = Duration.ofSeconds(30);

  /** Where a device stands with the backend. */
  public enum Standing {
    /** Policy and thing are not known to exist, or it is not known what they hold. */
    UNPROVISIONED,
    /** Ours to write. */
    OWNED,
    /** No right or no thing: tried again slowly. */
    PARKED,
    /** A gateway with a higher epoch owns the device: we do not write any more. */
    FENCED;

    /** Whether the backend takes nothing of the device: no right, or another owner. */
    public boolean isShutOut() {
      return switch (this) {
        case PARKED, FENCED -> true;
        case UNPROVISIONED, OWNED -> false;
      };
    }
  }

  /**
   * Maintenance, as it is told.
   *
   * @param reason for people
   * @param until when it ends by itself
   */
  public record Maintained(String reason, Instant until) {}

  private final Facts facts;
  private final Patch attributes;
  private final Ledger ledger;
  private final Pace pace;
  private final @Nullable Property[] published;

  private Standing standing = Standing.UNPROVISIONED;
  private boolean claimed;

  /**
   * Whether something that was told may be forgotten here: what follows needs an epoch of its own.
   */
  private boolean forgetful;

  /**
   * Whether the thing is asked for its alerts and events, since it was told more than is known
   * here: those that wait may be among them.
   */
  private boolean recalling;

  private long foundEpoch;
  private long epoch;
  private long seq;
  private long confirmedSeq;

  private final Marks marks = new Marks();
  private final Lane lane = new Lane();
  private int alertRing;
  private int eventRing;
  private @Nullable Batch inFlight;
  private @Nullable Batch uncertain;
  private @Nullable Confirmed newlyConfirmed;
  private @Nullable Gap gap;
  private @Nullable Maintained maintained;
  private @Nullable ClockStatus clock;

  private @Nullable Instant confirmedAt;
  private long confirmed;
  private String trouble = "";
  private String doubt = "";

  /** An outbox that has to tell everything. */
  public Outbox(Facts facts, Ledger ledger, Profile profile, RandomGenerator random) {
    this.facts = facts;
    this.attributes = Terms.into(facts.attributes(), profile);
    this.ledger = ledger;
    this.pace = new Pace(random);
    this.published = new Property[profile.metrics().size()];
    marks.attributes = true;
    marks.link = true;
  }

  // What changed

  /** A report gave a metric this property. */
  public void observed(Metric metric, Property current, Instant now) {
    int i = metric.index();
    if (isGivenUp(i)) {
      return;
    }
    mark(metric, current, now);
    if (marks.properties.get(i)) {
      marks.report(i, ledger, now);
    } else {
      ledger.coalesced(i, 1);
    }
  }

  /** Time or a lost link gave a metric this property. */
  public void aged(Metric metric, Property current, Instant now) {
    mark(metric, current, now);
  }

  /** A report changed a wave's descriptor, started it or stopped it. */
  public void waveObserved(Metric metric, Instant now) {
    if (!isGivenUp(metric.index())) {
      waveChanged(metric, now);
      marks.report(metric.index(), ledger, now);
    }
  }

  /** A wave stopped because the link was lost. */
  public void waveChanged(Metric metric, Instant now) {
    marks.waves.set(metric.index());
    pace.due(now, WINDOW, GATHER);
  }

  /** A report changed a parameter that has no place in the profile. */
  public void unmappedObserved(String parameter, Instant now) {
    if (!isGivenUp(ledger.line(Ledger.Other.VENDOR))) {
      marks.unmapped.add(parameter);
      marks.parameter(parameter, ledger, now);
      pace.due(now, WINDOW, GATHER);
    }
  }

  /** A report changed what is known of the device itself. */
  public void deviceObserved(Instant now) {
    if (!isGivenUp(ledger.line(Ledger.Other.DEVICE))) {
      marks.attributes = true;
      marks.device(ledger, now);
      pace.due(now, WINDOW, GATHER);
    }
  }

  /** Something about the device's identity is doubtful, or is no longer so: an empty text. */
  public void doubted(String text, Instant now) {
    doubt = text;
    marks.attributes = true;
    pace.due(now, WINDOW, GATHER);
  }

  /** The link is another; what is stale under it is told anew, for why it is may have changed. */
  public void linkChanged(Twin after, Instant now) {
    marks.link = true;
    for (Metric metric : after.profile().metrics()) {
      var property = after.property(metric);
      if (property.isPresent() && property.get().stale()) {
        marks.properties.set(metric.index());
      }
    }
    pace.due(now, URGENT_WINDOW, Duration.ZERO);
  }

  /** The device's clock is known otherwise than before; only another kind of it is told soon. */
  public void clockObserved(ClockStatus status, Instant now) {
    var before = clock;
    clock = status;
    marks.clock = true;
    if (before != null && status.differsInKind(before)) {
      pace.due(now, WINDOW, GATHER);
    }
  }

  /** The device is in maintenance, or no longer is: null. */
  public void maintained(@Nullable Maintained by, Instant now) {
    maintained = by;
    marks.link = true;
    pace.due(now, URGENT_WINDOW, Duration.ZERO);
  }

  /** What is known of the device's clock, or null. */
  public @Nullable ClockStatus clock() {
    return clock;
  }

  /** The device may have said what nobody here knows. */
  public void gap(Gap newest) {
    gap = newest;
    marks.link = true;
  }

  /** Queues a word about an alert; {@code ended} is the alert as it was if this word ends it. */
  public void alert(Twin after, AlertChange change, @Nullable ActiveAlert ended, Instant now) {
    var patch = PatchWriter.alert(after, change, ended, alertRing);
    queue(new LaneEntry(LaneEntry.Kind.ALERT, patch, now), ledger.line(Ledger.Other.ALERTS), now);
    if (ended != null) {
      alertRing = (alertRing + 1) % PatchWriter.RING;
    }
  }

  /** Queues something that happened. */
  public void event(Occurrence occurrence, Instant now) {
    var patch = PatchWriter.event(occurrence, eventRing);
    queue(new LaneEntry(LaneEntry.Kind.EVENT, patch, now), ledger.line(Ledger.Other.EVENTS), now);
    eventRing = (eventRing + 1) % PatchWriter.RING;
  }

  // What is sent, and what became of it

  /** The next command to send now, if one is due; it is in flight until {@link #settle}. */
  public Optional<TwinCommand> next(Twin twin, @Nullable Instant lastSeen, Instant now) {
    if (inFlight != null || standing == Standing.FENCED || !pace.mayTry(now)) {
      return Optional.empty();
    }
    if (standing != Standing.OWNED) {
      return Optional.of(recalling ? recall() : ask());
    }
    boolean alive =
        twin.link().status() != LinkState.Status.OFFLINE && pace.isQuietFor(LAST_SEEN, now);
    return pace.isDue(now) || alive ? Optional.of(merge(twin, lastSeen, now)) : Optional.empty();
  }

  /** Repeats what was sent in an earlier life, as it was noted. */
  public void resend(Twin twin, @Nullable Instant lastSeen, Instant at, long ofEpoch, long ofSeq) {
    if (ofSeq == 0) {
      var unused = recalling ? recall() : ask();
    } else {
      if (recalling) {
        recalled(0, twin, at); // the note of its answer is lost
      }
      epoch = ofEpoch;
      seq = ofSeq - 1;
      var unused = merge(twin, lastSeen, at);
    }
  }

  /** Takes the answer to the command in flight. */
  public void settle(Answer answer, Twin twin, Instant now) {
    var batch = inFlight;
    if (batch == null) {
      return;
    }
    inFlight = null;
    switch (answer) {
      case Answer.Provisioned provisioned -> {
        pace.answered(now);
        trouble = "";
        provisioned(provisioned, twin, now);
      }
      case Answer.Recalled recalled -> recalled(known(recalled.features()), twin, now);
      case Answer.Stored stored -> {
        pace.answered(now);
        trouble = "";
        confirmed(batch, now);
      }
      case Answer.Outdated outdated -> outdated(batch, outdated.storedEpoch(), now);
      case Answer.Refused refused -> {
        trouble = "refused with " + refused.status() + ": " + refused.why();
        if (batch.isQuestion()) {
          recalling = false;
          standing = Standing.PARKED;
          pace.parked(now, PARKED);
          return;
        }
        pace.answered(now);
        batch.marks().settleReports(ledger, ledger::rejected);
        ledger.rejected(ledger.line(Ledger.Other.ALERTS), Lane.alertsIn(batch.lane()));
        ledger.rejected(
            ledger.line(Ledger.Other.EVENTS), batch.lane().size() - Lane.alertsIn(batch.lane()));
      }
      case Answer.NotProvisioned missing -> {
        putBack(batch, now);
        recalling = false;
        standing = Standing.PARKED;
        pace.parked(now, PARKED);
        trouble = "not provisioned (" + missing.status() + "): " + missing.why();
      }
      case Answer.Busy busy -> {
        if (busy.mayBeStored() && !batch.isQuestion()) {
          uncertain = batch;
          standing = Standing.UNPROVISIONED;
        } else {
          putBack(batch, now);
        }
        pace.busy(now, busy.status() == 0);
        trouble = "backend busy (" + busy.status() + "): " + busy.why();
      }
    }
  }

  /**
   * The gateway begins anew: what was in flight has an unknown end, and the thing is asked first.
   */
  public void restarted() {
    if (inFlight != null && !inFlight.isQuestion()) {
      uncertain = inFlight;
    }
    inFlight = null;
    newlyConfirmed = null;
    claimed = false;
    recalling = false;
    standing = Standing.UNPROVISIONED;
    confirmedAt = null; // this life has not been told anything yet
  }

  /**
   * What was told before may be newer than what is known here: the device is taken anew, under a
   * new epoch, so that a reader sees a beginning and not a step back.
   */
  public void damaged() {
    forgetful = true;
  }

  /** The backend is back: what failed for want of a connection is tried at once. */
  public void reconnected(Instant now) {
    pace.reconnected(now);
  }

  // How it stands

  /** Where the device stands with the backend. */
  public Standing standing() {
    return standing;
  }

  /** Ownership counter. */
  public long epoch() {
    return epoch;
  }

  /** Write counter within the epoch. */
  public long seq() {
    return seq;
  }

  /** When the backend last confirmed a merge, or null. */
  public @Nullable Instant confirmedAt() {
    return confirmedAt;
  }

  /** Merges the backend confirmed. */
  public long confirmed() {
    return confirmed;
  }

  /** Alerts and events that wait. */
  public int waitingInLane() {
    return lane.size();
  }

  /** Whether something is not confirmed. */
  public boolean isPending() {
    return inFlight != null || uncertain != null || !marks.isEmpty() || lane.size() > 0;
  }

  /**
   * Arrival of the oldest report of which something waits or is in flight, also where a newer one
   * took its place; null where nothing does, or where an older gateway saved what does.
   */
  public @Nullable Instant oldestPending() {
    var oldest = Batch.earlier(marks.oldest(), lane.oldest());
    for (@Nullable Batch batch : new Batch[] {inFlight, uncertain}) {
      oldest = batch == null ? oldest : Batch.earlier(oldest, batch.oldest());
    }
    return oldest;
  }

  /** Arrival of the oldest report that the merge in flight stands for, or null. */
  public @Nullable Instant oldestInFlight() {
    return inFlight == null ? null : inFlight.oldest();
  }

  /**
   * A merge that is known to be stored.
   *
   * @param oldest arrival of the oldest report that it stands for, or null
   * @param alerts arrivals of the alerts that it told
   */
  public record Confirmed(@Nullable Instant oldest, List<Instant> alerts) {}

  /** The merge that the last answer confirmed, once; empty where it confirmed none. */
  public Optional<Confirmed> takeConfirmed() {
    var newly = newlyConfirmed;
    newlyConfirmed = null;
    return Optional.ofNullable(newly);
  }

  /** What went wrong last, empty while all is well. */
  public String trouble() {
    return trouble;
  }

  /** The balance of a line of the ledger. */
  public Balance balance(int line) {
    long pending = pending(marks, line);
    for (@Nullable Batch batch : new Batch[] {inFlight, uncertain}) {
      if (batch != null) {
        pending += pending(batch.marks(), line);
        int alerts = Lane.alertsIn(batch.lane());
        pending += line == ledger.line(Ledger.Other.ALERTS) ? alerts : 0;
        pending += line == ledger.line(Ledger.Other.EVENTS) ? batch.lane().size() - alerts : 0;
      }
    }
    pending += line == ledger.line(Ledger.Other.ALERTS) ? lane.alerts() : 0;
    pending += line == ledger.line(Ledger.Other.EVENTS) ? lane.events() : 0;
    return ledger.balance(line, pending);
  }

  private long pending(Marks of, int line) {
    if (line == ledger.line(Ledger.Other.VENDOR)) {
      return of.parameters.size();
    }
    if (line == ledger.line(Ledger.Other.DEVICE)) {
      return of.device ? 1 : 0;
    }
    return of.reports.get(line) ? 1 : 0;
  }

  /** What it is made of, to be saved. */
  public Patch save(Profile profile) {
    var keeping = new Keeping(profile);
    boolean asking = inFlight != null && inFlight.isQuestion();
    return new Fields()
        .put("epoch", epoch)
        .put("seq", seq)
        .put("confirmedSeq", confirmedSeq)
        .put("claimed", claimed)
        .put("forgetful", forgetful)
        .put("recalling", recalling)
        .put("foundEpoch", foundEpoch)
        .put("fenced", standing == Standing.FENCED)
        .put("asking", asking)
        .put("confirmedAt", confirmedAt)
        .put("alertRing", (long) alertRing)
        .put("eventRing", (long) eventRing)
        .put("published", keeping.properties(published))
        .put("marks", keeping.marks(marks))
        .put("lane", lane.entries(), keeping::lane)
        .put("inFlight", asking ? null : keeping.batch(inFlight))
        .put("uncertain", keeping.batch(uncertain))
        .put("gap", gap == null ? null : gap.save())
        .put("clock", TwinFields.write(clock))
        .put("maintained", saved(maintained))
        .patch();
  }

  private static Patch saved(@Nullable Maintained by) {
    return by == null
        ? Patch.EMPTY
        : new Fields().put("reason", by.reason()).put("until", by.until()).patch();
  }

  private static @Nullable Maintained maintained(Fields saved) {
    var until = saved.time("until");
    return until == null ? null : new Maintained(saved.text("reason"), until);
  }

  /** Takes up what was saved; before anything else is done with it. */
  public void restore(Patch saved, Profile profile) {
    var keeping = new Keeping(profile);
    var fields = Fields.of(saved);
    epoch = fields.number("epoch");
    seq = fields.number("seq");
    confirmedSeq = fields.number("confirmedSeq");
    claimed = fields.is("claimed");
    forgetful = fields.is("forgetful");
    recalling = fields.is("recalling");
    foundEpoch = fields.number("foundEpoch");
    standing = fields.is("fenced") ? Standing.FENCED : Standing.UNPROVISIONED;
    confirmedAt = fields.time("confirmedAt");
    alertRing = (int) fields.number("alertRing");
    eventRing = (int) fields.number("eventRing");
    keeping.readProperties(fields.object("published"), published);
    marks.putBack(keeping.readMarks(fields.object("marks")), ledger);
    lane.putBack(fields.list("lane").stream().map(Keeping::readLane).toList());
    inFlight = fields.is("asking") ? Batch.QUESTION : keeping.readBatch(fields.object("inFlight"));
    uncertain = keeping.readBatch(fields.object("uncertain"));
    clock = TwinFields.clock(fields.object("clock"));
    gap = fields.has("gap") ? Gap.restored(fields.object("gap")) : null;
    maintained = maintained(fields.fields("maintained"));
  }

  /**
   * The profile is another than that of the saved state: what is told under a place that is no more
   * is taken away, and what was told under one that means something else now is forgotten.
   *
   * @param gone places of the thing that are no more, {@code feature/property}
   * @param changed metrics whose values mean something else
   * @param placed parameters that had no place before
   */
  public void reshaped(
      Collection<String> gone, Collection<Metric> changed, Collection<String> placed, Instant now) {
    if (gone.isEmpty() && changed.isEmpty() && placed.isEmpty()) {
      return;
    }
    marks.gone.addAll(gone);
    for (String parameter : placed) {
      marks.forget(parameter, ledger);
      marks.gone.add(PatchWriter.VENDOR + "/" + PatchWriter.key(parameter));
    }
    for (Metric metric : changed) {
      int i = metric.index();
      published[i] = null;
      marks.forget(i, ledger);
      marks.gone.add(PatchWriter.feature(metric) + "/" + metric.name());
      for (@Nullable Batch batch : new Batch[] {inFlight, uncertain}) {
        if (batch != null && !batch.isQuestion()) {
          batch.told()[i] = null;
          batch.marks().properties.clear(i);
          batch.marks().waves.clear(i);
        }
      }
    }
    marks.attributes = true;
    pace.due(now, URGENT_WINDOW, Duration.ZERO);
  }

  private TwinCommand ask() {
    inFlight = Batch.QUESTION;
    return new TwinCommand.Provision(
        facts.thingId(), facts.policyId(), attributes, facts.definition());
  }

  private TwinCommand recall() {
    inFlight = Batch.QUESTION;
    return new TwinCommand.Recall(facts.thingId());
  }

  private TwinCommand.Merge merge(Twin twin, @Nullable Instant lastSeen, Instant now) {
    seq++;
    var told = new Property[published.length];
    var entries = lane.take();
    var taken = marks.take();
    var features = new LinkedHashMap<String, Map<String, Object>>();
    putLink(features, twin, lastSeen, now);
    if (maintained != null) {
      PatchWriter.put(features, "link", "maintenance", PatchWriter.maintenance(maintained));
    } else if (taken.link) {
      PatchWriter.put(features, "link", "maintenance", Patch.REMOVE);
    }
    for (Metric metric : twin.profile().metrics()) {
      int i = metric.index();
      var property = taken.properties.get(i) ? twin.property(metric).orElse(null) : null;
      if (property != null) {
        told[i] = property;
        var patch = PatchWriter.property(property, published[i], twin.link().status());
        PatchWriter.put(features, metric.channel(), metric.name(), patch);
      } else if (taken.reports.get(i) && !taken.waves.get(i)) {
        taken.forget(i, ledger); // a report under a meaning that is no more
      }
      if (taken.waves.get(i)) {
        var descriptor = PatchWriter.wave(metric, twin.wave(metric).orElse(null));
        PatchWriter.put(features, PatchWriter.feature(metric), metric.name(), descriptor);
      }
    }
    for (String name : taken.unmapped) {
      var parameter = twin.unmapped().get(name);
      if (parameter != null) {
        PatchWriter.put(
            features, PatchWriter.VENDOR, PatchWriter.key(name), PatchWriter.unmapped(parameter));
      }
    }
    PatchWriter.remove(features, taken.gone);
    if (taken.clock && clock != null) {
      features.put("clock", PatchWriter.clock(clock));
    }
    var all = new LinkedHashMap<>(PatchWriter.features(features).members());
    PatchWriter.removeFeatures(all, taken.gone, twin.profile());
    Lane.addTo(all, entries);
    var root = new LinkedHashMap<String, Object>();
    if (taken.attributes) {
      var terms = Terms.without(attributes, taken.gone);
      root.put("attributes", Identities.into(terms, twin.identity(), doubt));
    }
    root.put("features", new Patch(all));
    pace.sent(now, lane.size() == 0 ? null : now.plus(URGENT_WINDOW));
    inFlight = new Batch(seq, taken, told, entries);
    return new TwinCommand.Merge(facts.thingId(), epoch, seq, new Patch(root));
  }

  private void putLink(
      Map<String, Map<String, Object>> features,
      Twin twin,
      @Nullable Instant lastSeen,
      Instant now) {
    LinkState link = twin.link();
    boolean offline = link.status() == LinkState.Status.OFFLINE;
    PatchWriter.put(features, "link", "status", link.status().word());
    PatchWriter.put(features, "link", "since", PatchWriter.time(link.since()));
    PatchWriter.put(features, "link", "why", link.why().isEmpty() ? Patch.REMOVE : link.why());
    PatchWriter.put(features, "link", "gateway", facts.gateway());
    PatchWriter.put(features, "link", "driver", facts.driver());
    PatchWriter.put(features, "link", "epoch", epoch);
    PatchWriter.put(features, "link", "seq", seq);
    PatchWriter.put(
        features, "link", "expiresAt", offline ? Patch.REMOVE : PatchWriter.time(now.plus(EXPIRY)));
    if (lastSeen != null) {
      PatchWriter.put(features, "link", "lastSeen", PatchWriter.time(lastSeen));
    }
    if (gap != null) {
      PatchWriter.put(features, "link", "gap", PatchWriter.gap(gap));
    }
  }

  /**
   * The thing is there and says who wrote last. Our own epoch goes on where the journal knows it;
   * it grows by one where the device is taken over, or where more is stored than we know of.
   */
  private void provisioned(Answer.Provisioned answer, Twin twin, Instant now) {
    boolean ours = answer.storedEpoch() == epoch && epoch > 0;
    boolean newer = answer.storedEpoch() > epoch;
    if (newer && claimed) {
      fence(answer.storedEpoch());
      return;
    }
    var open = uncertain;
    uncertain = null;
    if (open != null && ours && answer.storedSeq() >= open.seq()) {
      confirmed(open, now);
    } else if (open != null) {
      putBack(open, now);
    }
    boolean asWeLeftIt = ours && answer.storedSeq() <= seq && answer.storedSeq() >= confirmedSeq;
    if (asWeLeftIt && !forgetful) {
      own(now);
      return;
    }
    foundEpoch = answer.storedEpoch();
    if (lane.size() > 0 && foundEpoch > 0) {
      recalling = true;
      pace.due(now, Duration.ZERO, Duration.ZERO);
    } else {
      beginEpoch(twin, now);
    }
  }

  /** How many alerts and events in front of those that wait stand in these features. */
  public int known(Patch features) {
    return lane.knownTo(features);
  }

  /**
   * The thing was asked for its alerts and events: so many of those that wait it was told, by an
   * earlier life that could not write it down.
   */
  public void recalled(int known, Twin twin, Instant now) {
    inFlight = null;
    pace.answered(now);
    trouble = "";
    var told = lane.take(known);
    int alerts = Lane.alertsIn(told);
    ledger.delivered(ledger.line(Ledger.Other.ALERTS), alerts);
    ledger.delivered(ledger.line(Ledger.Other.EVENTS), told.size() - alerts);
    beginEpoch(twin, now);
  }

  /** What follows is told under a new epoch, so that a reader sees a beginning. */
  private void beginEpoch(Twin twin, Instant now) {
    recalling = false;
    forgetful = false;
    epoch = Math.max(epoch, foundEpoch) + 1;
    seq = 0;
    confirmedSeq = 0;
    tellAllAgain(twin);
    own(now);
  }

  private void own(Instant now) {
    standing = Standing.OWNED;
    claimed = true;
    marks.attributes = true;
    marks.link = true;
    pace.due(now, Duration.ZERO, Duration.ZERO);
  }

  private void tellAllAgain(Twin twin) {
    for (Metric metric : twin.profile().metrics()) {
      published[metric.index()] = null;
      if (twin.property(metric).isPresent()) {
        marks.properties.set(metric.index());
      }
      if (twin.wave(metric).isPresent()) {
        marks.waves.set(metric.index());
      }
    }
    marks.unmapped.addAll(twin.unmapped().keySet());
    marks.clock = clock != null;
  }

  /**
   * What is stored is not older. A higher epoch: somebody else owns the device. Else somebody wrote
   * in our name, or it could not be read: ask, and tell it under another number.
   */
  private void outdated(Batch batch, long storedEpoch, Instant now) {
    if (storedEpoch > epoch) {
      pace.answered(now);
      putBack(batch, now);
      fence(storedEpoch);
    } else {
      putBack(batch, now);
      standing = Standing.UNPROVISIONED;
      pace.busy(now, false);
      trouble = "what is stored is as new as ours (epoch " + storedEpoch + ", ours " + epoch + ")";
    }
  }

  private void fence(long storedEpoch) {
    standing = Standing.FENCED;
    trouble = "another gateway owns this device (epoch " + storedEpoch + ", ours " + epoch + ")";
    var open = uncertain;
    if (open != null) {
      uncertain = null;
      marks.putBack(open.marks(), ledger);
      lane.putBack(open.lane());
    }
    marks.settleReports(ledger, ledger::expired);
    ledger.expired(ledger.line(Ledger.Other.ALERTS), lane.alerts());
    ledger.expired(ledger.line(Ledger.Other.EVENTS), lane.events());
    lane.clear();
  }

  /** Whether nothing is told any more, since another gateway owns the device. */
  private boolean isGivenUp(int line) {
    if (standing == Standing.FENCED) {
      ledger.expired(line, 1);
      return true;
    }
    return false;
  }

  private void confirmed(Batch batch, Instant now) {
    newlyConfirmed = new Confirmed(batch.oldest(), batch.alerts()); // before its marks are settled
    for (int i = 0; i < batch.told().length; i++) {
      if (batch.told()[i] != null) {
        published[i] = batch.told()[i];
      }
    }
    batch.marks().settleReports(ledger, ledger::delivered);
    int alerts = Lane.alertsIn(batch.lane());
    ledger.delivered(ledger.line(Ledger.Other.ALERTS), alerts);
    ledger.delivered(ledger.line(Ledger.Other.EVENTS), batch.lane().size() - alerts);
    confirmedSeq = Math.max(confirmedSeq, batch.seq());
    confirmed++;
    confirmedAt = now;
  }

  private void putBack(Batch batch, Instant now) {
    marks.putBack(batch.marks(), ledger);
    lane.putBack(batch.lane());
    if (!batch.isQuestion()) {
      pace.dueNow(now);
    }
  }

  private void mark(Metric metric, Property current, Instant now) {
    int i = metric.index();
    var told = published[i];
    boolean urgent = told != null && current.differsInKind(told);
    if (told != null && !urgent && !isWorthTelling(metric, told, current)) {
      return;
    }
    marks.properties.set(i);
    pace.due(now, urgent ? URGENT_WINDOW : WINDOW, urgent ? Duration.ZERO : GATHER);
  }

  private static boolean isWorthTelling(Metric metric, Property told, Property current) {
    var since = told.observedAt();
    boolean clockWasSetBack = current.observedAt().isBefore(since);
    if (clockWasSetBack || !current.observedAt().isBefore(since.plus(REFRESH))) {
      return true;
    }
    var distance = current.distance(told);
    var deadband = metric.deadband();
    return deadband == null
        ? distance.compareTo(BigDecimal.ZERO) > 0
        : distance.compareTo(BigDecimal.ZERO) > 0 && distance.compareTo(deadband) >= 0;
  }

  private void queue(LaneEntry entry, int line, Instant now) {
    if (isGivenUp(line)) {
      return;
    }
    if (!lane.offer(entry)) {
      ledger.expired(line, 1);
      trouble =
          "more than " + Lane.LIMIT + " alerts and events wait; newer ones are dropped and counted";
      return;
    }
    pace.due(now, URGENT_WINDOW, Duration.ZERO);
  }
}
