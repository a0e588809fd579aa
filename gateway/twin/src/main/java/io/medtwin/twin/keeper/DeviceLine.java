package io.medtwin.twin.keeper;

import io.medtwin.journal.Entry;
import io.medtwin.journal.Note;
import io.medtwin.journal.Received;
import io.medtwin.spi.Alert;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Samples;
import io.medtwin.twin.backend.Answer;
import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.backend.TwinCommand;
import io.medtwin.twin.clock.DeviceClock;
import io.medtwin.twin.identity.Contradiction;
import io.medtwin.twin.identity.Sighting;
import io.medtwin.twin.keeper.DeviceView.Counts;
import io.medtwin.twin.keeper.DeviceView.Shown;
import io.medtwin.twin.ledger.Account;
import io.medtwin.twin.ledger.Balance;
import io.medtwin.twin.ledger.Gap;
import io.medtwin.twin.ledger.Ledger;
import io.medtwin.twin.normalizer.Finding;
import io.medtwin.twin.normalizer.Finding.AlertChange;
import io.medtwin.twin.normalizer.Finding.Wave;
import io.medtwin.twin.normalizer.Normalizer;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.outbox.Identities;
import io.medtwin.twin.outbox.Outbox;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.snapshot.Fields;
import io.medtwin.twin.snapshot.PatchText;
import io.medtwin.twin.snapshot.TwinFields;
import io.medtwin.twin.state.ActiveAlert;
import io.medtwin.twin.state.LinkState;
import io.medtwin.twin.state.LinkState.Status;
import io.medtwin.twin.state.Twin;
import io.medtwin.twin.state.ValueText;
import io.medtwin.twin.tap.Taps;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One device inside the keeper: its twin now, and what the backend does not know yet. A fold over
 * the journal's entries and notes of the device: the same inputs give the same line. Owned by the
 * keeper's thread.
 */
final class DeviceLine {

  private static final Logger LOG = LoggerFactory.getLogger(DeviceLine.class);
  private static final int REJECTIONS_LOGGED = 64;

  /** Most gaps kept; older ones are counted. */
  private static final int MAX_GAPS = 20;

  private final Units units;
  private final RandomGenerator random;
  private final Set<String> rejectionsLogged = new HashSet<>();
  private final Deque<Gap> gaps = new ArrayDeque<>();
  private final Words words = new Words();
  private final Unplaced unplaced = new Unplaced();
  private final PastAlerts pastAlerts = new PastAlerts();
  private final Kinship kinship;
  private final DeviceClock clock;
  private final Taps taps;
  final Waves waves = new Waves();
  private Map<Identity.Attribute, String> configured;
  final LongAdder discardedBytes = new LongAdder();

  private DevicePlan plan;
  private Normalizer normalizer;
  private Ledger ledger;
  private Outbox outbox;
  private Twin twin;
  private String lostWhy = "";

  /** Why the gap that may follow is planned; empty where it is not. */
  private String lostPlanned = "";

  private @Nullable Maintenance maintenance;
  private @Nullable Instant mutedAt;
  private @Nullable Instant lastHeard;
  private long sequence;
  private volatile long firstSequence;
  private long gapsBefore;
  private long received;
  private long late;
  private long implausible;
  private String troubleLogged = "";
  private String doubt = "";

  /** First entry and note that no saved state has; 0 where there is none. */
  private long unsavedEntry;

  private long unsavedNote;

  DeviceLine(
      DevicePlan plan,
      Units units,
      RandomGenerator random,
      Instant now,
      Kinship kinship,
      Taps taps) {
    this.plan = plan;
    this.taps = taps;
    this.units = units;
    this.random = random;
    this.kinship = kinship;
    this.configured = Identities.configured(plan.facts().attributes());
    this.normalizer = new Normalizer(plan.profile(), units);
    this.clock = new DeviceClock(plan.zone());
    this.ledger = new Ledger(plan.profile());
    this.outbox = new Outbox(plan.facts(), ledger, plan.profile(), random);
    this.twin = Twin.unheard(plan.profile(), now);
    waves.begin(plan.profile());
  }

