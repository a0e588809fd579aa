package io.medtwin.twin.identity;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Spellings of serial numbers. Messages of one pump write {@code SN-004711}, {@code 004711} and
 * {@code 4711}; two pumps may differ in just that. So spellings are compared and told, never made
 * equal.
 */
public final class SerialNumbers {

  private static final Pattern PREFIX =
      Pattern.compile("^(?:SERIAL|S/N|SNR|SN|NO)?[\\s.:#_-]*0*(?=.)");

  private SerialNumbers() {}

  /** Whether two texts may mean the same number: the same but for case, prefix and zeros. */
  public static boolean mayBeSame(String one, String other) {
    return bare(one).equals(bare(other));
  }

  /** Without case, prefix and zeros. */
  static String bare(String serial) {
    var upper = serial.strip().toUpperCase(Locale.ROOT);
    return PREFIX.matcher(upper).replaceFirst("");
  }
}
