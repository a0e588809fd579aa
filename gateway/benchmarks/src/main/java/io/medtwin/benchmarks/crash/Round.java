package io.medtwin.benchmarks.crash;

import io.medtwin.benchmarks.crash.Violation.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Plays one round and judges it. Used once, by one thread. */
final class Round {

  private static final Duration BACK_LIMIT = Duration.ofSeconds(30);
  private static final Duration LEDGER_LIMIT = Duration.ofSeconds(15);
  private static final int MERGES_LOST_MAX = 40;

  private final Ward ward;
  private final RoundPlan plan;
  private final Path log;
  private final Duration settleLimit;
  private final boolean control;
  private final SplittableRandom random;
  private final List<Violation> violations = Collections.synchronizedList(new ArrayList<>());
  private final Set<Fault> ongoing = EnumSet.noneOf(Fault.class);
  private final List<Thread> errands = new ArrayList<>();
  private String note = "";

  /**
   * A round to play.
   *
   * @param log what the gateways of this round say
   * @param settleLimit longest wait for everything to be told
   * @param control whether nothing is killed and nothing damaged: what is found then is the
   *     harness's own fault, or the backend's
   */
  Round(Ward ward, RoundPlan plan, Path log, Duration settleLimit, boolean control) {
    this.control = control;
    this.ward = ward;
    this.plan = plan;
    this.log = log;
    this.settleLimit = settleLimit;
    this.random = new SplittableRandom(~plan.seed());
  }

  RoundResult play() throws IOException, InterruptedException {
    var began = Instant.now();
    ward.promises().forget();
    long unavailableBefore = ward.coap().unavailable();
    long start = System.nanoTime();
    ward.load().start(plan.seed());

    Await.moment(at(start, plan.faultAt()));
    begin();
    if (!plan.faultsOutliveKill()) {
      Await.moment(at(start, plan.faultEndsBeforeKill()));
      end();
    }
    Await.moment(at(start, plan.killAt()));
    long acknowledgedBefore = 0;
    if (!control) {
      acknowledgedBefore = killAndStart();
    }
    long restarted = System.nanoTime();
    if (!ongoing.isEmpty()) {
      Await.moment(at(restarted, plan.faultEndsAfter()));
      end();
    }
    boolean back =
        Await.until(BACK_LIMIT, () -> ward.restart().first().isPresent() && ward.isSubscribed());
    if (!back) {
      violations.add(
          new Violation(
              Rule.ALIVE,
              "",
              "a merge and a subscription within " + BACK_LIMIT.toSeconds() + " s of its start",
              "first merge after "
                  + ward.restart().first()
                  + ", subscribed "
                  + ward.isSubscribed()));
    }
    if (plan.loadGoesOn()) {
      Await.moment(at(System.nanoTime(), plan.talkAfter()));
    }
    ward.load().stop();
    return settleAndJudge(began, acknowledgedBefore, unavailableBefore);
  }

  /** Returns how many messages were acknowledged before the kill. */
  private long killAndStart() throws IOException, InterruptedException {
    if (!ward.gateway().map(GatewayProcess::isAlive).orElse(false)) {
      died("before it was killed");
    }
    if (!plan.loadGoesOn()) {
      ward.load().stop();
    }
    ward.killGateway();
    long acknowledged = ward.promises().acknowledged(device -> true);
    ward.ditto().faults().clear(); // what was ordered and not met belongs to the dead gateway
    damage();

    Await.moment(at(System.nanoTime(), plan.down()));
    ward.startGateway(log, plan.clockStep());
    if (plan.killAgainAfter() > 0) {
      Await.moment(at(System.nanoTime(), plan.killAgainAfter()));
      ward.killGateway();
      ward.startGateway(log, plan.clockStep());
    }
    return acknowledged;
  }

  private RoundResult settleAndJudge(Instant began, long acknowledgedBefore, long unavailableBefore)
      throws IOException, InterruptedException {
    long silent = System.nanoTime();
    for (Thread errand : errands) {
      errand.join();
    }
    boolean settled = Await.until(settleLimit, this::isSettled);
    var settledAfter = Duration.ofNanos(System.nanoTime() - silent);
    if (!settled && !ward.promises().allAcknowledged()) {
      violations.add(
          new Violation(
              Rule.ALIVE,
              "",
              "every message acknowledged within " + settleLimit.toSeconds() + " s",
              ward.promises().unacknowledged() + " are not"));
    }
    if (!ward.gateway().map(GatewayProcess::isAlive).orElse(false)) {
      died("after its restart");
    }
    LedgerReport before = ward.lastLedger();
    LedgerReport after = ward.hasJournal() ? ledger() : LedgerReport.EMPTY;
    long said = 0;
    long repeated = 0;
    for (ProbeDevice device : ward.devices()) {
      var sendings = ward.promises().of(device.id());
      var watch = ward.watch(device);
      said += sendings.size();
      repeated += sendings.stream().filter(sending -> sending.deliveries() > 1).count();
      if (ward.hasJournal()) {
        violations.addAll(
            LedgerJudge.judge(
                device.id(),
                device.way().metrics(),
                before.device(device.id()),
                after.device(device.id()),
                sendings,
                watch,
                plan.damages(),
                began.plus(plan.clockStep())));
      }
      violations.addAll(watch.judge(sendings, device.active(), plan.excuse()));
      device.agree(watch.active());
    }
    ward.settled(after);
    long unavailable = ward.coap().unavailable() - unavailableBefore;
    if (unavailable > 0) {
      note(unavailable + " posts answered 5.03");
    }
    return new RoundResult(
        plan,
        said,
        acknowledgedBefore,
        repeated,
        plan.restartIsClean() ? ward.restart().first() : Optional.empty(),
        plan.restartIsClean() ? ward.restart().all() : Optional.empty(),
        settledAfter,
        note,
        List.copyOf(violations));
  }

