package io.medtwin.driver.bbraunbcc;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One thing that a ComDevice tells: {@code time,address,parameter,value}.
 *
 * @param time seconds since the ComDevice was switched on
 * @param address {@code 501xy}: pillar x 1 to 3, slot y 1 to 9 and A to O from the bottom; {@link
 *     #SYSTEM} is the ComDevice
 * @param parameter name such as {@code INRT}
 * @param value as sent, may be empty; no control characters
 */
public record Quadruple(long time, String address, String parameter, String value) {

  /** Address of the ComDevice itself. */
  public static final String SYSTEM = "50100";

  private static final Pattern TIME = Pattern.compile("\\d{1,10}");
  private static final Pattern ADDRESS = Pattern.compile("501(00|[1-3][1-9A-O])");
  private static final Pattern PARAMETER = Pattern.compile("[A-Z][A-Z0-9]{0,31}");
  private static final int FIELDS = 4;

  public Quadruple {
    if (time < 0
        || !ADDRESS.matcher(address).matches()
        || !PARAMETER.matcher(parameter).matches()
        || !value.chars().allMatch(BccFrame::isText)) {
      throw new IllegalArgumentException("a quadruple is time,501xy,NAME,text");
    }
  }

  /** What a piece of a block tells, or empty if it is no quadruple. */
  static Optional<Quadruple> parse(String piece) {
    var fields = piece.split(",", FIELDS);
    if (fields.length != FIELDS || !TIME.matcher(fields[0]).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Quadruple(Long.parseLong(fields[0]), fields[1], fields[2], fields[3]));
    } catch (IllegalArgumentException contentIsNoQuadruple) {
      return Optional.empty();
    }
  }

  /** Whether this is about the ComDevice itself. */
  boolean isOfSystem() {
    return address.equals(SYSTEM);
  }

  @Override
  public String toString() {
    return time + "," + address + "," + parameter + "," + value;
  }
}