  /** What is in force: the profile of the plan, or its variant for the firmware it said it has. */
  private Profile profile() {
    return twin.profile();
  }

  String device() {
    return plan.facts().device();
  }

  /** Takes in an entry of the journal. */
  void take(long position, Entry entry) {
    if (unsavedEntry == 0) {
      unsavedEntry = position;
    }
    switch (entry) {
      case Entry.Heard heard -> {
        for (Received report : heard.reports()) {
          hear(report);
        }
      }
      case Entry.LinkUp up -> linkUp(up.at());
      case Entry.LinkDown down -> {
        offline(down.why(), down.at());
      }
      case Entry.Muted muted ->
          muted(new Maintenance(muted.reason(), muted.until(), muted.by()), muted.at());
      case Entry.Unmuted unmuted -> unmuted(unmuted.at());
    }
  }

  /** Takes in a note that an earlier life of the keeper made of this device. */
  void repeat(Note note) {
    noted(note.id());
    switch (note) {
      case Note.Aged aged -> {
        var unused = age(aged.at());
      }
      case Note.Restarted restarted -> restart(restarted.at());
      case Note.Sent sent -> outbox.resend(twin, lastHeard, sent.at(), sent.epoch(), sent.seq());
      case Note.Settled settled -> {
        if (settled.outcome() == Note.Outcome.RECALLED) {
          outbox.recalled((int) settled.seq(), twin, settled.at());
        } else {
          outbox.settle(answer(settled), twin, settled.at());
        }
      }
    }
  }

  /** Remembers that a note of this device was made. */
  void noted(long id) {
    if (unsavedNote == 0) {
      unsavedNote = id;
    }
  }

  private static Answer answer(Note.Settled settled) {
    return switch (settled.outcome()) {
      case STORED -> new Answer.Stored();
      case CREATED -> new Answer.Provisioned(true, settled.epoch(), settled.seq());
      case FOUND -> new Answer.Provisioned(false, settled.epoch(), settled.seq());
      case RECALLED -> new Answer.Recalled(Patch.EMPTY);
      case OUTDATED -> new Answer.Outdated(settled.epoch());
      case REFUSED -> new Answer.Refused(400, "refused before the restart");
      case NOT_PROVISIONED -> new Answer.NotProvisioned(404, "parked before the restart");
      case BUSY -> new Answer.Busy(429, "busy before the restart");
      case UNKNOWN -> new Answer.Busy(0, "no answer before the restart");
    };
  }

  /** Maintenance begins, or goes on otherwise. */
  private void muted(Maintenance next, Instant now) {
    mutedAt = maintenance == null || mutedAt == null ? now : mutedAt;
    maintenance = next;
    outbox.maintained(new Outbox.Maintained(next.reason(), next.until()), now);
  }

  private void unmuted(Instant now) {
    if (maintenance != null) {
      maintenance = null;
      mutedAt = null;
      outbox.maintained(null, now);
    }
  }

  /**
   * Why a time of which nothing is known was planned, or empty: it begins in maintenance, by its
   * last word or by the moment in which the link was lost.
   */
  private String planned(@Nullable Instant lastWord, Instant lost) {
    var now = maintenance;
    if (now == null) {
      return "";
    }
    boolean beganByWord =
        lastWord != null
            && mutedAt != null
            && !lastWord.isBefore(mutedAt)
            && lastWord.isBefore(now.until());
    return beganByWord || lost.isBefore(now.until()) ? "planned: " + now.reason() : "";
  }

