package io.medtwin.journal;

import java.time.Instant;

/**
 * What the keeper of twins did by itself, at a moment that the entries alone do not tell. With
 * entries and notes in their order every twin, outbox and ledger can be told again.
 */
public sealed interface Note {

  /** Counts notes over the whole life of a journal, from 1. */
  long id();

  /** Position of the last entry that had been taken into the twins. */
  long after();

  /** Configured id of the device. */
  String device();

  /** When, by the gateway's clock, in whole milliseconds. */
  Instant at();

  /**
   * Time passed for the device, and that changed its twin.
   *
   * @param id number of the note
   * @param after last entry taken
   * @param device configured id
   * @param at when
   */
  record Aged(long id, long after, String device, Instant at) implements Note {}

  /**
   * A new life of the gateway began for the device.
   *
   * @param id number of the note
   * @param after last entry taken
   * @param device configured id
   * @param at when
   */
  record Restarted(long id, long after, String device, Instant at) implements Note {}

  /**
   * A command is about to be submitted: from here on it may take effect. A number 0 stands for the
   * question what the backend has stored.
   *
   * @param id number of the note
   * @param after last entry taken
   * @param device configured id
   * @param at when
   * @param epoch ownership counter
   * @param seq write counter within the epoch, 0 for a question
   */
  record Sent(long id, long after, String device, Instant at, long epoch, long seq)
      implements Note {}

  /**
   * The command was answered.
   *
   * @param id number of the note
   * @param after last entry taken
   * @param device configured id
   * @param at when
   * @param outcome what became of it
   * @param epoch as stored, where the answer tells it, else 0
   * @param seq as stored, where the answer tells it, else 0
   */
  record Settled(
      long id, long after, String device, Instant at, Outcome outcome, long epoch, long seq)
      implements Note {}

  /** Kinds of answers. */
  enum Outcome {
    /** Taken. */
    STORED,
    /** The thing was made. */
    CREATED,
    /** The thing was there; epoch and seq are those it has. */
    FOUND,
    /** The thing was asked for its alerts and events; seq is how many that waited it has. */
    RECALLED,
    /** What is stored is as new or newer. */
    OUTDATED,
    /** Refused for good. */
    REFUSED,
    /** No right or no thing. */
    NOT_PROVISIONED,
    /** Refused for now: it did not take effect. */
    BUSY,
    /** No answer: it may have taken effect. */
    UNKNOWN
  }
}
