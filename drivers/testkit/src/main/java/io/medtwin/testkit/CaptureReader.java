package io.medtwin.testkit;

import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.testkit.CaptureEvent.Change;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a capture, event by event, in memory that does not grow. A plain transcript reads as a
 * capture whose frames come a second apart, and its answers at once. Used by one thread, which
 * closes it.
 */
public final class CaptureReader implements Closeable {

  /** Most bytes of one line of a file. */
  public static final int LINE_BYTES_MAX = 1 << 20;

  /** Most bytes of one turn. */
  public static final int TURN_BYTES_MAX = 16 << 20;

  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final int DEVICES_MAX = 5_000;
  private static final int BUFFER_BYTES = 256 << 10;
  private static final long PACE_MICROS = Duration.ofSeconds(1).toNanos() / 1_000;

  private final String name;
  private final InputStream in;
  private final CaptureHead head;
  private final Deque<CaptureEvent> ready = new ArrayDeque<>();
  private final List<String> expected = new ArrayList<>();
  private byte[] buffer = new byte[BUFFER_BYTES];
  private int start;
  private int end;
  private boolean over;
  private int lineNumber;
  private int lineStart;
  private int lineEnd;
  private boolean timed;
  private long micros;
  private int redacted;
  private boolean answering;

  // the turn that may go on in further lines
  private byte[] turn = new byte[4 << 10];
  private int turnBytes;
  private char turnMark;
  private @Nullable Message message;

  /** What the head says, while it is read. */
  private static final class Said {
    Instant began = Instant.EPOCH;
    @Nullable LinkKind kind;
    String link = "";
    String driver = "";
    String driverVersion = "";
    final List<CaptureHead.Device> devices = new ArrayList<>();
    final Map<String, String> settings = new LinkedHashMap<>();
  }

  /**
   * Reads the head.
   *
   * @param name for messages
   * @param in is closed with the reader
   * @throws IllegalArgumentException naming the line that is not of the format
   */
  public CaptureReader(String name, InputStream in) throws IOException {
    this.name = name;
    this.in = in;
    var said = new Said();
    while (nextLine()) {
      if (!takeHead(said)) {
        takeLine();
        break;
      }
    }
    head =
        new CaptureHead(
            said.began,
            said.kind,
            said.link,
            said.driver,
            said.driverVersion,
            said.devices,
            said.settings);
  }

