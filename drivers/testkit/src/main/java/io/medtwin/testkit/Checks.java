package io.medtwin.testkit;

import io.medtwin.spi.Driver;
import io.medtwin.testkit.Declarations.Feature;
import io.medtwin.testkit.Declarations.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The bodies of the rules, without a test framework. A broken rule is thrown. */
abstract class Checks {

  static final int SEEDS = 20;

  /** Places along one run at which it is interrupted or loses its link, at most. */
  static final int MOMENTS_MAX = 50;

  private static final Pattern DEVICE_TIME =
      Pattern.compile(
          ".* at (\\d{4}-\\S+|-PT\\S+|-?\\d+ x PT\\S+)(?: unsynchronised)?", Pattern.DOTALL);

  final Subject subject;
  final Effort effort;
  private String figures = "";

  Checks(Subject subject, Effort effort) {
    this.subject = subject;
    this.effort = effort;
  }

  static Checks of(Subject subject, Effort effort) {
    return subject.kind() == Rule.Kind.STREAM
        ? new StreamChecks(subject, effort)
        : new MessageChecks(subject, effort);
  }

  /** Checks one rule to the end or to the first place that breaks it. */
  final void check(Rule rule) {
    if (!rule.appliesTo(subject.kind())) {
      return;
    }
    if (subject.conversations().isEmpty()) {
      throw new RuleBroken(Rule.D2, "", "", "a driver shows at least one conversation");
    }
    switch (rule) {
      case D1 -> descriptor();
      case D7 -> eachGroup(this::showsAMissingValue);
      case D16 -> figures = OwnCode.requireNoDoors(subject);
      case D18 -> eachGroup(group -> shows(rule, "counter-wrap", Feature.COUNTER_WRAP, group));
      case D19 -> eachGroup(group -> shows(rule, "clock-jump", Feature.CLOCK_JUMP, group));
      case D20 ->
          eachGroup(group -> shows(rule, "unknown-parameters", Feature.UNKNOWN_PARAMETERS, group));
      case D21 -> figures = Day.requireNoSlope(subject, effort);
      case D22 -> figures = fuzz(rule, effort.mutationsShort());
      case D23 -> figures = fuzz(rule, effort.mutations());
      case D24 -> hasEvidence();
      default -> {
        for (var conversation : subject.conversations()) {
          if (!effort.only().skips(conversation)) {
            try {
              conversation(rule, conversation);
            } catch (RuleBroken broken) {
              throw broken.in(conversation.name());
            }
          }
        }
      }
    }
  }

  /** What was measured on the way; empty if nothing was. */
  final String figures() {
    return figures;
  }

  private String fuzz(Rule rule, long mutations) {
    var result = new Fuzzer(rule, subject, effort.seed()).run(mutations, unused -> {});
    if (result.finding() != null) {
      throw result.finding();
    }
    return result.toString();
  }

  /** Why a rule cannot be asked of some conversations, by what they are called; empty if it can. */
  final Map<String, String> declared(Rule rule) {
    var reasons = new LinkedHashMap<String, String>();
    if (!rule.appliesTo(subject.kind())) {
      var what = subject.kind() == Rule.Kind.STREAM ? "bytes" : "messages";
      subject.conversations().forEach(one -> reasons.put(one.name(), "it reads " + what));
      return reasons;
    }
    for (var one : subject.conversations()) {
      var feature = feature(rule);
      if (feature != null) {
        var reason = one.declarations().without(feature, one.transcript().name());
        if (reason.isPresent()) {
          reasons.put(one.name(), reason.get());
        } else if (!demands(rule, one)) {
          reasons.put(
              one.name(),
              rule == Rule.D18 ? "no report counts ticks" : "no report carries a device's time");
        }
      }
    }
    return reasons;
  }

  private @Nullable Feature feature(Rule rule) {
    return switch (rule) {
      case D4 -> subject.kind() == Rule.Kind.MESSAGE ? Feature.NONSENSE_MARKS : null;
      case D5 -> Feature.CHECKSUM;
      case D7 -> Feature.MISSING_VALUE_MARKS;
      case D12 -> Feature.TRUNCATION_MARKS;
      case D18 -> Feature.COUNTER_WRAP;
      case D19 -> Feature.CLOCK_JUMP;
      case D20 -> Feature.UNKNOWN_PARAMETERS;
      default -> null;
    };
  }

  private boolean demands(Rule rule, Conversation one) {
    if (rule != Rule.D18 && rule != Rule.D19) {
      return true;
    }
    var what = rule == Rule.D18 ? "counter-wrap" : "clock-jump";
    return one.declarations().shown(what).stream()
            .anyMatch(shown -> shown.isFor(one.transcript().name()))
        || timed(rule, lines(one));
  }

  /** Checks a rule that speaks of each conversation. */
  abstract void conversation(Rule rule, Conversation conversation);

  /** What the driver says to a conversation as it is. */
  abstract List<String> lines(Conversation conversation);

  private void descriptor() {
    DriverRules.descriptorIsValidAndStable(subject.maker().get(), subject.maker().get());
    if (subject.listed()) {
      DriverRules.isFoundByTheServiceLoader(subject.maker().get());
    }
  }

  /** D2. */
  final void givesItsReports(Conversation conversation) {
    for (int i = 1; i <= 2; i++) {
      var place = "run-" + i;
      var right = conversation.transcript().expected();
      var said = lines(conversation);
      if (!said.equals(right)) {
        throw new RuleBroken(
            Rule.D2,
            conversation.name(),
            place,
            difference(right, said) + "\n  all it said:\n= " + String.join("\n= ", said));
      }
    }
  }