  private void hear(Received report) {
    received++;
    sequence = Math.max(sequence, report.sequence());
    var now = report.receivedAt();
    var finding = normalizer.normalize(report, clock.observe(report.report(), now));
    if (clock.isNewsAfter(outbox.clock(), now)) {
      outbox.clockObserved(clock.status(now), now);
    }
    if (taps.isAny()) {
      showToOnlookers(report, finding);
    }
    int line = lineOf(finding);
    ledger.received(line);
    if (isRepeated(finding, report)) {
      ledger.coalesced(line, 1);
      online(now);
      return;
    }
    switch (finding) {
      case Finding.Observation observation -> {
        implausible += observation.flags().isImplausible() ? 1 : 0;
        var next = twin.with(observation, now);
        if (next == twin) {
          late++;
          ledger.coalesced(line, 1);
        } else {
          twin = next;
          var metric = observation.metric();
          outbox.observed(metric, twin.property(metric).orElseThrow(), now);
        }
        online(now);
      }
      case Wave wave -> {
        if (report.report() instanceof Reading reading
            && reading.value() instanceof Samples samples) {
          waves.heard(wave.metric(), samples, wave.observedAt());
        }
        var old = twin.wave(wave.metric());
        twin = twin.with(wave);
        if (old.isEmpty() || !isSameSignal(old.get(), wave)) {
          outbox.waveObserved(wave.metric(), now);
        } else {
          ledger.coalesced(line, 1);
        }
        online(now);
      }
      case Finding.WaveStopped stopped -> {
        var next = twin.with(stopped);
        if (next == twin) {
          ledger.coalesced(line, 1);
        } else {
          twin = next;
          outbox.waveObserved(stopped.metric(), now);
        }
        online(now);
      }
      case Finding.Unmapped parameter -> {
        unplaced.heard(parameter.parameter());
        var next = twin.with(parameter);
        if (next == twin) {
          ledger.coalesced(line, 1);
        } else {
          twin = next;
          outbox.unmappedObserved(parameter.parameter(), now);
        }
        online(now);
      }
      case Finding.Withheld _ -> {
        ledger.rejected(line, 1);
        online(now);
      }
      case Finding.Undated undated -> {
        ledger.rejected(line, 1);
        logUndated(undated);
        online(now);
      }
      case Finding.Rejected why -> {
        ledger.rejected(line, 1);
        logRejected(why);
      }
      case AlertChange change -> {
        if (change.event() == DeviceClock.TIME_CHANGED) {
          clock.timeChanged();
        }
        online(now);
        alert(change, line, now);
      }
      case Finding.Occurrence occurrence -> {
        if (occurrence.term() == DeviceClock.TIME_CHANGED) {
          clock.timeChanged();
        }
        online(now);
        outbox.event(occurrence, now);
      }
      case Finding.Identified identified -> {
        var next = twin.with(identified.identity());
        if (next == twin) {
          ledger.coalesced(line, 1);
        } else {
          twin = next;
          outbox.deviceObserved(now);
          identified(now);
          if (plan.profile().forFirmware(firmware(next.identity())) != profile()) {
            beginAgain(contents(), now);
          }
        }
      }
      case Finding.Seen seen -> {
        ledger.coalesced(line, 1); // told by the link, which is no report
        if (!seen.presence().present()) {
          var why = seen.presence().why();
          offline(why.isEmpty() ? "the hub lost the device" : why, now);
        }
      }
    }
  }

  private void showToOnlookers(Received report, Finding finding) {
    var onlookers = taps.of(device());
    if (!onlookers.isEmpty()) {
      Onlookers.tell(onlookers, report, finding);
    }
  }

  /** Compares what is known of the device's identity with the other devices. */
  void identified(Instant now) {
    kinship.known(this, sightings(), now);
  }

  /** What the file and the device itself say of its identity. */
  List<Sighting> sightings() {
    var model = plan.profile().model();
    return List.of(
        Sighting.of("gateway file", model.manufacturer(), model.name(), configured),
        Sighting.of("the device", model.manufacturer(), model.name(), twin.identity()));
  }

  /**
   * Says what is doubtful about the device's identity.
   *
   * @param shared what other devices have in common with it
   * @return whether something is doubtful that was not before
   */
  boolean doubt(List<String> shared, Instant now) {
    var all = new ArrayList<>(Contradiction.between(configured, twin.identity()));
    all.addAll(shared);
    var text = String.join("; ", all);
    if (text.equals(doubt)) {
      return false;
    }
    doubt = text;
    outbox.doubted(text, now);
    return !text.isEmpty();
  }

