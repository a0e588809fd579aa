package io.medtwin.ditto.embedded.internal.server;

import java.time.Duration;

/** What is done to a command on purpose, instead of or besides carrying it out. */
public sealed interface Trouble {
  /** Nothing: the command is carried out. */
  record None() implements Trouble {}

  /** Refused with this status, not carried out. */
  record Refuse(int status) implements Trouble {}

  /** Carried out and answered, this much later. */
  record Delay(Duration by) implements Trouble {}

  /** Neither carried out nor answered. */
  record Hang() implements Trouble {}

  /** Carried out, never answered. */
  record LoseAnswer() implements Trouble {}
}
