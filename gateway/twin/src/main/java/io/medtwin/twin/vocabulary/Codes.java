package io.medtwin.twin.vocabulary;

/** The arithmetic of context-free codes: partition * 65536 + term code. */
final class Codes {

  /** Codes of one partition. */
  static final int PARTITION = 0x1_0000;

  /** Partition of metrics. */
  static final int METRICS = 2;

  /** Partition of units. */
  static final int UNITS = 4;

  private static final int PRIVATE_FROM = 0xF000;
  private static final int SDC_PRIVATE = 1024;

  private Codes() {}

  static int of(int partition, int termCode) {
    return partition * PARTITION + termCode;
  }

  /** Whether the number is 16 bits and says nothing of its partition. */
  static boolean isBare(long code) {
    return code > 0 && code < PARTITION;
  }

  /** Metrics 0xF000 to 0xFFFF, and partition 1024 in SDC systems: each maker's own. */
  static boolean isPrivate(long code) {
    long partition = code / PARTITION;
    return (partition == METRICS && code % PARTITION >= PRIVATE_FROM) || partition == SDC_PRIVATE;
  }
}
