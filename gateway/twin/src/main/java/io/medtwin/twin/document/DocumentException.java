package io.medtwin.twin.document;

import java.util.List;
import java.util.stream.Collectors;

/** A file cannot be used, and all reasons why. */
public final class DocumentException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;
  private final int more;

  DocumentException(List<Problem> problems, int more) {
    super(
        problems.stream().map(Problem::toString).collect(Collectors.joining("\n"))
            + (more > 0 ? "\nand " + more + " more" : ""));
    this.problems = problems;
    this.more = more;
  }

  /** Every problem, in the order of file and line. */
  public List<Problem> problems() {
    return problems;
  }

  /** The same of a file that is known under another name. */
  public DocumentException renamed(String from, String to) {
    return new DocumentException(
        problems.stream()
            .map(
                problem ->
                    new Problem(
                        problem.file().replace(from, to),
                        problem.line(),
                        problem.message().replace(from, to)))
            .toList(),
        more);
  }
}