  /** Reads a file, which may be packed. */
  public static CaptureReader open(Path file) throws IOException {
    var in = Files.newInputStream(file);
    try {
      var plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in, BUFFER_BYTES) : in;
      return new CaptureReader(String.valueOf(file.getFileName()), plain);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** What it says before the first turn. */
  public CaptureHead head() {
    return head;
  }

  /** Lines of {@code =} that were read so far and not taken yet; takes them. */
  public List<String> takeExpected() {
    var all = List.copyOf(expected);
    expected.clear();
    return all;
  }

  /**
   * The next event, or null behind the last.
   *
   * @throws IllegalArgumentException naming the line that is not of the format
   */
  public @Nullable CaptureEvent next() throws IOException {
    while (ready.isEmpty()) {
      if (!nextLine()) {
        finishTurn();
        return ready.poll();
      }
      takeLine();
    }
    return ready.poll();
  }

  private boolean takeHead(Said said) {
    if (lineStart == lineEnd || buffer[lineStart] == '#') {
      return true;
    }
    char first = (char) buffer[lineStart];
    if (first == '<' || first == '>' || first == '+' || first == '=') {
      return false;
    }
    var words = text().split("\\s+", 3);
    switch (words[0]) {
      case "capture" ->
          require(words.length == 2 && words[1].equals("1"), "capture 1: a form this kit reads");
      case "began" -> {
        require(words.length == 2, "began <time>");
        said.began = instant(words[1]);
      }
      case "link" -> {
        require(words.length >= 2, "link <kind> <where>");
        said.kind = kind(words[1]);
        said.link = words.length > 2 ? words[2] : "";
      }
      case "driver" -> {
        require(words.length >= 2, "driver <id> <version>");
        said.driver = words[1];
        said.driverVersion = words.length > 2 ? words[2] : "";
      }
      case "device" -> {
        require(said.devices.size() < DEVICES_MAX, "at most " + DEVICES_MAX + " devices");
        said.devices.add(device(text().split("\\s+")));
      }
      case "set" -> {
        require(words.length == 3, "set <name> <value>");
        said.settings.put(words[1], TranscriptParser.unescaped(words[2]));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void takeLine() {
    if (lineStart == lineEnd || buffer[lineStart] == '#') {
      return;
    }
    char first = (char) buffer[lineStart];
    if (first == '+') {
      require(turnMark != 0, "something to continue");
      takeBytes(lineStart + 1);
    } else if (first == '<' && message != null && turnBytes == 0) {
      takeBytes(lineStart + 1);
    } else if (first == '<' || first == '>') {
      finishTurn();
      turnMark = first;
      takeBytes(lineStart + 1);
    } else if (first == 'a' && lineEnd - lineStart > 3 && buffer[lineStart + 2] == ' ') {
      finishTurn();
      pass(plainMicros(lineStart + 3));
    } else if (first == '=') {
      finishTurn();
      expected.add(text().substring(1).strip());
    } else {
      finishTurn();
      takeWords(text());
    }
  }

  private void pass(long next) {
    require(next >= micros, "a time that is not before the one above");
    micros = next;
    timed = true;
  }

  /** Seconds with at most six decimals, from there to the end of the line. */
  private long plainMicros(int from) {
    long number = 0;
    int decimals = -1;
    int at = from;
    for (; at < lineEnd && buffer[at] > ' '; at++) {
      byte c = buffer[at];
      if (c == '.' && decimals < 0) {
        decimals = 0;
        continue;
      }
      require(c >= '0' && c <= '9' && decimals < 6 && at - from < 18, "at <seconds>");
      number = 10 * number + c - '0';
      decimals += decimals < 0 ? 0 : 1;
    }
    require(at > from && (at == lineEnd || buffer[at + 1] == '#'), "at <seconds>");
    for (int i = Math.max(decimals, 0); i < 6; i++) {
      number *= 10;
    }
    return number;
  }

  private void takeWords(String line) {
    var words = BLANKS.split(line, 3);
    switch (words[0]) {
      case "message" -> {
        message = TranscriptParser.message(BLANKS.split(line), this::problem);
        turnMark = 'm';
      }
      case "redacted" -> {
        require(words.length == 2, "redacted <bytes>");
        redacted = (int) number(words[1], Integer.MAX_VALUE);
      }
      case "line" -> {
        require(words.length >= 2, "line <what>");
        ready.add(
            new CaptureEvent.Line(micros, change(words[1]), words.length > 2 ? words[2] : ""));
      }
      case "lost" -> {
        require(words.length == 2, "lost <count>");
        ready.add(new CaptureEvent.Lost(micros, number(words[1], Long.MAX_VALUE)));
      }
      case "end" -> ready.add(new CaptureEvent.End(micros));
      case "shows" -> {} // of a transcript: what its rules may look for
      default ->
          throw problem("a line starts with one of: at message line lost redacted end > < + = #");
    }
  }

  private void finishTurn() {
    if (turnMark == 0) {
      return;
    }
    var content = ByteBuffer.wrap(Arrays.copyOf(turn, turnBytes)).asReadOnlyBuffer();
    Transcript.Turn done;
    if (message != null) {
      done =
          new Transcript.Arrival(
              new Message(
                  message.address(),
                  message.device(),
                  message.contentType(),
                  message.attributes(),
                  content));
    } else {
      done =
          turnMark == '<' ? new Transcript.FromDevice(content) : new Transcript.ToDevice(content);
    }
    if (!timed && !answering && turnMark != '>') {
      micros += PACE_MICROS;
    }
    answering = turnMark == '>';
    ready.add(new CaptureEvent.Sent(micros, done, redacted));
    message = null;
    turnMark = 0;
    turnBytes = 0;
    redacted = 0;
  }

  /** Bytes as hex digits and quoted text; {@code /} between frames. */
  private void takeBytes(int from) {
    int at = from;
    boolean any = false;
    while (at < lineEnd) {
      byte c = buffer[at];
      if (c == ' ' || c == '\t' || c == '\r') {
        at++;
      } else if (c == '"') {
        at = quoted(at + 1);
        any = true;
      } else if (c == '/') {
        char mark = turnMark;
        finishTurn();
        turnMark = mark == 'm' ? '<' : mark;
        at++;
      } else if (c == '#') {
        break;
      } else {
        require(at + 1 < lineEnd, "two hex digits for a byte");
        add((byte) (hex(c) << 4 | hex(buffer[at + 1])));
        at += 2;
        any = true;
      }
    }
    require(any, "bytes as hex digits or \"text\"");
  }

  private int quoted(int from) {
    int at = from;
    while (at < lineEnd && buffer[at] != '"') {
      byte c = buffer[at++];
      if (c == '\\') {
        require(at < lineEnd, "a character behind \\");
        byte letter = buffer[at++];
        c =
            switch (letter) {
              case 'r' -> (byte) '\r';
              case 'n' -> (byte) '\n';
              case 't' -> (byte) '\t';
              default -> letter;
            };
      }
      require(c >= 0, "ASCII in quotes, hex for the rest");
      add(c);
    }
    require(at < lineEnd, "a closing quote");
    return at + 1;
  }

  private void add(byte b) {
    if (turnBytes == turn.length) {
      require(turnBytes < TURN_BYTES_MAX, "at most " + TURN_BYTES_MAX + " bytes in a turn");
      turn = Arrays.copyOf(turn, 2 * turn.length);
    }
    turn[turnBytes++] = b;
  }

  private int hex(byte digit) {
    int value = Character.digit(digit, 16);
    require(value >= 0, "hex digits or \"text\"");
    return value;
  }

  /** Finds the next line, without blanks at its beginning and end; false behind the last. */
  private boolean nextLine() throws IOException {
    int searched = start;
    while (true) {
      for (int i = searched; i < end; i++) {
        if (buffer[i] == '\n') {
          line(i);
          start = i + 1;
          return true;
        }
      }
      searched = end;
      if (over) {
        if (start == end) {
          return false;
        }
        line(end);
        start = end;
        return true;
      }
      if (start > 0) {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        searched -= start;
        end -= start;
        start = 0;
      } else if (end == buffer.length) {
        require(end < LINE_BYTES_MAX, "at most " + LINE_BYTES_MAX + " bytes in a line");
        buffer = Arrays.copyOf(buffer, 2 * buffer.length);
      }
      int read = in.read(buffer, end, buffer.length - end);
      over = read < 0;
      end += Math.max(read, 0);
    }
  }

  private void line(int newline) {
    lineNumber++;
    lineStart = start;
    lineEnd = newline;
    while (lineStart < lineEnd && buffer[lineStart] <= ' ' && buffer[lineStart] >= 0) {
      lineStart++;
    }
    while (lineStart < lineEnd && buffer[lineEnd - 1] <= ' ' && buffer[lineEnd - 1] >= 0) {
      lineEnd--;
    }
  }

  /** The line without a comment at its end. */
  private String text() {
    var all = new String(buffer, lineStart, lineEnd - lineStart, StandardCharsets.UTF_8);
    return TranscriptParser.withoutComment(all).strip();
  }

  private CaptureHead.Device device(String[] words) {
    require(words.length >= 2, "device <id> [name=value ...]");
    var said = new LinkedHashMap<String, String>();
    for (int i = 2; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      require(equals > 0, "device <id> [name=value ...]");
      said.put(
          words[i].substring(0, equals),
          TranscriptParser.unescaped(words[i].substring(equals + 1)));
    }
    return new CaptureHead.Device(
        TranscriptParser.unescaped(words[1]),
        said.getOrDefault("profile", ""),
        said.getOrDefault("version", ""),
        said.getOrDefault("address", ""),
        said.getOrDefault("zone", ""));
  }

  private Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw problem("expected a time such as 2026-01-01T00:00:00Z, got " + text);
    }
  }

  private LinkKind kind(String text) {
    try {
      return LinkKind.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw problem("expected one of " + Arrays.toString(LinkKind.values()) + ", got " + text);
    }
  }

  private Change change(String text) {
    try {
      return Change.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw problem("expected one of opened closed ended lost failed, got " + text);
    }
  }

  private long number(String text, long most) {
    try {
      long number = Long.parseLong(text);
      require(number >= 0 && number <= most, "a number from 0 to " + most);
      return number;
    } catch (NumberFormatException e) {
      throw problem("expected a number, got " + text);
    }
  }

  private void require(boolean holds, String expectedHere) {
    if (!holds) {
      throw problem("expected " + expectedHere);
    }
  }

  private IllegalArgumentException problem(String what) {
    return new IllegalArgumentException(name + ", line " + lineNumber + ": " + what);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
