package io.medtwin.app.scaffold;

/** How a device talks: what the driver of a new project is built around. */
public enum Talk {
  /** Bytes, by itself. */
  STREAM("stream"),
  /** Bytes, when it is asked. */
  POLLED("polled"),
  /** Messages, of many devices behind one link. */
  MESSAGES("messages");

  private final String word;

  Talk(String word) {
    this.word = word;
  }

  /** As written on the command line; the folder of its templates. */
  @Override
  public String toString() {
    return word;
  }
}
