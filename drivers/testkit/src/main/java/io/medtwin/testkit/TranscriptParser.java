package io.medtwin.testkit;

import io.medtwin.spi.Message;
import io.medtwin.testkit.Transcript.Arrival;
import io.medtwin.testkit.Transcript.FromDevice;
import io.medtwin.testkit.Transcript.ToDevice;
import io.medtwin.testkit.Transcript.Turn;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Text of a transcript to its turns; see {@link Transcript} for the format. Used once. */
final class TranscriptParser {

  /** First words of lines that only a recording has: its head, times, what became of the line. */
  private static final Set<String> OF_CAPTURES =
      Set.of(
          "capture", "began", "link", "driver", "device", "at", "line", "redacted", "lost", "end");

  private final String name;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final List<Turn> turns = new ArrayList<>();
  private final List<String> expected = new ArrayList<>();
  private int lineNumber;

  TranscriptParser(String name) {
    this.name = name;
  }

  Transcript parse(String text) {
    for (var line : text.lines().toList()) {
      lineNumber++;
      var content = withoutComment(line).strip();
      if (!content.isEmpty()) {
        take(content);
      }
    }
    if (turns.isEmpty()) {
      throw new IllegalArgumentException(name + ": a transcript sends something");
    }
    return new Transcript(name, settings, turns, expected);
  }

  private void take(String content) {
    if (content.startsWith("= ")) {
      expected.add(content.substring(2).strip());
    } else if (content.startsWith("set ")) {
      var words = content.split("\\s+", 3);
      require(words.length == 3, "set <name> <value>");
      settings.put(words[1], unescaped(words[2]));
    } else if (content.startsWith("message ")) {
      turns.add(new Arrival(message(content.split("\\s+"), this::problem)));
    } else if (content.startsWith(">")) {
      var frames = frames(content.substring(1));
      require(frames.size() == 1, "one write in a line");
      turns.add(new ToDevice(frames.get(0)));
    } else if (content.startsWith("<")) {
      frames(content.substring(1)).forEach(this::fromDevice);
    } else if (content.startsWith("+")) {
      var frames = frames(content.substring(1));
      require(frames.size() == 1, "one continuation in a line");
      continueLast(frames.get(0));
    } else if (!OF_CAPTURES.contains(content.split("\\s+", 2)[0])) {
      throw problem("a line starts with one of: set message > < + = #");
    }
  }

  private void fromDevice(ByteBuffer frame) {
    var last = last();
    if (last instanceof Arrival arrival && !arrival.message().payload().hasRemaining()) {
      replaceLast(new Arrival(with(arrival.message(), frame)));
    } else {
      turns.add(new FromDevice(frame));
    }
  }

  private void continueLast(ByteBuffer more) {
    var last = last();
    if (last instanceof FromDevice frame) {
      replaceLast(new FromDevice(joined(frame.bytes(), more)));
    } else if (last instanceof Arrival arrival) {
      replaceLast(new Arrival(with(arrival.message(), joined(arrival.message().payload(), more))));
    } else {
      throw problem("nothing to continue");
    }
  }

  private @Nullable Turn last() {
    return turns.isEmpty() ? null : turns.get(turns.size() - 1);
  }

  private void replaceLast(Turn turn) {
    turns.set(turns.size() - 1, turn);
  }

  private static ByteBuffer joined(ByteBuffer first, ByteBuffer second) {
    return ByteBuffer.allocate(first.remaining() + second.remaining())
        .put(first)
        .put(second)
        .flip();
  }

  private static Message with(Message head, ByteBuffer payload) {
    return new Message(
        head.address(), head.device(), head.contentType(), head.attributes(), payload);
  }

  /**
   * The message that a line announces, without content.
   *
   * @param problem names the line
   */
  static Message message(String[] words, Function<String, IllegalArgumentException> problem) {
    String device = null;
    String type = null;
    var attributes = new LinkedHashMap<String, String>();
    for (int i = 2; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals <= 0) {
        throw problem.apply("expected message <address> [name=value ...]");
      }
      var key = unescaped(words[i].substring(0, equals));
      var value = unescaped(words[i].substring(equals + 1));
      switch (key) {
        case "device" -> device = value;
        case "type" -> type = value;
        default -> attributes.put(key, value);
      }
    }
    if (words.length < 2) {
      throw problem.apply("expected message <address> [name=value ...]");
    }
    return new Message(unescaped(words[1]), device, type, attributes, ByteBuffer.allocate(0));
  }

  /** A word in which what would end it stands as {@code %20}. */
  static String unescaped(String word) {
    if (word.indexOf('%') < 0) {
      return word;
    }
    var bytes = new ByteArrayOutputStream();
    var written = word.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < written.length; i++) {
      int high = written[i] == '%' && i + 2 < written.length ? digit(written[i + 1]) : -1;
      int low = high < 0 ? -1 : digit(written[i + 2]);
      if (low < 0) {
        bytes.write(written[i]);
      } else {
        bytes.write(high << 4 | low);
        i += 2;
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static int digit(byte letter) {
    return Character.digit(letter, 16);
  }

  /** Bytes written as hex digits and quoted text; {@code /} between frames. */
  private List<ByteBuffer> frames(String written) {
    var frames = new ArrayList<ByteBuffer>();
    var frame = new ByteArrayOutputStream();
    int at = 0;
    while (at < written.length()) {
      char c = written.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == '/') {
        require(frame.size() > 0, "bytes before /");
        frames.add(ByteBuffer.wrap(frame.toByteArray()));
        frame.reset();
        at++;
      } else if (c == '"') {
        at = quoted(written, at + 1, frame);
      } else {
        require(at + 1 < written.length(), "two hex digits for a byte");
        frame.write(hex(written.charAt(at)) << 4 | hex(written.charAt(at + 1)));
        at += 2;
      }
    }
    require(frame.size() > 0, "bytes as hex digits or \"text\"");
    frames.add(ByteBuffer.wrap(frame.toByteArray()));
    return frames;
  }

  private int quoted(String written, int from, ByteArrayOutputStream frame) {
    int at = from;
    while (at < written.length() && written.charAt(at) != '"') {
      char c = written.charAt(at);
      if (c == '\\') {
        at++;
        require(at < written.length(), "a character behind \\");
        c =
            switch (written.charAt(at)) {
              case 'r' -> '\r';
              case 'n' -> '\n';
              case 't' -> '\t';
              default -> written.charAt(at);
            };
      }
      require(c < 0x80, "ASCII in quotes, hex for the rest");
      frame.write(c);
      at++;
    }
    require(at < written.length(), "a closing quote");
    return at + 1;
  }

  private int hex(char digit) {
    int value = Character.digit(digit, 16);
    require(value >= 0, "hex digits or \"text\"");
    return value;
  }

  /** A comment starts at {@code #} outside quotes, at the start of the line or behind a blank. */
  static String withoutComment(String line) {
    boolean inQuotes = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && inQuotes) {
        i++;
      } else if (c == '"') {
        inQuotes = !inQuotes;
      } else if (c == '#' && !inQuotes && (i == 0 || Character.isWhitespace(line.charAt(i - 1)))) {
        return line.substring(0, i);
      }
    }
    return line;
  }

  private void require(boolean holds, String expectedHere) {
    if (!holds) {
      throw problem("expected " + expectedHere);
    }
  }

  private IllegalArgumentException problem(String what) {
    return new IllegalArgumentException(name + ", line " + lineNumber + ": " + what);
  }
}
