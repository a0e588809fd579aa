package io.medtwin.driver.hl7v2;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a row belongs: OBX-4, {@code MDS.VMD.CHANNEL.METRIC} and perhaps a facet. The numbers are
 * labels inside one message.
 *
 * @param numbers at most {@link #LEVELS_MAX}; none where the sender wrote no, or a broken, OBX-4
 */
record Containment(List<Long> numbers) implements Comparable<Containment> {

  static final int LEVELS_MAX = 6;

  static final Containment NONE = new Containment(List.of());

  private static final int METRIC = 4;

  Containment {
    numbers = List.copyOf(numbers);
  }

  static Containment of(String text) {
    var numbers = new ArrayList<Long>();
    for (String part : text.split("\\.", LEVELS_MAX + 1)) {
      boolean isNumber =
          !part.isEmpty()
              && part.length() <= 12
              && part.chars().allMatch(c -> c >= '0' && c <= '9');
      if (!isNumber || numbers.size() == LEVELS_MAX) {
        return NONE;
      }
      numbers.add(Long.parseLong(part));
    }
    return new Containment(numbers);
  }

  /** Number of the device. */
  long device() {
    return numbers.isEmpty() ? 0 : numbers.get(0);
  }

  /** Whether it names the device, a module or a channel itself: its end is zeros. */
  boolean isObject() {
    return numbers.size() == 1
        || (numbers.size() >= 2
            && numbers.size() <= METRIC
            && numbers.get(numbers.size() - 1) == 0);
  }

  /** Whether it names the device itself. */
  boolean isDevice() {
    return isObject() && numbers.stream().skip(1).allMatch(number -> number == 0);
  }

  /** Whether it has a fifth number. */
  boolean isFacet() {
    return numbers.size() > METRIC;
  }

  /** The fifth number; 0 where there is none. */
  long facet() {
    return isFacet() ? numbers.get(METRIC) : 0;
  }

  /** What a facet is of. */
  Containment owner() {
    return isFacet() ? new Containment(numbers.subList(0, METRIC)) : this;
  }

  /** The module it is in, as its object row writes it. */
  Containment module() {
    return cut(2);
  }

  /** The channel it is in, as its object row writes it. */
  Containment channel() {
    return cut(3);
  }

  private Containment cut(int kept) {
    if (numbers.size() < METRIC) {
      return NONE;
    }
    var cut = new ArrayList<>(numbers.subList(0, kept));
    while (cut.size() < METRIC) {
      cut.add(0L);
    }
    return new Containment(cut);
  }

  @Override
  public int compareTo(Containment other) {
    for (int i = 0; i < Math.min(numbers.size(), other.numbers.size()); i++) {
      int order = Long.compare(numbers.get(i), other.numbers.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(numbers.size(), other.numbers.size());
  }

  /** {@code 1-2-1-7}. */
  String dashed() {
    return String.join("-", numbers.stream().map(String::valueOf).toList());
  }
}
