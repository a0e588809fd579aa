package io.medtwin.benchmarks.crash;

/**
 * A promise that was not kept.
 *
 * @param rule which one
 * @param device whose; empty for the gateway itself
 * @param expected what should have been
 * @param came what was
 */
record Violation(Rule rule, String device, String expected, String came) {

  /** What is promised. */
  enum Rule {
    /** What was acknowledged is in the ledger, and has its effect in the twin. */
    NOTHING_LOST,
    /** Sequence numbers, values, alerts and events in the device's order. */
    IN_ORDER,
    /** Nothing has its effect twice. */
    EXACTLY_ONCE,
    /** received = delivered + coalesced + pending + rejected + expired. */
    BALANCED,
    /** The twin ends as what the device said last. */
    FINALLY_RIGHT,
    /** The gateway starts, goes on and comes back by itself. */
    ALIVE
  }

  @Override
  public String toString() {
    return rule
        + " "
        + (device.isEmpty() ? "gateway" : device)
        + ": expected "
        + expected
        + "; came "
        + came;
  }
}
