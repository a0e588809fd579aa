package io.medtwin.twin.outbox;

import io.medtwin.twin.backend.Answer;
import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.backend.TwinCommand;
import io.medtwin.twin.normalizer.Finding.AlertChange;
import io.medtwin.twin.normalizer.Finding.Occurrence;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.state.ActiveAlert;
import io.medtwin.twin.state.LinkState;
import io.medtwin.twin.state.Property;
import io.medtwin.twin.state.Twin;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What one device's twin still has to tell the backend. State is a set of dirty marks over the
 * current twin, so a day offline costs no more than a second offline; alerts and events wait in a
 * lane of their own, in order. One command is in flight at a time. Owned by one thread.
 */
public final class Outbox {

  /** Most alerts and events that wait; a further one is dropped and counted. */
  public static final int LANE_LIMIT = 1_000;

  /** At most one merge in this time, unless something is urgent. */
  static final Duration WINDOW = Duration.ofSeconds(1);

  /** Even urgent merges keep this distance: at most five a second. */
  static final Duration URGENT_WINDOW = Duration.ofMillis(200);

  /** Readings of one frame arrive together: wait this long for the rest of them. */
  static final Duration GATHER = Duration.ofMillis(50);

  /** An unchanged value is published again after this time, with its new observation time. */
  static final Duration REFRESH = Duration.ofSeconds(15);

  /** {@code lastSeen} is published at least this often while the device talks. */
  static final Duration LAST_SEEN = Duration.ofSeconds(30);

  static final Duration RETRY_MIN = Duration.ofMillis(500);
  static final Duration RETRY_MAX = Duration.ofSeconds(60);
  static final Duration PARKED = Duration.ofSeconds(30);

  /** Where a device stands with the backend. */
  public enum Standing {
    /** Policy and thing are not known to exist. */
    UNPROVISIONED,
    /** Ours to write. */
    OWNED,
    /** No right or no thing: tried again slowly. */
    PARKED,
    /** A gateway with a higher epoch owns the device: we do not write any more. */
    FENCED
  }

  private final Facts facts;
  private final RandomGenerator random;

  private Standing standing = Standing.UNPROVISIONED;
  private long epoch;
  private long seq;

  private final BitSet dirty = new BitSet();
  private final @Nullable Property[] published;
  private final Set<String> dirtyUnmapped = new HashSet<>();
  private final BitSet dirtyWaves = new BitSet();
  private boolean attributesDirty = true;
  private boolean linkDirty = true;
  private @Nullable Instant lastSeenPublished;
  private final Deque<LaneEntry> lane = new ArrayDeque<>();
  private int alertRing;
  private int eventRing;

  private @Nullable Instant dueAt;
  private Instant notBefore = Instant.MIN;
  private Instant lastSent = Instant.MIN;
  private int busyInARow;
  private boolean unreachable;
  private @Nullable Batch inFlight;

  private @Nullable Instant confirmedAt;
  private long confirmed;
  private long coalesced;
  private long dropped;
  private String trouble = "";

  private record Batch(
      boolean provisioning,
      BitSet metrics,
      @Nullable Property[] snapshot,
      Set<String> unmapped,
      BitSet waves,
      boolean attributes,
      boolean link,
      @Nullable Instant lastSeen,
      @Nullable LaneEntry laneEntry) {}

  /** An outbox that has to tell everything. */
  public Outbox(Facts facts, int metricCount, RandomGenerator random) {
    this.facts = facts;
    this.random = random;
    this.published = new Property[metricCount];
  }

