package io.medtwin.twin.normalizer;

/**
 * Whether a value can be used, in the words of the twin. One list for the two vocabularies of the
 * field (IEEE 11073-10207 measurement validity, and the status bits of the classic and
 * personal-health parts). Declared most severe first.
 */
public enum Validity {
  INVALID("invalid", false),
  NOT_AVAILABLE("not-available", false),
  ONGOING("ongoing", false),
  OVERFLOW("overflow", false),
  UNDERFLOW("underflow", false),
  CALIBRATING("calibrating", true),
  QUESTIONABLE("questionable", true),
  EARLY("early", true),
  VALIDATED("validated", true),
  VALID("valid", true);

  private final String word;
  private final boolean valueAllowed;

  Validity(String word, boolean valueAllowed) {
    this.word = word;
    this.valueAllowed = valueAllowed;
  }

  /** As written in the twin. */
  public String word() {
    return word;
  }

  /** Whether a value may stand beside it. */
  public boolean valueAllowed() {
    return valueAllowed;
  }

  /** Whether a number may stand beside it that the value lies above or below. */
  public boolean boundAllowed() {
    return this == OVERFLOW || this == UNDERFLOW;
  }

  /** The more severe of two. */
  public Validity worse(Validity other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
