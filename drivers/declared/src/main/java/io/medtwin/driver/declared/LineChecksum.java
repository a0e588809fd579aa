package io.medtwin.driver.declared;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The checksum at the end of a line, as hex digits of either case: raw octets could be the mark
 * that ends the line.
 *
 * @param checksum or null for none
 * @param separator characters between text and checksum
 * @param overStart whether the start mark counts
 * @param overSeparator whether the separator counts
 */
record LineChecksum(
    @Nullable Checksum checksum, String separator, boolean overStart, boolean overSeparator) {

  static final LineChecksum NONE = new LineChecksum(null, "", false, false);

  /** The setting's text, such as {@code crc16-xmodem separator="|" over=start-and-text}. */
  static LineChecksum parse(String text) {
    var entry = Entry.parse(text.strip());
    if (entry.hasArrow() || entry.target().size() != 1) {
      throw Entry.problem("expected one word and options");
    }
    if (entry.target().getFirst().equals("none")) {
      entry.requireNoMoreOptions();
      return NONE;
    }
    var checksum = Checksum.parse(entry.target().getFirst(), entry);
    var parsed =
        new LineChecksum(
            checksum, entry.take("separator", ""), entry.isYes("start"), entry.isYes("separated"));
    entry.requireNoMoreOptions();
    return parsed;
  }

  /**
   * The text of a line without its checksum, or empty where that is not right.
   *
   * @param line without start and end marks
   * @param start mark before it, or less than 0
   */
  Optional<String> text(String line, int start) {
    if (checksum == null) {
      return Optional.of(line);
    }
    int digits = checksum.octets() * 2;
    int end = line.length() - digits;
    int textEnd = end - separator.length();
    if (textEnd < 0 || !line.startsWith(separator, textEnd)) {
      return Optional.empty();
    }
    var covered =
        (overStart && start >= 0 ? String.valueOf((char) start) : "")
            + line.substring(0, overSeparator ? end : textEnd);
    var octets = ByteBuffer.wrap(covered.getBytes(StandardCharsets.ISO_8859_1));
    long expected = checksum.of(octets, 0, octets.remaining());
    boolean right =
        Decimals.digits(line.substring(end), 16)
            .filter(number -> number.longValue() == expected)
            .isPresent();
    return right ? Optional.of(line.substring(0, textEnd)) : Optional.empty();
  }

  @Override
  public String toString() {
    return checksum == null ? "none" : checksum.kind() + checksum.width();
  }
}
