package io.medtwin.benchmarks.crash;

import io.medtwin.benchmarks.crash.Violation.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Holds the gateway's own account of a round against what was seen from outside. Pure. */
final class LedgerJudge {

  private LedgerJudge() {}

  /**
   * One device's round.
   *
   * @param device its id
   * @param metrics its counters, {@code channel/name}
   * @param before the account when the round began and everything was settled
   * @param after the account now
   * @param sendings what it said in this round
   * @param watch what an observer saw of its twin in this round
   * @param tailLost whether the end of the journal was damaged
   * @param from when the round began, by the clock of the gateway's last life; a gap for what is
   *     lost must end after it, and be none of those before
   */
  static List<Violation> judge(
      String device,
      Set<String> metrics,
      LedgerReport.Device before,
      LedgerReport.Device after,
      List<Sending> sendings,
      TwinWatch watch,
      boolean tailLost,
      Instant from) {
    var violations = new ArrayList<Violation>();
    after
        .lines()
        .forEach(
            (metric, line) -> {
              if (!line.isBalanced()) {
                violations.add(
                    new Violation(
                        Rule.BALANCED,
                        device,
                        metric
                            + ": received = delivered + coalesced + pending + rejected + expired",
                        line.toString()));
              }
            });
    // one that was acknowledged twice may be one that was taken once
    long acknowledged = sendings.stream().filter(Sending::isAcknowledged).count();
    long delivered = sendings.stream().mapToLong(Sending::deliveries).sum();
    boolean lost = false;
    for (String metric : metrics) {
      long received = after.line(metric).received() - before.line(metric).received();
      lost |= count(device, metric, received, acknowledged, delivered, tailLost, violations);
      long told = after.line(metric).delivered() - before.line(metric).delivered();
      long seen = watch.told(metric.substring(metric.indexOf('/') + 1));
      if (told > seen && !tailLost) {
        violations.add(
            new Violation(
                Rule.EXACTLY_ONCE,
                device,
                metric + ": at most " + seen + " delivered, as many as an observer saw",
                String.valueOf(told)));
      }
    }
    lost |=
        count(
            device,
            "alerts",
            after.line("alerts").received() - before.line("alerts").received(),
            words(sendings, false, false),
            words(sendings, false, true),
            tailLost,
            violations);
    lost |=
        count(
            device,
            "events",
            after.line("events").received() - before.line("events").received(),
            words(sendings, true, false),
            words(sendings, true, true),
            tailLost,
            violations);
    long sinceDamage =
        sendings.stream()
            .filter(sending -> !sending.beforeKill() && sending.isAcknowledged())
            .count();
    for (String metric : metrics) {
      if (tailLost && after.line(metric).received() < sinceDamage) {
        violations.add(
            new Violation(
                Rule.NOTHING_LOST,
                device,
                metric + ": at least the " + sinceDamage + " acknowledged after the damage",
                String.valueOf(after.line(metric).received())));
      }
    }
    if (tailLost && lost && noNewGap(before, after, from)) {
      violations.add(
          new Violation(
              Rule.NOTHING_LOST,
              device,
              "a gap in the ledger for what the damage took",
              after.gaps().isEmpty() ? "no gap" : "no gap after " + from));
    }
    return violations;
  }

  private static boolean noNewGap(
      LedgerReport.Device before, LedgerReport.Device after, Instant from) {
    return after.gaps().stream()
        .filter(gap -> !before.gaps().contains(gap))
        .noneMatch(gap -> gap.to().isAfter(from));
  }

  /** Whether something acknowledged is not in the account. */
  private static boolean count(
      String device,
      String metric,
      long received,
      long acknowledged,
      long delivered,
      boolean tailLost,
      List<Violation> violations) {
    if (received < acknowledged && !tailLost) {
      violations.add(
          new Violation(
              Rule.NOTHING_LOST,
              device,
              metric + ": at least " + acknowledged + " received, as many as were acknowledged",
              String.valueOf(received)));
    }
    if (received > delivered) {
      violations.add(
          new Violation(
              Rule.EXACTLY_ONCE,
              device,
              metric + ": at most " + delivered + " received, as many as were handed over",
              String.valueOf(received)));
    }
    return received < acknowledged;
  }

  private static long words(List<Sending> sendings, boolean events, boolean handedOver) {
    return sendings.stream()
        .mapToLong(
            sending ->
                sending.marks().stream()
                        .filter(mark -> (mark.kind() == Mark.Kind.EVENT) == events)
                        .count()
                    * (handedOver ? sending.deliveries() : sending.isAcknowledged() ? 1 : 0))
        .sum();
  }
}
