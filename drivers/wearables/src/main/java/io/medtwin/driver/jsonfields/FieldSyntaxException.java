package io.medtwin.driver.jsonfields;

import java.util.List;
import java.util.stream.Collectors;

/** A list of fields that does not parse: all its problems at once. */
public final class FieldSyntaxException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * One problem.
   *
   * @param line of the list, from 1
   * @param text what was expected and what came
   */
  public record Problem(int line, String text) {
    @Override
    public String toString() {
      return "line " + line + ": " + text;
    }
  }

  private final transient List<Problem> problems;

  FieldSyntaxException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
    this.problems = List.copyOf(problems);
  }

  /** All of them, by line. */
  public List<Problem> problems() {
    return problems;
  }
}