  /** Marks what is worth telling between two twins of the device. */
  public void changed(Twin before, Twin after, Instant now) {
    for (Metric metric : after.changedSince(before)) {
      mark(metric, after.property(metric).orElseThrow(), now);
    }
    if (!after.link().equals(before.link())) {
      linkDirty = true;
      due(now, URGENT_WINDOW, Duration.ZERO);
    }
    if (after.unmapped() != before.unmapped()) {
      after
          .unmapped()
          .forEach(
              (name, value) -> {
                var old = before.unmapped().get(name);
                if (old != value) {
                  dirtyUnmapped.add(name);
                  due(now, WINDOW, GATHER);
                }
              });
    }
    if (!after.identity().equals(before.identity())) {
      attributesDirty = true;
      due(now, WINDOW, GATHER);
    }
  }

  /** Marks a wave whose descriptor changed, started or stopped. */
  public void waveChanged(Metric metric, Instant now) {
    dirtyWaves.set(metric.index());
    due(now, WINDOW, GATHER);
  }

  /** Queues a word about an alert; {@code ended} is the alert as it was if this word ends it. */
  public void alert(Twin after, AlertChange change, @Nullable ActiveAlert ended, Instant now) {
    queue(new LaneEntry(PatchWriter.alert(after, change, ended, alertRing)), now);
    if (ended != null) {
      alertRing = (alertRing + 1) % PatchWriter.RING;
    }
  }

  /** Queues something that happened. */
  public void event(Occurrence occurrence, Instant now) {
    queue(new LaneEntry(PatchWriter.event(occurrence, eventRing)), now);
    eventRing = (eventRing + 1) % PatchWriter.RING;
  }

  /** The next command to send now, if one is due; it is in flight until {@link #settle}. */
  public Optional<TwinCommand> next(Twin twin, @Nullable Instant lastSeen, Instant now) {
    if (inFlight != null || standing == Standing.FENCED || now.isBefore(notBefore)) {
      return Optional.empty();
    }
    if (standing != Standing.OWNED) {
      inFlight =
          new Batch(
              true,
              new BitSet(),
              new Property[0],
              Set.of(),
              new BitSet(),
              false,
              false,
              null,
              null);
      return Optional.of(
          new TwinCommand.Provision(facts.thingId(), facts.policyId(), facts.attributes()));
    }
    boolean lastSeenDue =
        lastSeen != null
            && (lastSeenPublished == null
                || !now.isBefore(lastSeenPublished.plus(LAST_SEEN))
                    && lastSeen.isAfter(lastSeenPublished));
    if ((dueAt == null || now.isBefore(dueAt)) && !lastSeenDue) {
      return Optional.empty();
    }
    return Optional.of(merge(twin, lastSeen, now));
  }

  /** Takes the answer to the command in flight. */
  public void settle(Answer answer, Instant now) {
    var batch = inFlight;
    if (batch == null) {
      return;
    }
    inFlight = null;
    switch (answer) {
      case Answer.Provisioned provisioned -> {
        standing = Standing.OWNED;
        epoch = provisioned.storedEpoch() + 1;
        seq = 0;
        attributesDirty = true;
        linkDirty = true;
        answered(now);
        due(now, Duration.ZERO, Duration.ZERO);
      }
      case Answer.Stored stored -> {
        remember(batch);
        confirmed++;
        confirmedAt = now;
        answered(now);
      }
      case Answer.Outdated outdated -> {
        answered(now);
        outdated(batch, outdated.storedEpoch(), now);
      }
      case Answer.Refused refused -> {
        answered(now);
        dropped++;
        trouble = "refused with " + refused.status() + ": " + refused.why();
      }
      case Answer.NotProvisioned missing -> {
        putBack(batch, now);
        standing = Standing.PARKED;
        notBefore = now.plus(jittered(PARKED));
        trouble = "not provisioned (" + missing.status() + "): " + missing.why();
      }
      case Answer.Busy busy -> {
        putBack(batch, now);
        unreachable = busy.status() == 0;
        notBefore = now.plus(jittered(retryDelay()));
        busyInARow++;
        trouble = "backend busy (" + busy.status() + "): " + busy.why();
      }
    }
  }

