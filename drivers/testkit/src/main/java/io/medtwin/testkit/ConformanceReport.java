package io.medtwin.testkit;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a driver keeps the rules.
 *
 * @param driver its id
 * @param version its version
 * @param outcomes one for each rule that was checked, in order
 */
public record ConformanceReport(String driver, String version, List<Outcome> outcomes) {

  /** How it stands with a rule. */
  public enum State {
    /** It is kept. */
    HELD,
    /** It is broken. */
    BROKEN,
    /** The protocol cannot give it, and says why. */
    NOT_APPLICABLE,
    /** It was not checked this time. */
    NOT_ASKED
  }

  /**
   * The outcome of one rule.
   *
   * @param rule the rule
   * @param state how it stands
   * @param why what was declared, or what broke it; may be empty
   * @param broken where it is broken; null if it is not
   */
  public record Outcome(Rule rule, State state, String why, @Nullable RuleBroken broken) {

    static Outcome held(Rule rule, String why) {
      return new Outcome(rule, State.HELD, why, null);
    }

    static Outcome notApplicable(Rule rule, String why) {
      return new Outcome(rule, State.NOT_APPLICABLE, why, null);
    }

    static Outcome notAsked(Rule rule, String why) {
      return new Outcome(rule, State.NOT_ASKED, why, null);
    }

    static Outcome broken(Rule rule, RuleBroken broken) {
      return new Outcome(rule, State.BROKEN, String.valueOf(broken.getMessage()), broken);
    }
  }

  public ConformanceReport {
    outcomes = List.copyOf(outcomes);
  }

  /** The highest grade of which every rule was checked and none is broken; empty below Bronze. */
  public Optional<Grade> grade() {
    Optional<Grade> held = Optional.empty();
    for (var grade : Grade.values()) {
      for (var rule : Rule.values()) {
        if (rule.grade() == grade && !holds(rule)) {
          return held;
        }
      }
      held = Optional.of(grade);
    }
    return held;
  }

  /** The rules that are broken, by the first place of each. */
  public List<Outcome> failures() {
    return outcomes.stream().filter(one -> one.state() == State.BROKEN).toList();
  }

  private boolean holds(Rule rule) {
    return outcomes.stream()
        .anyMatch(
            one ->
                one.rule() == rule
                    && (one.state() == State.HELD || one.state() == State.NOT_APPLICABLE));
  }
}
