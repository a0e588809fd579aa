package io.medtwin.driver.senml;

/** A pack that is refused as a whole, and why. Holds no payload. */
public final class SenmlException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What is wrong with a pack. */
  public enum Problem {
    /** A label that ends in {@code _}: whoever does not know it must not read the pack. */
    MUST_UNDERSTAND,
    /** A version above 10. */
    UNSUPPORTED_VERSION,
    /** A record whose base name and name are both empty. */
    NO_NAME,
    /** A name with a character, a start or a length that is not allowed. */
    BAD_NAME,
    /** A record that is named and has neither value nor sum. */
    NO_VALUE,
    /** It breaks JSON, CBOR or the types of its labels. */
    MALFORMED,
    /** More octets or levels than are read here. */
    TOO_LARGE
  }

  private final Problem problem;

  SenmlException(Problem problem, String message) {
    super(message);
    this.problem = problem;
  }

  /** What is wrong. */
  public Problem problem() {
    return problem;
  }
}
