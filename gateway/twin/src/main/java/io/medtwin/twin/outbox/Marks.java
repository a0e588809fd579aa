package io.medtwin.twin.outbox;

import io.medtwin.twin.ledger.Ledger;
import java.time.Instant;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the backend does not have of one device's state: marks over its twin, so that a day offline
 * costs no more than a second offline. Beside them, which of the marks stand for a report that is
 * still to be accounted for. Owned by one thread.
 */
final class Marks {

  /** Properties to tell, by index of the metric. */
  final BitSet properties = new BitSet();

  /** Descriptors of waves to tell, by index of the metric. */
  final BitSet waves = new BitSet();

  /** Parameters without a place in the profile to tell. */
  final Set<String> unmapped = new LinkedHashSet<>();

  /** Places that are no more, to be taken away: {@code feature/property}. */
  final Set<String> gone = new LinkedHashSet<>();

  /** Whether attributes are to be told. */
  boolean attributes;

  /** Whether the link is to be told. */
  boolean link;

  /** Whether the clock is to be told with the next merge; it waits for none of its own. */
  boolean clock;

  /** Metrics whose newest report is pending. */
  final BitSet reports = new BitSet();

  /** Unmapped parameters whose newest report is pending. */
  final Set<String> parameters = new LinkedHashSet<>();

  /** Whether a report of the device itself is pending. */
  boolean device;

  /** Arrival of the first report that any of those stand for. */
  private @Nullable Instant since;

  /** Arrival of the oldest report that is to be told, also where a newer one took its place. */
  @Nullable Instant oldest() {
    return hasReports() ? since : null;
  }

  private boolean hasReports() {
    return device || !reports.isEmpty() || !parameters.isEmpty();
  }

  private void came(@Nullable Instant at) {
    if (at != null && (since == null || !hasReports() || at.isBefore(since))) {
      since = at;
    }
  }

  /** Takes up what was saved of {@link #oldest}. */
  void since(@Nullable Instant at) {
    since = at;
  }

  boolean isEmpty() {
    return properties.isEmpty()
        && waves.isEmpty()
        && unmapped.isEmpty()
        && gone.isEmpty()
        && !attributes
        && !link;
  }

  /** A report of a metric is told with the next merge; the one before it no more. */
  void report(int metric, Ledger ledger, @Nullable Instant at) {
    came(at);
    if (reports.get(metric)) {
      ledger.coalesced(metric, 1);
    }
    reports.set(metric);
  }

  /** A metric has nothing to tell; a report that was pending needs no telling of its own. */
  void forget(int metric, Ledger ledger) {
    properties.clear(metric);
    waves.clear(metric);
    if (reports.get(metric)) {
      reports.clear(metric);
      ledger.coalesced(metric, 1);
    }
  }

  /** A parameter has nothing to tell any more, as above. */
  void forget(String parameter, Ledger ledger) {
    unmapped.remove(parameter);
    if (parameters.remove(parameter)) {
      ledger.coalesced(ledger.line(Ledger.Other.VENDOR), 1);
    }
  }

  void parameter(String name, Ledger ledger, @Nullable Instant at) {
    came(at);
    if (!parameters.add(name)) {
      ledger.coalesced(ledger.line(Ledger.Other.VENDOR), 1);
    }
  }

  void device(Ledger ledger, @Nullable Instant at) {
    came(at);
    if (device) {
      ledger.coalesced(ledger.line(Ledger.Other.DEVICE), 1);
    }
    device = true;
  }

  /** Hands over all marks, leaving none. */
  Marks take() {
    var taken = new Marks();
    taken.properties.or(properties);
    taken.waves.or(waves);
    taken.unmapped.addAll(unmapped);
    taken.gone.addAll(gone);
    taken.attributes = attributes;
    taken.link = link;
    taken.clock = clock;
    taken.reports.or(reports);
    taken.parameters.addAll(parameters);
    taken.device = device;
    taken.since = since;
    properties.clear();
    waves.clear();
    unmapped.clear();
    gone.clear();
    attributes = false;
    link = false;
    clock = false;
    reports.clear();
    parameters.clear();
    device = false;
    return taken;
  }

  /** Takes marks back that were not told; where a newer report waits, the older is coalesced. */
  void putBack(Marks untold, Ledger ledger) {
    properties.or(untold.properties);
    waves.or(untold.waves);
    unmapped.addAll(untold.unmapped);
    gone.addAll(untold.gone);
    attributes |= untold.attributes;
    link |= untold.link;
    clock |= untold.clock;
    var at = untold.oldest();
    for (int i = untold.reports.nextSetBit(0); i >= 0; i = untold.reports.nextSetBit(i + 1)) {
      report(i, ledger, at);
    }
    for (String name : untold.parameters) {
      parameter(name, ledger, at);
    }
    if (untold.device) {
      device(ledger, at);
    }
  }

  /** Forgets the reports that were pending, telling {@code line} how many on each line. */
  void settleReports(Ledger ledger, Count line) {
    reports.stream().forEach(i -> line.add(i, 1));
    if (!parameters.isEmpty()) {
      line.add(ledger.line(Ledger.Other.VENDOR), parameters.size());
    }
    if (device) {
      line.add(ledger.line(Ledger.Other.DEVICE), 1);
    }
    reports.clear();
    parameters.clear();
    device = false;
  }

  /** One column of the ledger. */
  interface Count {
    void add(int line, int count);
  }
}
