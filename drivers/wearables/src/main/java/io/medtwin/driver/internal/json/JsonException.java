package io.medtwin.driver.internal.json;

/** Content that is not read, and why. Says where, never what: the content may be of a patient. */
public final class JsonException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Kinds of refusal. */
  public enum Kind {
    /** It breaks its own format. */
    MALFORMED,
    /** Larger or deeper than is read here. */
    TOO_LARGE
  }

  private final Kind kind;

  /** An error of the given kind. */
  public JsonException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** Which of the two. */
  public Kind kind() {
    return kind;
  }
}
