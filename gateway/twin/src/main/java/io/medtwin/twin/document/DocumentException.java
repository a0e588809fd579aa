package io.medtwin.twin.document;

import java.util.List;
import java.util.stream.Collectors;

/** A file cannot be used, and all reasons why. */
public final class DocumentException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  DocumentException(List<Problem> problems, int more) {
    super(
        problems.stream().map(Problem::toString).collect(Collectors.joining("\n"))
            + (more > 0 ? "\nand " + more + " more" : ""));
    this.problems = problems;
  }

  /** Every problem, in the order of file and line. */
  public List<Problem> problems() {
    return problems;
  }
}
