package io.medtwin.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Holds a driver against the rules: one of them, or all to a report with a grade. */
public final class Conformance {

  /** Longest time of one rule in a build, beyond which the driver does not end by itself. */
  private static final Duration PROMPTLY = Duration.ofMinutes(2);

  /** The same for a simulated day and the short run of mutations in a report. */
  private static final Duration PATIENTLY = Duration.ofMinutes(30);

  private final Subject subject;
  private final Effort effort;

  /** Of a driver, with that effort. */
  public Conformance(Subject subject, Effort effort) {
    this.subject = subject;
    this.effort = effort;
  }

  /**
   * Checks one rule.
   *
   * @throws RuleBroken it, or another on the way such as D13, is broken
   */
  public void require(Rule rule) {
    check(rule, Checks.of(subject, effort));
  }

  /** Mutates conversations until something is found or that many mutations are done. */
  public FuzzResult fuzz(long mutations, Consumer<FuzzResult> progress) {
    var rule = mutations < Effort.MUTATIONS_LONG ? Rule.D22 : Rule.D23;
    return new Fuzzer(rule, subject, effort.seed()).run(mutations, progress);
  }

  private static void check(Rule rule, Checks checks) {
    var limit =
        rule == Rule.D23
            ? Duration.ofDays(7)
            : rule == Rule.D21 || rule == Rule.D22 ? PATIENTLY : PROMPTLY;
    promptly(rule, limit, () -> checks.check(rule));
  }

  /**
   * Checks these rules and says each outcome as it comes.
   *
   * @param rules in this order; one that was not asked for is not in the report
   */
  public ConformanceReport report(List<Rule> rules, Consumer<ConformanceReport.Outcome> listener) {
    var descriptor = subject.maker().get().descriptor();
    var outcomes = new ArrayList<ConformanceReport.Outcome>();
    for (var rule : rules) {
      var outcome = outcome(rule);
      outcomes.add(outcome);
      listener.accept(outcome);
    }
    return new ConformanceReport(descriptor.id(), descriptor.version(), outcomes);
  }

  private ConformanceReport.Outcome outcome(Rule rule) {
    if (rule == Rule.D23 && effort.mutations() < Effort.MUTATIONS_LONG) {
      return ConformanceReport.Outcome.notAsked(
          rule, "takes long; ask for it with --mutations " + Effort.MUTATIONS_LONG);
    }
    try {
      var checks = Checks.of(subject, effort);
      var declared = checks.declared(rule);
      check(rule, checks);
      var why =
          declared.entrySet().stream()
              .collect(
                  Collectors.groupingBy(
                      java.util.Map.Entry::getValue,
                      java.util.LinkedHashMap::new,
                      Collectors.mapping(java.util.Map.Entry::getKey, Collectors.joining(", "))));
      boolean all = declared.size() == subject.conversations().size();
      var text =
          why.entrySet().stream()
              .map(
                  one ->
                      why.size() == 1 && all ? one.getKey() : one.getValue() + ": " + one.getKey())
              .collect(Collectors.joining("; "));
      return all && !declared.isEmpty()
          ? ConformanceReport.Outcome.notApplicable(rule, text)
          : ConformanceReport.Outcome.held(rule, text.isEmpty() ? checks.figures() : text);
    } catch (RuleBroken broken) {
      if (broken.rule() == Rule.D24) {
        return ConformanceReport.Outcome.notAsked(rule, String.valueOf(broken.getMessage()));
      }
      return ConformanceReport.Outcome.broken(rule, broken);
    }
  }

  /** Runs a check on a thread of its own, which is left behind if the driver never ends. */
  private static void promptly(Rule rule, Duration limit, Runnable check) {
    var failures = Collections.synchronizedList(new ArrayList<Throwable>());
    var thread =
        new Thread(
            new ThreadGroup("driver under test"),
            () -> {
              try {
                check.run();
              } catch (Throwable e) {
                failures.add(e);
              }
            },
            "rule " + rule);
    thread.setDaemon(true);
    thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    thread.start();
    try {
      thread.join(limit.toMillis());
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a rule was checked", e);
    }
    if (thread.isAlive()) {
      thread.interrupt();
      throw new RuleBroken(
          Rule.D9, "", "", "within " + limit + " the driver did not end by itself");
    }
    for (var thrown : List.copyOf(failures)) {
      if (thrown instanceof RuleBroken broken) {
        throw broken;
      }
      throw new RuleBroken(rule, "", "", "the check was ended by " + thrown, thrown);
    }
  }
}
