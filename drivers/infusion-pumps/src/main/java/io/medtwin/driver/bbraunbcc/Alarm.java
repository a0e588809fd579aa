package io.medtwin.driver.bbraunbcc;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Conditions that a pump alarms for. It tells them by {@code INA1} to {@code INA16}, by the bits of
 * {@code ALARM1}, or by both, as configured at the ComDevice; a condition lasts while either names
 * it.
 */
enum Alarm {
  BATTERY_EMPTY(1),
  SYRINGE_EMPTY(2, 9),
  PRESSURE(3, 10),
  STANDBY_ENDS_SOON(4),
  STANDBY_OVER(5, 12),
  CC(6),
  END_OF_VOLUME(7, 13),
  TIME_OVER(8, 14),
  SYRINGE(9),
  BATTERY_PRE_ALARM(11),
  SYRINGE_PRE_ALARM(12),
  DOOR_OPEN(13),
  DROP(14, 22, 23, 24, 25, 26, 27),
  AIR(15, 28, 29, 30, 31),
  KVO_END(16, 19),
  BATTERY_COVER(0, 8),
  DRIVE_BLOCKED(0, 11),
  CLAW(0, 15),
  PRESSURE_SENSOR(0, 16),
  HOLDER_OPEN(0, 17),
  NO_SYRINGE(0, 18),
  UPSTREAM(0, 20);

  private static final String BITS = "ALARM1";
  private static final int BIT_COUNT = 32;
  private static final Pattern NUMBERED = Pattern.compile("INA(\\d{1,2})");

  private final int number;
  private final Set<Integer> bits;

  /**
   * @param number of the {@code INA} parameter; 0 for none
   * @param bits of {@code ALARM1}
   */
  Alarm(int number, Integer... bits) {
    this.number = number;
    this.bits = Set.of(bits);
  }

  /**
   * What a block tells of alarms.
   *
   * @param on codes of the conditions that are on; {@code INA10} and {@code ALARM1_BIT_21} for
   *     those that the description does not name
   * @param off codes of those that it says are not
   */
  record Told(Set<String> on, Set<String> off) {
    Told {
      on = Set.copyOf(on);
      off = Set.copyOf(off);
    }
  }

  /** Whether a parameter tells an alarm and nothing else. */
  static boolean isAlarm(String parameter) {
    return NUMBERED.matcher(parameter).matches();
  }

  /** What a block tells of the alarms of one pump. */
  static Told told(List<Quadruple> block, BitField bitField) {
    var on = new TreeSet<String>();
    var off = new TreeSet<String>();
    for (var quadruple : block) {
      var numbered = NUMBERED.matcher(quadruple.parameter());
      if (numbered.matches()) {
        var code = ofNumber(Integer.parseInt(numbered.group(1)));
        switch (quadruple.value()) {
          case "1" -> on.add(code);
          case "0" -> off.add(code);
          default -> {} // not available: neither
        }
      } else if (quadruple.parameter().equals(BITS)) {
        bitField.parse(quadruple.value()).ifPresent(bits -> sort(bits, on, off));
      }
    }
    off.removeAll(on);
    return new Told(on, off);
  }

  private static void sort(long bits, Set<String> on, Set<String> off) {
    for (int bit = 0; bit < BIT_COUNT; bit++) {
      var code = ofBit(bit);
      ((bits >> bit & 1) == 1 ? on : off).add(code);
    }
  }

  private static String ofNumber(int number) {
    return known(alarm -> alarm.number == number).orElse("INA" + number);
  }

  private static String ofBit(int bit) {
    return known(alarm -> alarm.bits.contains(bit)).orElse(BITS + "_BIT_" + bit);
  }

  private static Optional<String> known(Predicate<Alarm> fits) {
    for (var alarm : values()) {
      if (fits.test(alarm)) {
        return Optional.of(alarm.name());
      }
    }
    return Optional.empty();
  }
}