  /** What is doubtful about the device's identity, empty where nothing is. */
  String doubt() {
    return doubt;
  }

  private boolean isRepeated(Finding finding, Received report) {
    return switch (finding) {
      case AlertChange _, Finding.Occurrence _ -> words.repeats(report.report());
      case Finding.Observation _,
          Wave _,
          Finding.WaveStopped _,
          Finding.Unmapped _,
          Finding.Withheld _,
          Finding.Undated _,
          Finding.Rejected _,
          Finding.Identified _,
          Finding.Seen _ ->
          false;
    };
  }

  private int lineOf(Finding finding) {
    return switch (finding) {
      case Finding.Observation observation -> ledger.line(observation.metric());
      case Wave wave -> ledger.line(wave.metric());
      case Finding.WaveStopped stopped -> ledger.line(stopped.metric());
      case Finding.Rejected why -> ledger.line(why.metric());
      case Finding.Undated(_, var metric) ->
          metric == null ? ledger.line(Ledger.Other.VENDOR) : ledger.line(metric);
      case Finding.Unmapped _ -> ledger.line(Ledger.Other.VENDOR);
      case Finding.Withheld _ -> ledger.line(Ledger.Other.WITHHELD);
      case AlertChange _ -> ledger.line(Ledger.Other.ALERTS);
      case Finding.Occurrence _ -> ledger.line(Ledger.Other.EVENTS);
      case Finding.Identified _, Finding.Seen _ -> ledger.line(Ledger.Other.DEVICE);
    };
  }

  private void linkUp(Instant now) {
    if (twin.link().status() == Status.OFFLINE) {
      link(new LinkState(Status.OFFLINE, twin.link().since(), "link open, nothing heard yet"), now);
    }
  }

  /**
   * Lets time pass: values that were not refreshed turn stale, a silent device degrades.
   *
   * @return whether that changed anything
   */
  boolean age(Instant now) {
    var before = twin;
    twin = twin.agedTo(now);
    for (Metric metric : twin.changedSince(before)) {
      outbox.aged(metric, twin.property(metric).orElseThrow(), now);
    }
    if (twin.link().status() == Status.ONLINE && twin.isSilent()) {
      link(new LinkState(Status.DEGRADED, now, "link open, but the device is silent"), now);
    }
    boolean isOver = maintenance != null && !now.isBefore(maintenance.until());
    if (isOver) {
      unmuted(now);
    }
    return twin != before || isOver;
  }

  /** A new life of the gateway begins: no link is open, and the backend is asked first. */
  void restart(Instant now) {
    firstSequence = sequence;
    outbox.restarted();
    pastAlerts.begin(twin.alerts().values());
    if (lastHeard != null) {
      offline("the gateway was started again", now);
    }
  }

  /** What happened between the last word and now may be missing in part. */
  void damaged(String why, Instant now) {
    gap(new Gap(lastHeard == null ? now : lastHeard, now, why));
    outbox.damaged();
  }

  Optional<TwinCommand> next(Instant now) {
    return outbox.next(twin, lastHeard, now);
  }

  /** How many alerts and events that wait the thing is said to have already. */
  int known(Answer answer) {
    return answer instanceof Answer.Recalled recalled ? outbox.known(recalled.features()) : 0;
  }

  void settle(Answer answer, Instant now) {
    outbox.settle(answer, twin, now);
    var trouble = outbox.trouble();
    boolean busy = answer instanceof Answer.Busy;
    if (!trouble.isEmpty() && !busy && !trouble.equals(troubleLogged)) {
      troubleLogged = trouble;
      LOG.warn("{}: {}; {}", device(), trouble, whatHappensNext());
    }
  }

  void reconnected(Instant now) {
    outbox.reconnected(now);
  }

  boolean hasUrgent() {
    return outbox.waitingInLane() > 0;
  }

