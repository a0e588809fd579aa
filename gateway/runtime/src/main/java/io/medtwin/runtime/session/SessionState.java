package io.medtwin.runtime.session;

import java.time.Instant;

/** Where a session stands. */
public sealed interface SessionState {

  /** Not started yet. */
  record Waiting() implements SessionState {}

  /**
   * The transport is opening.
   *
   * @param since since when
   */
  record Opening(Instant since) implements SessionState {}

  /**
   * The driver runs.
   *
   * @param since since when
   */
  record Running(Instant since) implements SessionState {}

  /**
   * Lost; tried again later.
   *
   * @param until when it is tried again
   * @param why what went wrong
   * @param attempts how often in a row it went wrong
   */
  record BackingOff(Instant until, String why, int attempts) implements SessionState {}

  /**
   * Its driver failed again and again, or could not be ended: it is left alone for long.
   *
   * @param until when it is tried again; {@link Instant#MAX}: when its plugin is replaced
   * @param why what it did
   */
  record Quarantined(Instant until, String why) implements SessionState {}

  /** Ended for good. */
  record Stopped() implements SessionState {}
}
