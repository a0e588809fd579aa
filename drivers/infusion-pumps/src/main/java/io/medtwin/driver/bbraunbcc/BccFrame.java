package io.medtwin.driver.bbraunbcc;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One request, or one block of an answer, without framing and checksum.
 *
 * @param bed name of the station, 1 to 15 digits and characters 65 to 122
 * @param information a request such as {@code MEM:GET}, or {@link Quadruple}s with RS between them;
 *     no other control characters
 * @param last whether nothing follows it (ETX); otherwise more blocks do (ETB)
 */
public record BccFrame(String bed, String information, boolean last) {

  /** Between two quadruples. */
  private static final char RECORD_SEPARATOR = 0x1E;

  private static final Pattern BED = Pattern.compile("[0-9A-z]{1,15}");
  private static final Pattern VERSION = Pattern.compile("(\\d{1,10}),50100,(V\\S{1,20})");
  private static final String ACKNOWLEDGED = "GNACK";
  private static final String ERROR = "GNERR";
  private static final Pattern ERROR_CODE = Pattern.compile("\\d{1,5}");

  public BccFrame {
    if (!BED.matcher(bed).matches()) {
      throw new IllegalArgumentException(
          "a bed is called by 1 to 15 digits and characters 65 to 122");
    }
    if (!information.chars().allMatch(c -> c == RECORD_SEPARATOR || isText(c))) {
      throw new IllegalArgumentException("information holds text and RS");
    }
  }

  /** A block of an answer that tells this. */
  public static BccFrame of(String bed, List<Quadruple> told, boolean last) {
    var separator = String.valueOf(RECORD_SEPARATOR);
    return new BccFrame(
        bed, told.stream().map(Quadruple::toString).collect(Collectors.joining(separator)), last);
  }

  /** What the block tells; pieces that are no quadruples are left out. */
  public List<Quadruple> quadruples() {
    return pieces().map(Quadruple::parse).flatMap(Optional::stream).toList();
  }

  /**
   * Bytes of the pieces that are no quadruples.
   *
   * @param told the {@link #quadruples}
   */
  int unreadable(List<Quadruple> told) {
    return told.size() == pieces().count()
        ? 0
        : pieces().filter(piece -> Quadruple.parse(piece).isEmpty()).mapToInt(String::length).sum();
  }

  /** The answer to {@code ADMIN:VERSION}, which has three fields: {@code V3.30}. */
  public Optional<String> version() {
    var match = VERSION.matcher(information);
    return match.matches() ? Optional.of(match.group(2)) : Optional.empty();
  }

  /** Whether the ComDevice says that it is there ({@code GNACK}). */
  boolean isAcknowledgement() {
    return information.contains(ACKNOWLEDGED) // seldom, and cheaply known
        && quadruples().stream().anyMatch(q -> q.parameter().equals(ACKNOWLEDGED));
  }

  /** The error that the ComDevice tells of itself ({@code GNERR}), or empty. */
  public Optional<Integer> systemError() {
    return !information.contains(ERROR)
        ? Optional.empty()
        : quadruples().stream()
            .filter(Quadruple::isOfSystem)
            .flatMap(q -> errorOf(q).stream())
            .findFirst();
  }

  /** The number of an error, or empty where this tells none. */
  static Optional<Integer> errorOf(Quadruple told) {
    return told.parameter().equals(ERROR) && ERROR_CODE.matcher(told.value()).matches()
        ? Optional.of(Integer.valueOf(told.value()))
        : Optional.empty();
  }

  static boolean isText(int c) {
    return c >= ' ' && c != 0x7F;
  }

  private Stream<String> pieces() {
    return Arrays.stream(information.split(String.valueOf(RECORD_SEPARATOR), -1));
  }
}
