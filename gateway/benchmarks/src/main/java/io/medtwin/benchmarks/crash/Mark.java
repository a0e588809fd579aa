package io.medtwin.benchmarks.crash;

/**
 * Something that must have its effect in the twin once and only once.
 *
 * @param kind which effect
 * @param id unique over all devices and rounds
 */
record Mark(Kind kind, String id) {

  /** Which effect. */
  enum Kind {
    START,
    END,
    EVENT
  }
}
