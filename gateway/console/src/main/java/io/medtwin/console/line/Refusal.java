package io.medtwin.console.line;

import java.util.List;

/** What was asked cannot be done; its problems are for people. */
public final class Refusal extends Exception {

  private static final long serialVersionUID = 1;

  /** What kind of refusal it is. */
  public enum Kind {
    /** What was named is not there. */
    NOT_FOUND,
    /** What was said makes no sense. */
    INVALID,
    /** It contradicts how things are. */
    CONFLICT,
    /** Too much at a time. */
    BUSY
  }

  private final Kind kind;

  @SuppressWarnings("serial") // an unmodifiable list of strings
  private final List<String> problems;

  /** A refusal for these reasons. */
  public Refusal(Kind kind, List<String> problems) {
    super(String.join("; ", problems));
    this.kind = kind;
    this.problems = List.copyOf(problems);
  }

  /** What kind it is. */
  public Kind kind() {
    return kind;
  }

  /** Every reason. */
  public List<String> problems() {
    return problems;
  }
}
