package io.medtwin.driver.gattvitals;

import java.util.EnumSet;
import java.util.Set;

/** Between a bit field and the set of its named bits. Reserved bits are ignored. */
final class StatusBits {

  /** A status with a place in a bit field. */
  interface Bit {
    /** Number of the bit, 0 for the lowest. */
    int bit();
  }

  private StatusBits() {}

  static <E extends Enum<E> & Bit> Set<E> of(int field, Class<E> type) {
    var set = EnumSet.allOf(type);
    set.removeIf(status -> (field >>> status.bit() & 1) == 0);
    return Set.copyOf(set);
  }

  static int field(Set<? extends Bit> statuses) {
    return statuses.stream().mapToInt(status -> 1 << status.bit()).reduce(0, (a, b) -> a | b);
  }
}
