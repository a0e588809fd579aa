package io.medtwin.twin.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The problems found so far while reading one or more files; at most {@link #LIMIT} are kept, the
 * rest is counted.
 */
public final class Problems {

  private static final int LIMIT = 200;

  private final List<Problem> found = new ArrayList<>();
  private int more;

  /** Adds one; one that is there already, since a part was read twice, counts once. */
  public void add(Problem problem) {
    if (found.contains(problem)) {
      return;
    }
    if (found.size() < LIMIT) {
      found.add(problem);
    } else {
      more++;
    }
  }

  /** Whether nothing is wrong so far. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** All kept problems, by file and line. */
  public List<Problem> list() {
    return found.stream()
        .sorted(Comparator.comparing(Problem::file).thenComparing(Problem::line))
        .toList();
  }

  /**
   * Ends the reading.
   *
   * @throws DocumentException holding all problems, if there is one
   */
  public void throwIfAny() throws DocumentException {
    if (!isEmpty()) {
      throw new DocumentException(list(), more);
    }
  }
}
