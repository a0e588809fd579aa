package io.medtwin.testkit;

import io.medtwin.spi.Message;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a capture, line by line, in memory that does not grow; see {@link Transcript} for the
 * turns, and the kit's README for the rest. Used by one thread, which closes it.
 */
public final class CaptureWriter implements Closeable, Flushable {

  /** Ending of captures. */
  public static final String FILE_ENDING = ".cap";

  /** Ending of captures that are packed. */
  public static final String PACKED_ENDING = ".cap.gz";

  /** Most bytes of a turn in one line; further ones follow in lines of {@code +}. */
  static final int BYTES_IN_LINE = 1_024;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int BUFFER_BYTES = 64 << 10;

  private final OutputStream out;
  private final byte[] line = new byte[3 * BYTES_IN_LINE + 8];
  private long written;
  private long lastMicros = -1;

  /** Writes into {@code to}, which it closes. */
  public CaptureWriter(OutputStream to, CaptureHead head) throws IOException {
    out = new BufferedOutputStream(to, BUFFER_BYTES);
    head(head);
  }

  /** Writes a new file, packed where its name ends with {@value #PACKED_ENDING}. */
  public static CaptureWriter create(Path file, CaptureHead head) throws IOException {
    var to = Files.newOutputStream(file);
    return new CaptureWriter(
        file.toString().endsWith(".gz") ? new GZIPOutputStream(to, BUFFER_BYTES, true) : to, head);
  }

  private void head(CaptureHead head) throws IOException {
    text("capture 1");
    text("began " + head.began());
    if (head.kind() != null) {
      text("link " + head.kind() + " " + plain(head.link()));
    }
    if (!head.driver().isEmpty()) {
      text("driver " + head.driver() + " " + head.driverVersion());
    }
    for (CaptureHead.Device device : head.devices()) {
      var words = new StringBuilder("device ").append(escaped(device.id()));
      word(words, "profile", device.profile());
      word(words, "version", device.profileVersion());
      word(words, "address", device.address());
      word(words, "zone", device.zone());
      text(words.toString());
    }
    for (var setting : head.settings().entrySet()) {
      text("set " + setting.getKey() + " " + escapedText(setting.getValue()));
    }
  }

  private static void word(StringBuilder words, String key, String value) {
    if (!value.isEmpty()) {
      words.append(' ').append(key).append('=').append(escaped(value));
    }
  }

  /** Writes what happened; its time is not before that of the event before. */
  public void write(CaptureEvent event) throws IOException {
    at(event.micros());
    if (event instanceof CaptureEvent.Sent sent) {
      if (sent.redacted() > 0) {
        text("redacted " + sent.redacted());
      }
      turn(sent.turn());
    } else if (event instanceof CaptureEvent.Line change) {
      var why = plain(change.why());
      text(
          "line "
              + change.change().name().toLowerCase(Locale.ROOT)
              + (why.isEmpty() ? "" : " " + why));
    } else if (event instanceof CaptureEvent.Lost lost) {
      text("lost " + lost.count());
    } else {
      text("end");
    }
  }

  /** Says that time passed, and that the turn before is whole. */
  public void pass(long micros) throws IOException {
    at(micros);
  }

  /** Writes what a driver is to say of what stands before, as a transcript has it. */
  public void expect(String report) throws IOException {
    text("= " + report);
  }

  /** Writes a comment. */
  public void comment(String words) throws IOException {
    text("# " + words.replaceAll("[\r\n]", " "));
  }

  /** Bytes written so far, before packing. */
  public long written() {
    return written;
  }

  private void at(long micros) throws IOException {
    if (micros < lastMicros) {
      throw new IllegalArgumentException("time does not go back: " + micros + " µs");
    }
    if (micros != lastMicros) {
      lastMicros = micros;
      var fraction = Long.toString(1_000_000 + micros % 1_000_000);
      text("at " + micros / 1_000_000 + "." + fraction.substring(1));
    }
  }

  private void turn(Transcript.Turn turn) throws IOException {
    if (turn instanceof Transcript.FromDevice frame) {
      bytes('<', frame.bytes());
    } else if (turn instanceof Transcript.ToDevice request) {
      bytes('>', request.bytes());
    } else if (turn instanceof Transcript.Arrival arrival) {
      message(arrival.message());
    }
  }

  private void message(Message message) throws IOException {
    var words = new StringBuilder("message ").append(escaped(message.address()));
    var device = message.device();
    if (device != null) {
      word(words, "device", device);
    }
    var type = message.contentType();
    if (type != null) {
      word(words, "type", type);
    }
    new TreeMap<>(message.attributes()).forEach((key, value) -> word(words, escaped(key), value));
    text(words.toString());
    bytes('<', message.payload());
  }

  private void bytes(char direction, ByteBuffer bytes) throws IOException {
    char mark = direction;
    while (bytes.hasRemaining()) {
      var part = bytes.slice().limit(Math.min(BYTES_IN_LINE, bytes.remaining()));
      bytes.position(bytes.position() + part.remaining());
      int length = isText(part) ? quoted(mark, part) : hex(mark, part);
      line(length);
      mark = '+';
    }
  }

  private static boolean isText(ByteBuffer bytes) {
    for (int i = bytes.position(); i < bytes.limit(); i++) {
      byte b = bytes.get(i);
      if ((b < ' ' || b == 0x7F) && b != '\r' && b != '\n' && b != '\t') {
        return false;
      }
    }
    return true;
  }

  private int quoted(char mark, ByteBuffer bytes) {
    int at = start(mark);
    line[at++] = '"';
    while (bytes.hasRemaining()) {
      byte b = bytes.get();
      byte letter =
          switch (b) {
            case '\r' -> (byte) 'r';
            case '\n' -> (byte) 'n';
            case '\t' -> (byte) 't';
            default -> b;
          };
      if (letter != b || b == '"' || b == '\\') {
        line[at++] = '\\';
      }
      line[at++] = letter;
    }
    line[at++] = '"';
    return at;
  }

  private int hex(char mark, ByteBuffer bytes) {
    int at = start(mark);
    for (int i = 0; bytes.hasRemaining(); i++) {
      if (i > 0 && i % 4 == 0) {
        line[at++] = ' ';
      }
      byte b = bytes.get();
      line[at++] = HEX[b >> 4 & 0xF];
      line[at++] = HEX[b & 0xF];
    }
    return at;
  }

  private int start(char mark) {
    line[0] = (byte) mark;
    line[1] = ' ';
    return 2;
  }

  private void line(int length) throws IOException {
    out.write(line, 0, length);
    out.write('\n');
    written += length + 1L;
  }

  private void text(String words) throws IOException {
    var bytes = words.getBytes(StandardCharsets.UTF_8);
    out.write(bytes);
    out.write('\n');
    written += bytes.length + 1L;
  }

  /** One line without what begins a comment or a text. */
  private static String plain(String text) {
    return text.replaceAll("[\\p{Cntrl}\"#]", ".").strip();
  }

  /** The rest of a line: controls and marks are written as {@code %0a}. */
  private static String escapedText(String text) {
    return escaped(text).replace("%20", " ").replace("%3d", "=");
  }

  /** One word: blanks, controls and marks are written as {@code %20}. */
  static String escaped(String word) {
    var escaped = new StringBuilder();
    for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
      if (b <= ' ' || b == 0x7F || b == '%' || b == '"' || b == '#' || b == '=') {
        escaped.append('%').append((char) HEX[b >> 4 & 0xF]).append((char) HEX[b & 0xF]);
      } else {
        escaped.append((char) b);
      }
    }
    return escaped.toString();
  }

  /** Hands on what is buffered. */
  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