  private boolean isSettled() {
    return ward.load().isSilent()
        && ward.promises().allAcknowledged()
        && ward.devices().stream()
            .allMatch(
                device ->
                    ward.watch(device)
                        .isComplete(
                            ward.promises().of(device.id()), device.active(), plan.excuse()));
  }

  /** The gateway's account, once nothing waits any more. */
  private LedgerReport ledger() throws IOException, InterruptedException {
    long end = System.nanoTime() + LEDGER_LIMIT.toNanos();
    while (true) {
      var ledger = ward.askLedger();
      if (ledger.balanced() && ledger.pending() == 0) {
        return ledger;
      }
      if (System.nanoTime() > end) {
        violations.add(
            new Violation(
                Rule.BALANCED,
                "",
                "a balanced ledger with nothing pending within "
                    + LEDGER_LIMIT.toSeconds()
                    + " s of the last effect",
                "balanced " + ledger.balanced() + ", pending " + ledger.pending()));
        return ledger;
      }
    }
  }

  private void died(String when) throws IOException {
    var code = ward.gateway().map(GatewayProcess::exitCode).orElse(-1);
    violations.add(
        new Violation(
            Rule.ALIVE,
            "",
            "a gateway that runs " + when,
            "it ended by itself with exit code " + code + "; see " + log));
  }

  private void damage() throws IOException, InterruptedException {
    for (Fault fault : EnumSet.copyOf(plan.faults())) {
      if (fault.damages()) {
        note(JournalDamage.damage(ward.disk().folder(), fault, random));
      } else if (fault == Fault.READ_ONLY) {
        ward.disk().readOnly();
        ongoing.add(fault);
      }
    }
  }

  private void begin() throws IOException {
    var faults = ward.ditto().faults();
    for (Fault fault : EnumSet.copyOf(plan.faults())) {
      if (!fault.beginsBeforeKill()) {
        continue;
      }
      ongoing.add(fault);
      int some = random.nextInt(1, MERGES_LOST_MAX);
      switch (fault) {
        case DISK_FULL -> ward.disk().fill();
        case TOO_MANY -> faults.answerNext(some, 429);
        case UNAVAILABLE -> faults.answerNext(some, 503);
        case HANG -> faults.hangNext(some);
        case ANSWERS_LOST -> faults.loseAnswersOfNext(some);
        case HALF_OPEN -> ward.dittoRelay().swallow(Proxy.Side.SERVER);
        case BACKEND_CUT -> ward.dittoRelay().cut();
        case BACKEND_GONE -> ward.dittoRelay().refuse();
        case BROKER_GONE -> ward.brokerRelay().refuse();
        case BROKER_ACKS_LOST -> ward.brokerRelay().swallow(Proxy.Side.CLIENT);
        case BROKER_RESTART -> errand();
        case NONE,
            KILL_AGAIN,
            TORN_LOG,
            FLIPPED_LOG,
            TORN_DATABASE,
            FLIPPED_DATABASE,
            READ_ONLY,
            CLOCK_BACK,
            CLOCK_AHEAD -> {}
      }
    }
  }

  /** The broker goes and comes back while everything else goes on. */
  private void errand() {
    errands.add(
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    ward.broker().restart();
                  } catch (IOException e) {
                    violations.add(
                        new Violation(Rule.ALIVE, "", "a broker that restarts", e.toString()));
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }));
  }

  private void end() throws IOException, InterruptedException {
    for (Fault fault : ongoing) {
      switch (fault) {
        case DISK_FULL -> ward.disk().free();
        case READ_ONLY -> ward.disk().readWrite();
        case TOO_MANY, UNAVAILABLE, HANG, ANSWERS_LOST -> ward.ditto().faults().clear();
        case HALF_OPEN, BACKEND_GONE -> ward.dittoRelay().heal();
        case BROKER_GONE, BROKER_ACKS_LOST -> ward.brokerRelay().heal();
        case NONE,
            KILL_AGAIN,
            TORN_LOG,
            FLIPPED_LOG,
            TORN_DATABASE,
            FLIPPED_DATABASE,
            BACKEND_CUT,
            BROKER_RESTART,
            CLOCK_BACK,
            CLOCK_AHEAD -> {}
      }
    }
    ongoing.clear();
  }

  private void note(String more) {
    note = note.isEmpty() ? more : note + ", " + more;
  }

  private static long at(long fromNanos, int millis) {
    return fromNanos + millis * 1_000_000L;
  }
}
