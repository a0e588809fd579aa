package io.medtwin.driver.gattvitals;

/** A characteristic value breaks its layout: nothing of it may be used. Holds no payload. */
public final class GattException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What is wrong with a value. */
  public enum Problem {
    /** Fewer octets than its flags require. */
    TRUNCATED,
    /** A field holds a value that its specification reserves or forbids. */
    RESERVED_VALUE
  }

  private final Problem problem;

  GattException(Problem problem, String message) {
    super(message);
    this.problem = problem;
  }

  /** What is wrong. */
  public Problem problem() {
    return problem;
  }
}