  boolean isPending() {
    return outbox.isPending();
  }

  /** Last sequence number before this life began. */
  long firstSequence() {
    return firstSequence;
  }

  long unsavedEntry() {
    return unsavedEntry;
  }

  long unsavedNote() {
    return unsavedNote;
  }

  boolean isUnsaved() {
    return unsavedEntry != 0 || unsavedNote != 0;
  }

  /** Everything it is made of, as text; it counts as saved from now on. */
  String save() {
    unsavedEntry = 0;
    unsavedNote = 0;
    return PatchText.write(contents());
  }

  /** Goes on under another plan of the same thing. */
  void replan(DevicePlan next, Instant now) {
    var contents = contents();
    plan = next;
    configured = Identities.configured(next.facts().attributes());
    beginAgain(contents, now);
  }

  private void beginAgain(Patch contents, Instant now) {
    try {
      begin(contents, now);
    } catch (IOException e) {
      throw new IllegalStateException("its own contents cannot be read", e);
    }
  }

  private Patch contents() {
    var counts = new Fields();
    for (int line = 0; line < ledger.lines(); line++) {
      var items = Arrays.stream(ledger.counts(line)).boxed().toList();
      counts.put(ledger.name(line), new Fields().put("", items, item -> item).object(""));
    }
    return new Fields()
        .put("profile", profile().toString())
        .put("meanings", meanings())
        .put("sequence", sequence)
        .put("lastHeard", lastHeard)
        .put("lostWhy", lostWhy)
        .put("lostPlanned", lostPlanned)
        .put("maintenance", savedMaintenance())
        .put("received", received)
        .put("late", late)
        .put("implausible", implausible)
        .put("twin", TwinFields.write(twin))
        .put("unplaced", unplaced.save())
        .put("outbox", outbox.save(profile()))
        .put("ledger", counts.patch())
        .put("gaps", gaps, Gap::save)
        .put("gapsBefore", gapsBefore)
        .put("words", words.all(), TwinFields::text)
        .put("clock", Arrays.stream(clock.save()).boxed().toList(), number -> number)
        .patch();
  }

  private Patch savedMaintenance() {
    return maintenance == null
        ? Patch.EMPTY
        : new Fields()
            .put("since", mutedAt)
            .put("until", maintenance.until())
            .put("reason", maintenance.reason())
            .put("by", maintenance.by())
            .patch();
  }

  private void restoreMaintenance(Fields saved) {
    mutedAt = saved.time("since");
    var until = saved.time("until");
    maintenance =
        until == null ? null : new Maintenance(saved.text("reason"), until, saved.text("by"));
  }

  private Patch meanings() {
    return new Patch(new LinkedHashMap<>(profile().meanings()));
  }

  /**
   * Takes up what was saved, before anything else.
   *
   * @throws IOException it makes no sense
   */
  void restore(String text, Instant now) throws IOException {
    begin(PatchText.read(text), now);
    identified(twin.link().since());
  }

  /**
   * Begins with these contents, under the profile that is in force for their firmware. Where that
   * is another than the one they were made under, values that mean something else now are gone.
   */
  private void begin(Patch contents, Instant now) throws IOException {
    var saved = Fields.of(contents);
    var ofTwin = saved.object("twin");
    var profile = plan.profile().forFirmware(firmware(TwinFields.identity(ofTwin)));
    normalizer = new Normalizer(profile, units);
    ledger = new Ledger(profile);
    outbox = new Outbox(plan.facts(), ledger, profile, random);
    var shape = Reshaping.of(saved.object("meanings"), profile);
    twin = TwinFields.read(ofTwin, profile, shape.changed());
    waves.begin(profile);
    unplaced.restore(saved.fields("unplaced"), twin.unmapped().keySet());
    sequence = saved.number("sequence");
    lastHeard = saved.time("lastHeard");
    lostWhy = saved.text("lostWhy");
    lostPlanned = saved.text("lostPlanned");
    restoreMaintenance(saved.fields("maintenance"));
    received = saved.number("received");
    late = saved.number("late");
    implausible = saved.number("implausible");
    restoreLedger(saved.object("ledger"));
    outbox.restore(saved.object("outbox"), profile);
    if (!doubt.isEmpty()) {
      outbox.doubted(doubt, now);
    }
    outbox.reshaped(shape.gone(), shape.changed(), TwinFields.placed(ofTwin, profile), now);
    gaps.clear();
    saved.list("gaps").forEach(gap -> gaps.add(Gap.restored(gap)));
    gapsBefore = saved.number("gapsBefore");
    words.clear();
    for (String word : saved.texts("words")) {
      words.remember(TwinFields.report(word));
    }
    var numbers = saved.object("clock").members().values();
    if (!numbers.isEmpty()) {
      clock.restore(numbers.stream().mapToLong(number -> (Long) number).toArray());
    }
  }