  /**
   * What is stored is not older. A higher epoch: somebody else owns the device. Our own epoch:
   * somebody wrote in our name, so the next epoch is taken and everything told again. Else nothing
   * would have changed.
   */
  private void outdated(Batch batch, long storedEpoch, Instant now) {
    if (storedEpoch > epoch) {
      standing = Standing.FENCED;
      trouble = "another gateway owns this device (epoch " + storedEpoch + ", ours " + epoch + ")";
    } else if (storedEpoch == epoch) {
      putBack(batch, now);
      standing = Standing.UNPROVISIONED;
    } else {
      dropped++;
    }
  }

  /** The backend is back: what failed for want of a connection is tried at once. */
  public void reconnected(Instant now) {
    if (unreachable) {
      unreachable = false;
      busyInARow = 0;
      notBefore = now;
    }
  }

  /** Where the device stands with the backend. */
  public Standing standing() {
    return standing;
  }

  /** When the backend last confirmed a merge, or null. */
  public @Nullable Instant confirmedAt() {
    return confirmedAt;
  }

  /** Merges the backend confirmed. */
  public long confirmed() {
    return confirmed;
  }

  /** Values that a newer one replaced before they were sent. */
  public long coalesced() {
    return coalesced;
  }

  /** Commands the backend refused for good, and lane entries beyond the limit. */
  public long dropped() {
    return dropped;
  }

  /** Alerts and events that wait. */
  public int waitingInLane() {
    return lane.size();
  }

  /** Whether something is not confirmed. */
  public boolean isPending() {
    return inFlight != null
        || !dirty.isEmpty()
        || !dirtyWaves.isEmpty()
        || !dirtyUnmapped.isEmpty()
        || linkDirty
        || attributesDirty
        || !lane.isEmpty();
  }

  /** What went wrong last, empty while all is well. */
  public String trouble() {
    return trouble;
  }

  private TwinCommand.Merge merge(Twin twin, @Nullable Instant lastSeen, Instant now) {
    seq++;
    var laneEntry = lane.poll();
    var batch =
        new Batch(
            false,
            (BitSet) dirty.clone(),
            new Property[published.length],
            Set.copyOf(dirtyUnmapped),
            (BitSet) dirtyWaves.clone(),
            attributesDirty,
            linkDirty,
            lastSeen,
            laneEntry);
    var features = new LinkedHashMap<String, Map<String, Object>>();
    putLink(features, twin, lastSeen);
    for (Metric metric : twin.profile().metrics()) {
      int i = metric.index();
      if (dirty.get(i)) {
        var property = twin.property(metric).orElseThrow();
        batch.snapshot[i] = property;
        PatchWriter.put(features, metric.channel(), metric.name(), PatchWriter.property(property));
      }
      if (dirtyWaves.get(i)) {
        var descriptor = PatchWriter.wave(metric, twin.wave(metric).orElse(null));
        PatchWriter.put(features, "wave-" + metric.channel(), metric.name(), descriptor);
      }
    }
    for (String name : dirtyUnmapped) {
      var parameter = twin.unmapped().get(name);
      if (parameter != null) {
        PatchWriter.put(features, "vendor", PatchWriter.key(name), PatchWriter.unmapped(parameter));
      }
    }
    var all = new LinkedHashMap<>(PatchWriter.features(features).members());
    if (laneEntry != null) {
      all.putAll(laneEntry.features().members());
    }
    var root = new LinkedHashMap<String, Object>();
    if (attributesDirty) {
      root.put("attributes", Identities.into(facts.attributes(), twin.identity()));
    }
    root.put("features", new Patch(all));
    dirty.clear();
    dirtyUnmapped.clear();
    dirtyWaves.clear();
    attributesDirty = false;
    linkDirty = false;
    dueAt = lane.isEmpty() ? null : now.plus(URGENT_WINDOW);
    lastSent = now;
    inFlight = batch;
    return new TwinCommand.Merge(facts.thingId(), epoch, seq, new Patch(root));
  }

