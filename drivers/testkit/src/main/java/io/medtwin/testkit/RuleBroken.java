package io.medtwin.testkit;

import org.jspecify.annotations.Nullable;

/** A driver breaks a rule, at a place that shows it again. */
public final class RuleBroken extends AssertionError {

  private static final long serialVersionUID = 1;

  private final Rule rule;
  private final String transcript;
  private final String place;
  private final String what;

  RuleBroken(Rule rule, String transcript, String place, String what) {
    this(rule, transcript, place, what, null);
  }

  RuleBroken(Rule rule, String transcript, String place, String what, @Nullable Throwable cause) {
    super(
        rule
            + ": "
            + transcript
            + (place.isEmpty() ? "" : (transcript.isEmpty() ? "" : " at ") + place)
            + (transcript.isEmpty() && place.isEmpty() ? "" : ": ")
            + what,
        cause);
    this.rule = rule;
    this.transcript = transcript;
    this.place = place;
    this.what = what;
  }

  /** The same, said of a transcript where it was said of none. */
  RuleBroken in(String name) {
    return transcript.isEmpty() && place.isEmpty()
        ? new RuleBroken(rule, name, "", what, getCause())
        : this;
  }

  /** The rule. */
  public Rule rule() {
    return rule;
  }

  /** Name of the transcript; empty where it is none of one. */
  public String transcript() {
    return transcript;
  }

  /** Where in its damage, such as {@code seed-7}; empty where there is one place only. */
  public String place() {
    return place;
  }
}