  private void restoreLedger(Patch saved) {
    var counts = new LinkedHashMap<String, long[]>();
    saved
        .members()
        .forEach(
            (name, items) ->
                counts.put(
                    name,
                    ((Patch) items)
                        .members().values().stream().mapToLong(item -> (Long) item).toArray()));
    for (int line = 0; line < ledger.lines(); line++) {
      var known = counts.remove(ledger.name(line));
      if (known != null) {
        ledger.restore(line, known);
      }
    }
    counts.values().forEach(ledger::former);
  }

  private static String firmware(Map<Identity.Attribute, String> identity) {
    return identity.getOrDefault(Identity.Attribute.FIRMWARE, "");
  }

  Account account() {
    var balances = new LinkedHashMap<String, Balance>();
    for (int line = 0; line < ledger.lines(); line++) {
      var balance = outbox.balance(line);
      if (!balance.equals(Balance.NONE)) {
        balances.put(ledger.name(line), balance);
      }
    }
    return new Account(
        device(),
        plan.facts().thingId(),
        outbox.epoch(),
        outbox.seq(),
        balances,
        List.copyOf(gaps),
        gapsBefore);
  }

  Balance total() {
    var total = Balance.NONE;
    for (int line = 0; line < ledger.lines(); line++) {
      total = total.plus(outbox.balance(line));
    }
    return total;
  }

  /** Everything that is known of it, for those who look into it. */
  DeviceReader.Told told() {
    return new DeviceReader.Told(
        view(total()), plan.facts(), twin, account(), sightings(), doubt, unplaced.counts());
  }

  /** Alerts of this life of the gateway. */
  List<AlertSpan> pastAlerts() {
    return pastAlerts.all();
  }

  /** Arrival of the oldest report of which something waits, or null. */
  @Nullable Instant oldestPending() {
    return outbox.oldestPending();
  }

  /** Arrival of the oldest report that the merge in flight stands for, or null. */
  @Nullable Instant oldestInFlight() {
    return outbox.oldestInFlight();
  }

  /** The merge that the last answer confirmed, once. */
  Optional<Outbox.Confirmed> takeConfirmed() {
    return outbox.takeConfirmed();
  }

  /** Whether the backend takes nothing of it: no right, or another owner. */
  boolean isShutOut() {
    return outbox.standing().isShutOut();
  }

  /** As shown; {@code total} is what {@link #total} gives now. */
  DeviceView view(Balance total) {
    var shown = new ArrayList<Shown>();
    for (Metric metric : profile().metrics()) {
      twin.property(metric)
          .ifPresent(
              property -> {
                shown.add(
                    new Shown(
                        metric.channel(),
                        metric.name(),
                        ValueText.ofProperty(property.value()),
                        metric.unit(),
                        property.validityWord()));
              });
    }
    var counts =
        new Counts(
            received,
            outbox.balance(ledger.line(Ledger.Other.VENDOR)).received(),
            total.rejected(),
            late,
            discardedBytes.sum(),
            total.coalesced(),
            outbox.confirmed(),
            total.expired(),
            implausible);
    return new DeviceView(
        device(),
        plan.profile().model().name(),
        plan.facts().thingId(),
        twin.link(),
        twin.isFresh(),
        lastHeard,
        outbox.confirmedAt(),
        outbox.standing(),
        List.copyOf(shown),
        List.copyOf(twin.alerts().values()),
        twin.unmapped().size(),
        profile().toString(),
        maintenance,
        outbox.clock(),
        counts,
        outbox.trouble());
  }

