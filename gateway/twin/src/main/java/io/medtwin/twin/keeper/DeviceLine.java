package io.medtwin.twin.keeper;

import io.medtwin.spi.Alert;
import io.medtwin.twin.Received;
import io.medtwin.twin.backend.Answer;
import io.medtwin.twin.backend.TwinCommand;
import io.medtwin.twin.keeper.DeviceView.Counts;
import io.medtwin.twin.keeper.DeviceView.Shown;
import io.medtwin.twin.normalizer.Finding;
import io.medtwin.twin.normalizer.Finding.AlertChange;
import io.medtwin.twin.normalizer.Finding.Wave;
import io.medtwin.twin.normalizer.Normalizer;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.outbox.Outbox;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.state.LinkState;
import io.medtwin.twin.state.LinkState.Status;
import io.medtwin.twin.state.Twin;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One device inside the keeper: its twin now, and what the backend does not know yet. Owned by the
 * keeper's thread.
 */
final class DeviceLine {

  private static final Logger LOG = LoggerFactory.getLogger(DeviceLine.class);
  private static final int REJECTIONS_LOGGED = 64;

  private final DevicePlan plan;
  private final Normalizer normalizer;
  private final Outbox outbox;
  private final Set<String> rejectionsLogged = new HashSet<>();
  final LongAdder discardedBytes = new LongAdder();

  private Twin twin;
  private boolean linkOpen;
  private @Nullable Instant lastHeard;
  private long received;
  private long unmapped;
  private long rejected;
  private long late;
  private String troubleLogged = "";

  DeviceLine(DevicePlan plan, Units units, RandomGenerator random, Instant now) {
    this.plan = plan;
    this.normalizer = new Normalizer(plan.profile(), units);
    this.outbox = new Outbox(plan.facts(), plan.profile().metrics().size(), random);
    this.twin = Twin.unheard(plan.profile(), now);
  }

  void hear(Received report) {
    received++;
    var now = report.receivedAt();
    var before = twin;
    switch (normalizer.normalize(report)) {
      case Finding.Observation observation -> {
        twin = twin.with(observation, now);
        late += twin == before ? 1 : 0;
        online(now);
      }
      case Wave wave -> {
        var old = twin.wave(wave.metric());
        twin = twin.with(wave);
        if (old.isEmpty() || !isSameSignal(old.get(), wave)) {
          outbox.waveChanged(wave.metric(), now);
        }
        online(now);
      }
      case Finding.WaveStopped stopped -> {
        twin = twin.with(stopped);
        if (twin != before) {
          outbox.waveChanged(stopped.metric(), now);
        }
        online(now);
      }
      case Finding.Unmapped parameter -> {
        unmapped++;
        twin = twin.with(parameter);
        online(now);
      }
      case Finding.Withheld parameter -> online(now);
      case Finding.Rejected why -> reject(why);
      case AlertChange change -> {
        online(now);
        alert(change, now);
      }
      case Finding.Occurrence occurrence -> {
        online(now);
        outbox.event(occurrence, now);
      }
      case Finding.Identified identified -> twin = twin.with(identified.identity());
      case Finding.Seen seen -> {
        if (!seen.presence().present()) {
          offline(
              seen.presence().why().isEmpty() ? "the hub lost the device" : seen.presence().why(),
              now);
        }
      }
    }
    outbox.changed(before, twin, now);
  }

  void linkUp(Instant now) {
    linkOpen = true;
    var before = twin;
    if (twin.link().status() == Status.OFFLINE) {
      twin =
          twin.with(
              new LinkState(Status.OFFLINE, twin.link().since(), "link open, nothing heard yet"));
    }
    outbox.changed(before, twin, now);
  }

  void linkDown(String why, Instant now) {
    linkOpen = false;
    var before = twin;
    offline(why, now);
    outbox.changed(before, twin, now);
  }

  /** Lets time pass: values that were not refreshed turn stale, a silent device degrades. */
  void age(Instant now) {
    var before = twin;
    twin = twin.agedTo(now);
    if (twin.link().status() == Status.ONLINE && twin.isSilent()) {
      twin = twin.with(new LinkState(Status.DEGRADED, now, "link open, but the device is silent"));
    }
    if (twin != before) {
      outbox.changed(before, twin, now);
    }
  }

  Optional<TwinCommand> next(Instant now) {
    return outbox.next(twin, lastHeard, now);
  }

  void settle(Answer answer, Instant now) {
    outbox.settle(answer, now);
    var trouble = outbox.trouble();
    boolean busy = answer instanceof Answer.Busy;
    if (!trouble.isEmpty() && !busy && !trouble.equals(troubleLogged)) {
      troubleLogged = trouble;
      LOG.warn("{}: {}; {}", plan.facts().device(), trouble, whatHappensNext());
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

  DeviceView view() {
    var shown = new ArrayList<Shown>();
    for (Metric metric : plan.profile().metrics()) {
      twin.property(metric)
          .ifPresent(
              property -> {
                var value = property.value();
                var text =
                    value instanceof BigDecimal number
                        ? number.toPlainString()
                        : value == null ? "" : value.toString();
                shown.add(
                    new Shown(
                        metric.channel(),
                        metric.name(),
                        text,
                        metric.unit(),
                        property.validityWord()));
              });
    }
    var counts =
        new Counts(
            received,
            unmapped,
            rejected,
            late,
            discardedBytes.sum(),
            outbox.coalesced(),
            outbox.confirmed(),
            outbox.dropped());
    return new DeviceView(
        plan.facts().device(),
        plan.profile().model().name(),
        plan.facts().thingId(),
        twin.link(),
        twin.isFresh(),
        lastHeard,
        outbox.confirmedAt(),
        outbox.standing(),
        List.copyOf(shown),
        twin.alerts().size(),
        counts,
        outbox.trouble());
  }

  private void alert(AlertChange change, Instant now) {
    boolean ends = change.alert().phase() == Alert.Phase.END;
    var ended = ends ? twin.alerts().get(change.alert().occurrence()) : null;
    var before = twin;
    twin = twin.with(change);
    // an end without a start is told, too: the start may have been told before this gateway began
    if (twin != before || ends) {
      outbox.alert(twin, change, ended, now);
    }
  }

  private void online(Instant now) {
    lastHeard = now;
    boolean stillSilent = twin.link().status() == Status.DEGRADED && twin.isSilent();
    if (twin.link().status() != Status.ONLINE && !stillSilent) {
      twin = twin.with(new LinkState(Status.ONLINE, now, ""));
    }
  }

  private void offline(String why, Instant now) {
    var since = twin.link().status() == Status.OFFLINE ? twin.link().since() : now;
    var lost = twin;
    twin = twin.with(new LinkState(Status.OFFLINE, since, why));
    for (Metric metric : plan.profile().metrics()) {
      if (lost.wave(metric).isPresent()) {
        outbox.waveChanged(metric, now);
      }
    }
  }

  private void reject(Finding.Rejected why) {
    rejected++;
    if (rejectionsLogged.size() < REJECTIONS_LOGGED && rejectionsLogged.add(why.parameter())) {
      LOG.warn(
          "{}: {}: {}; the reading is not published, further ones like it are counted",
          plan.facts().device(),
          why.parameter(),
          why.why());
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

  /** Whether the link is open, which says nothing of the device. */
  boolean isLinkOpen() {
    return linkOpen;
  }
}
