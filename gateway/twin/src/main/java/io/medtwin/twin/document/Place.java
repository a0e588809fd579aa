package io.medtwin.twin.document;

/**
 * Where something stands.
 *
 * @param file name of the file
 * @param line line in it, from 1; 0 where the whole file is meant
 */
public record Place(String file, int line) {
  /** A problem here. */
  public Problem problem(String message) {
    return new Problem(file, line, message);
  }
}
