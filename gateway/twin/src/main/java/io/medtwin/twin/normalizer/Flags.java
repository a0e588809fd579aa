package io.medtwin.twin.normalizer;

import io.medtwin.spi.Reading.Flag;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was said of a value beside it: by the device, and by the gateway where it doubts
 * the number or its time. The {@link Validity} is made of it; these are all of them.
 *
 * @param bits two of the gateway, then one for each flag of the device by its ordinal
 */
public record Flags(int bits) {

  private static final Flag[] SAID = Flag.values();

  /** The number lies outside the plausible bounds of its profile. */
  private static final int IMPLAUSIBLE = 1;

  /** The device calls its clock synchronised, and the gateway's disagrees. */
  private static final int CLOCK_OFF = 2;

  private static final int FIRST_SAID = 2;
  private static final int MODES = bit(Flag.TEST) | bit(Flag.DEMO);

  /** Each is made once, so that a reading with flags costs no object. */
  private static final @Nullable Flags[] KNOWN = new Flags[1 << (FIRST_SAID + SAID.length)];

  /** Nothing was said. */
  public static final Flags NONE = known(0);

  /** Those of the device. */
  public static Flags of(Set<Flag> said) {
    int bits = 0;
    for (Flag flag : SAID) {
      bits |= said.contains(flag) ? bit(flag) : 0;
    }
    return known(bits);
  }

  /** Those of a saved state; unknown ones are left out. */
  public static Flags of(long bits) {
    return known((int) bits & (KNOWN.length - 1));
  }

  Flags implausible() {
    return known(bits | IMPLAUSIBLE);
  }

  Flags clockOff() {
    return known(bits | CLOCK_OFF);
  }

  /** Whether the device set a flag. */
  public boolean has(Flag flag) {
    return (bits & bit(flag)) != 0;
  }

  /** Whether the number lies outside the plausible bounds of its profile. */
  public boolean isImplausible() {
    return (bits & IMPLAUSIBLE) != 0;
  }

  /** Whether the device calls its clock synchronised, and the gateway's disagrees. */
  public boolean isClockOff() {
    return (bits & CLOCK_OFF) != 0;
  }

  /**
   * As written in the twin: all of them, separated by spaces, where they say more than the validity
   * does; else empty. Test and demo are the mode, and not among them.
   */
  public String words(Validity told) {
    int left = bits & ~MODES;
    if (left == 0) {
      return "";
    }
    var words = new StringJoiner(" ");
    for (Flag flag : SAID) {
      if ((left & bit(flag)) != 0) {
        words.add(flag.name().toLowerCase(Locale.ROOT));
      }
    }
    if (isImplausible()) {
      words.add("implausible");
    }
    if (isClockOff()) {
      words.add("clock-off");
    }
    var text = words.toString();
    return text.equals(told.word()) ? "" : text;
  }

  private static Flags known(int bits) {
    var flags = KNOWN[bits];
    if (flags == null) {
      flags = new Flags(bits);
      KNOWN[bits] = flags;
    }
    return flags;
  }

  private static int bit(Flag flag) {
    return 1 << (FIRST_SAID + flag.ordinal());
  }
}
