package io.medtwin.benchmarks.crash;

/** What a gateway cannot be held to after certain faults. */
enum Excuse {
  /** Nothing. */
  NONE,
  /**
   * Its disk failed, so it told twins from memory what it acknowledged to nobody. Killed, it does
   * not know that; what was never acknowledged may be told again, and values may go back to the
   * last acknowledged one.
   */
  FROM_MEMORY,
  /**
   * The end of its journal was damaged: what was acknowledged before the kill may be missing, and
   * values may go back to where the round began. The ledger must have a gap.
   */
  TAIL_LOST
}
