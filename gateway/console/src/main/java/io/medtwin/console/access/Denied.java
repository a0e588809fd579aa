package io.medtwin.console.access;

import java.time.Duration;

/** Why somebody was not let in, or a user could not be changed. */
public final class Denied extends Exception {

  private static final long serialVersionUID = 1;

  /** What kind of denial it is. */
  public enum Kind {
    /** Wrong user, password or code. */
    WRONG,
    /** Too many wrong ones before, or too many at a time. */
    THROTTLED,
    /** What was said makes no sense. */
    INVALID,
    /** It contradicts how things are. */
    CONFLICT,
    /** There is no such user. */
    NOT_FOUND,
    /** It could not be written. */
    FAILED
  }

  private final Kind kind;
  private final Duration retryAfter;

  Denied(Kind kind, String why) {
    this(kind, why, Duration.ZERO);
  }

  Denied(Kind kind, String why, Duration retryAfter) {
    super(why);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  /** What kind it is. */
  public Kind kind() {
    return kind;
  }

  /** How long to wait, where waiting helps. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