  private void putLink(
      Map<String, Map<String, Object>> features, Twin twin, @Nullable Instant lastSeen) {
    LinkState link = twin.link();
    PatchWriter.put(features, "link", "status", link.status().word());
    PatchWriter.put(features, "link", "since", PatchWriter.time(link.since()));
    PatchWriter.put(features, "link", "why", link.why().isEmpty() ? Patch.REMOVE : link.why());
    PatchWriter.put(features, "link", "gateway", facts.gateway());
    PatchWriter.put(features, "link", "driver", facts.driver());
    PatchWriter.put(features, "link", "epoch", epoch);
    PatchWriter.put(features, "link", "seq", seq);
    if (lastSeen != null) {
      PatchWriter.put(features, "link", "lastSeen", PatchWriter.time(lastSeen));
    }
  }

  private void mark(Metric metric, Property current, Instant now) {
    int i = metric.index();
    var told = published[i];
    boolean urgent = told != null && current.differsInKind(told);
    if (told != null && !urgent && !isWorthTelling(metric, told, current)) {
      return;
    }
    if (dirty.get(i)) {
      coalesced++;
    }
    dirty.set(i);
    due(now, urgent ? URGENT_WINDOW : WINDOW, urgent ? Duration.ZERO : GATHER);
  }

  private static boolean isWorthTelling(Metric metric, Property told, Property current) {
    if (!current.observedAt().isBefore(told.observedAt().plus(REFRESH))) {
      return true;
    }
    var distance = current.distance(told);
    var deadband = metric.deadband();
    return deadband == null
        ? distance.compareTo(BigDecimal.ZERO) > 0
        : distance.compareTo(BigDecimal.ZERO) > 0 && distance.compareTo(deadband) >= 0;
  }

  private void queue(LaneEntry entry, Instant now) {
    if (lane.size() >= LANE_LIMIT) {
      dropped++;
      trouble =
          "more than " + LANE_LIMIT + " alerts and events wait; newer ones are dropped and counted";
      return;
    }
    lane.add(entry);
    due(now, URGENT_WINDOW, Duration.ZERO);
  }

  /**
   * Something is to be told {@code soonest} from now, but not sooner than {@code window} after the
   * last merge.
   */
  private void due(Instant now, Duration window, Duration soonest) {
    var earliest = now.plus(soonest);
    if (lastSent != Instant.MIN && lastSent.plus(window).isAfter(earliest)) {
      earliest = lastSent.plus(window);
    }
    if (dueAt == null || earliest.isBefore(dueAt)) {
      dueAt = earliest;
    }
  }

  private void remember(Batch batch) {
    for (int i = batch.metrics.nextSetBit(0); i >= 0; i = batch.metrics.nextSetBit(i + 1)) {
      published[i] = batch.snapshot[i];
    }
    if (batch.lastSeen != null) {
      lastSeenPublished = batch.lastSeen;
    }
  }

  private void putBack(Batch batch, Instant now) {
    dirty.or(batch.metrics);
    dirtyWaves.or(batch.waves);
    dirtyUnmapped.addAll(batch.unmapped);
    attributesDirty |= batch.attributes;
    linkDirty |= batch.link;
    if (batch.laneEntry != null) {
      lane.addFirst(batch.laneEntry);
    }
    if (!batch.provisioning) {
      dueAt = now;
    }
  }

  private void answered(Instant now) {
    busyInARow = 0;
    unreachable = false;
    notBefore = now;
    trouble = "";
  }

  private Duration retryDelay() {
    var delay = RETRY_MIN.multipliedBy(1L << Math.min(busyInARow, 10));
    return delay.compareTo(RETRY_MAX) > 0 ? RETRY_MAX : delay;
  }

  /** Half of it certain, half of it by chance, so that devices do not come back together. */
  private Duration jittered(Duration delay) {
    long half = delay.toMillis() / 2;
    return Duration.ofMillis(half + random.nextLong(half + 1));
  }
}