  private void alert(AlertChange change, int line, Instant now) {
    boolean ends = change.alert().phase() == Alert.Phase.END;
    var ended = ends ? twin.alerts().get(change.alert().occurrence()) : null;
    var before = twin;
    twin = twin.with(change);
    var present = twin.alerts().get(change.alert().occurrence());
    if (present != null) {
      pastAlerts.told(present, null);
    } else if (ended != null) {
      pastAlerts.told(new ActiveAlert(change, ended.startedAt()), change.observedAt());
    }
    // an end without a start is told, too: the start may have been told before this gateway began
    if (twin != before || ends) {
      outbox.alert(twin, change, ended, now);
    } else {
      ledger.expired(line, 1); // more alerts at a time than a twin keeps
    }
  }

  private void online(Instant now) {
    var before = lastHeard;
    lastHeard = now;
    var status = twin.link().status();
    boolean stillSilent = status == Status.DEGRADED && twin.isSilent();
    if (status != Status.ONLINE && !stillSilent) {
      if (status == Status.OFFLINE && before != null) {
        gap(new Gap(before, now, lostPlanned.isEmpty() ? lostWhy : lostPlanned));
      }
      link(new LinkState(Status.ONLINE, now, ""), now);
    }
  }

  private void gap(Gap gap) {
    if (gaps.size() == MAX_GAPS) {
      gaps.removeFirst();
      gapsBefore++;
    }
    gaps.add(gap);
    outbox.gap(gap);
  }

  private void offline(String why, Instant now) {
    var lost = twin;
    if (lost.link().status() != Status.OFFLINE || lostWhy.isEmpty()) {
      lostWhy = why;
      lostPlanned = planned(lastHeard, now);
    }
    var since = lost.link().status() == Status.OFFLINE ? lost.link().since() : now;
    link(new LinkState(Status.OFFLINE, since, why), now);
    for (Metric metric : profile().metrics()) {
      if (lost.wave(metric).isPresent()) {
        outbox.waveChanged(metric, now);
      }
    }
  }

  private void link(LinkState next, Instant now) {
    var before = twin;
    if (before.link().equals(next)) {
      return;
    }
    twin = twin.with(next);
    for (Metric metric : twin.changedSince(before)) {
      outbox.aged(metric, twin.property(metric).orElseThrow(), now);
    }
    outbox.linkChanged(twin, now);
  }

  private void logRejected(Finding.Rejected why) {
    var parameter = why.metric().parameter();
    if (rejectionsLogged.size() < REJECTIONS_LOGGED && rejectionsLogged.add(parameter)) {
      LOG.warn(
          "{}: {}: {}; the reading is not published, further ones like it are counted",
          device(),
          parameter,
          why.why());
    }
  }

  private void logUndated(Finding.Undated undated) {
    if (rejectionsLogged.size() < REJECTIONS_LOGGED
        && rejectionsLogged.add(undated.parameter() + " stored")) {
      LOG.info(
          "{}: {}: kept by the device from a time that nobody can tell (no time, or before its"
              + " clock was set); it stays in the journal, further ones like it are counted",
          device(),
          undated.parameter());
    }
  }

  private String whatHappensNext() {
    return switch (outbox.standing()) {
      case FENCED -> "not writing any more";
      case PARKED -> "trying again within 30 s";
      case OWNED, UNPROVISIONED -> "that change is not tried again, later ones are";
    };
  }

  private static boolean isSameSignal(Wave a, Wave b) {
    return a.ratePerSecond() == b.ratePerSecond()
        && a.gain() == b.gain()
        && a.offset() == b.offset();
  }
}
