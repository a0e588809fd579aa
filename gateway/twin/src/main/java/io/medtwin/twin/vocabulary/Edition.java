package io.medtwin.twin.vocabulary;

/** Which of two meanings the pump codes of a message have. */
public enum Edition {
  /** As before the infusion pump supplement of 2015: 157784 is the actual rate. */
  BEFORE_2015,
  /** As since then: 157784 is the programmed rate, 158014 the actual one. */
  CURRENT
}
