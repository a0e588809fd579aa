package io.medtwin.driver.declared;

import io.medtwin.spi.DeviceException;
import io.medtwin.spi.Session;
import io.medtwin.spi.SilenceException;
import io.medtwin.spi.StreamLink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Cuts the bytes of a link into lines, without marks and checksum. Used by one thread. */
final class LineReader {

  /** Where a line has no start mark. */
  static final int NO_START = -1;

  /** Bytes without one known line behind which the device is taken to speak something else. */
  static final int MAX_STRANGE_BYTES = 65_536;

  private final StreamLink link;
  private final Session session;
  private final int start;
  private final int end;
  private final int longest;
  private final LineChecksum checksum;
  private int strangeBytes;
  private int lastBytes;

  /** Whether what comes next is the beginning of a line. */
  private boolean atBeginning;

  LineReader(
      StreamLink link,
      Session session,
      int start,
      int end,
      int longest,
      LineChecksum checksum,
      boolean atBeginning) {
    this.link = link;
    this.session = session;
    this.start = start;
    this.end = end;
    this.longest = longest;
    this.checksum = checksum;
    this.atBeginning = atBeginning || isGuarded();
  }

  /**
   * Waits for the next line.
   *
   * @return its text, or empty where what came was none, or a line without text; it is counted
   * @throws DeviceException nothing that came for long was a known line
   */
  Optional<String> next(Duration silence) throws IOException, InterruptedException {
    var bytes = link.peekThrough(end, longest, silence);
    int length = bytes.remaining();
    lastBytes = length;
    boolean ended = Byte.toUnsignedInt(bytes.get(length - 1)) == end;
    var whole = StandardCharsets.ISO_8859_1.decode(bytes).toString();
    if (!ended) {
      int next = start == NO_START ? -1 : whole.lastIndexOf((char) start);
      link.skip(next > 0 ? next : length);
      atBeginning = isGuarded();
      strange("no line end within the longest line", next > 0 ? next : length);
      return Optional.empty();
    }
    link.skip(length);
    var marked = whole.substring(0, length - 1);
    if (!atBeginning) {
      // Its end alone could be a line of another value: 7 % of 97 %.
      atBeginning = true;
      if (!isLineEnds(marked)) {
        strange("line whose beginning was not seen", length);
      }
      return Optional.empty();
    }
    int from = start == NO_START ? behindNoise(marked) : marked.lastIndexOf((char) start) + 1;
    if (start != NO_START && from == 0) {
      if (!isLineEnds(marked) || !isLineEnd((char) end)) {
        strange("no start mark", length);
      }
      return Optional.empty();
    }
    int before = start == NO_START ? from : from - 1;
    if (!isLineEnds(marked.substring(0, before))) {
      strange("bytes before a line", before);
    }
    lastBytes = length - before;
    var line = withoutLineEnds(marked.substring(from));
    if (line.isBlank() && before == 0 && start == NO_START) {
      return Optional.empty();
    }
    var text = checksum.text(line, start);
    if (text.isEmpty()) {
      strange("checksum");
    }
    return text;
  }

  /** What was read last is a line that the declaration knows. */
  void known() {
    strangeBytes = 0;
  }

  /** Counts the line that was read last: the declaration does not know it. */
  void strange(String why) throws DeviceException {
    strange(why, lastBytes);
  }

  private void strange(String why, int bytes) throws DeviceException {
    session.discard(why, bytes);
    strangeBytes += bytes;
    if (strangeBytes > MAX_STRANGE_BYTES) {
      throw new DeviceException(
          "expected a line of the declaration, got none in "
              + strangeBytes
              + " bytes; check line"
              + " parameters and the output format of the device");
    }
  }

  /** Drops what came unasked. */
  void drop(Duration silence) throws IOException, InterruptedException {
    int waiting = link.available();
    if (waiting > 0) {
      var bytes = link.peek(waiting, silence);
      boolean wholeLines = Byte.toUnsignedInt(bytes.get(waiting - 1)) == end;
      link.skip(waiting);
      atBeginning = wholeLines || isGuarded();
      session.discard("bytes that nobody asked for", waiting);
    }
  }

  /** Whether the end of a line alone cannot be taken for a line. */
  private boolean isGuarded() {
    return start != NO_START || checksum.checksum() != null;
  }

  void write(ByteBuffer request) throws IOException {
    link.write(request);
  }

  /** Lets time pass until the session is that old; what comes meanwhile is dropped. */
  void pauseUntil(Duration age) throws IOException, InterruptedException {
    while (true) {
      var left = age.minus(session.elapsed());
      if (!left.isPositive()) {
        return;
      }
      try {
        link.peek(1, left);
      } catch (SilenceException nothingCame) {
        return;
      }
      drop(left);
    }
  }

  /** A line begins behind the last byte that no line has: not printable, no blank, no line end. */
  private static int behindNoise(String marked) {
    for (int i = marked.length() - 1; i >= 0; i--) {
      char c = marked.charAt(i);
      boolean ofALine = (c >= ' ' && c < 0x7F) || c == '\t' || c == '\r' || c == '\n';
      if (!ofALine) {
        return i + 1;
      }
    }
    return 0;
  }

  private static String withoutLineEnds(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isLineEnd(text.charAt(from))) {
      from++;
    }
    while (to > from && isLineEnd(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isLineEnds(String text) {
    return text.chars().allMatch(c -> isLineEnd((char) c));
  }

  private static boolean isLineEnd(char c) {
    return c == '\r' || c == '\n';
  }
}