  /** D6. */
  final void namesAndUnits(Conversation conversation) {
    DriverRules.readingsAreNamedAndEveryNumberHasAUnit(conversation.name(), lines(conversation));
  }

  private void showsAMissingValue(List<Conversation> group) {
    var asked = group.stream().filter(one -> one.has(Feature.MISSING_VALUE_MARKS)).toList();
    if (asked.isEmpty()
        || asked.stream()
            .flatMap(one -> lines(one).stream())
            .anyMatch(l -> l.contains(" absent "))) {
      return;
    }
    throw new RuleBroken(
        Rule.D7,
        asked.get(0).name(),
        "",
        "no transcript shows a mark for \"no value\" that becomes Absent; where the protocol has"
            + " none, declare: without missing-value-marks: <why>");
  }

  /** D18 to D20: a transcript shows it, or it is said why the protocol has none. */
  private void shows(Rule rule, String what, Feature feature, List<Conversation> group) {
    var asked = group.stream().filter(one -> one.has(feature)).toList();
    var shown = group.get(0).declarations().shown(what);
    for (Statement one : shown) {
      for (var name : one.transcripts()) {
        var conversation =
            group.stream().filter(c -> c.transcript().name().equals(name)).findFirst();
        if (conversation.isPresent() && !one.as().isEmpty()) {
          requireSaid(rule, what, one.as(), conversation.get());
        }
      }
    }
    if (!shown.isEmpty() || asked.isEmpty()) {
      return;
    }
    if (rule == Rule.D20 || asked.stream().anyMatch(one -> timed(rule, lines(one)))) {
      throw new RuleBroken(
          rule,
          asked.get(0).name(),
          "",
          "no transcript shows "
              + what
              + "; declare: shows "
              + what
              + " in <transcript> as \"<text of its report>\": <how>, or: without "
              + feature.word()
              + ": <why the protocol has none>");
    }
  }

  private void requireSaid(Rule rule, String what, String text, Conversation conversation) {
    var lines = lines(conversation);
    if (lines.stream().noneMatch(line -> line.contains(text))) {
      throw new RuleBroken(
          rule,
          conversation.name(),
          "",
          "it shows " + what + " as \"" + text + "\", but the driver says nothing of the kind");
    }
  }

  /** Whether reports carry the device's clock (D19), or its count of ticks (D18). */
  private static boolean timed(Rule rule, List<String> lines) {
    return lines.stream()
        .map(DEVICE_TIME::matcher)
        .anyMatch(
            match ->
                match.matches()
                    && !match.group(1).startsWith("-PT")
                    && (rule == Rule.D19 || match.group(1).contains(" x ")));
  }

  private void hasEvidence() {
    boolean any =
        subject.conversations().stream().anyMatch(one -> !one.declarations().evidence().isEmpty());
    if (!any) {
      throw new RuleBroken(
          Rule.D24,
          "",
          "",
          "declare what it was held against: evidence capture in <transcript>: <which device, where"
              + " it is from>, or: evidence second-source: <whose vectors>");
    }
  }

  /** Conversations that share one file of declarations. */
  private void eachGroup(java.util.function.Consumer<List<Conversation>> check) {
    var groups = new java.util.IdentityHashMap<Declarations, List<Conversation>>();
    var order = new ArrayList<List<Conversation>>();
    for (var one : subject.conversations()) {
      groups
          .computeIfAbsent(
              one.declarations(),
              unused -> {
                var group = new ArrayList<Conversation>();
                order.add(group);
                return group;
              })
          .add(one);
    }
    order.forEach(check);
  }

  final Driver driver() {
    return subject.maker().get();
  }

  final boolean skips(String place) {
    return effort.only().skips(place);
  }

  /** At most {@link #MOMENTS_MAX} of the first {@code count} moments, spread evenly. */
  static List<Integer> moments(int count) {
    var moments = new ArrayList<Integer>();
    int step = 1 + Math.max(0, count - 1) / MOMENTS_MAX;
    for (int i = 0; i < count; i += step) {
      moments.add(i);
    }
    return moments;
  }

  static void requireSame(
      Rule rule, Conversation conversation, String place, List<String> right, List<String> said) {
    if (!said.equals(right)) {
      throw new RuleBroken(rule, conversation.name(), place, difference(right, said));
    }
  }

  static void require(
      boolean holds, Rule rule, Conversation conversation, String place, String what) {
    if (!holds) {
      throw new RuleBroken(rule, conversation.name(), place, what);
    }
  }

  /** D13. */
  static void requireOrderly(@Nullable Throwable end, Conversation conversation, String place) {
    if (end != null && !isOrderly(end)) {
      throw new RuleBroken(
          Rule.D13,
          conversation.name(),
          place,
          "nonsense is discarded or refused, never thrown; the driver threw " + end,
          end);
    }
  }

  /** Whether a run may end with this. */
  static boolean isOrderly(@Nullable Throwable end) {
    return end == null || end instanceof java.io.IOException || end instanceof InterruptedException;
  }

  private static String difference(List<String> right, List<String> said) {
    int at = 0;
    while (at < right.size() && at < said.size() && right.get(at).equals(said.get(at))) {
      at++;
    }
    return "expected "
        + right.size()
        + " lines, got "
        + said.size()
        + "; line "
        + (at + 1)
        + "\n  expected: "
        + (at < right.size() ? right.get(at) : "nothing more")
        + "\n  said:     "
        + (at < said.size() ? said.get(at) : "nothing more");
  }

  /** Some bytes of an alphabet. */
  static byte[] noise(SplittableRandom random, byte[] alphabet, int most) {
    var noise = new byte[1 + random.nextInt(most)];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = alphabet[random.nextInt(alphabet.length)];
    }
    return noise;
  }
}
