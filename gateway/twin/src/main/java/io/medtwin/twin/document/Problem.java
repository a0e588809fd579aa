package io.medtwin.twin.document;

/**
 * One thing wrong in a file.
 *
 * @param file name of the file, as the user gave it
 * @param line line in it, from 1; 0 where the whole file is meant
 * @param message what was expected and what is there, with a suggestion where there is one
 */
public record Problem(String file, int line, String message) {
  @Override
  public String toString() {
    return line > 0 ? file + ":" + line + ": " + message : file + ": " + message;
  }
}
