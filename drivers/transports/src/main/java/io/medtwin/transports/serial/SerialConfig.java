package io.medtwin.transports.serial;

import java.time.Duration;
import java.util.Locale;

/**
 * A serial port and how its line is set.
 *
 * @param path {@code /dev/ttyUSB0}, better {@code /dev/serial/by-id/...} which survives a replug, a
 *     pseudo terminal, or {@code COM3}; symbolic links are followed at each opening
 * @param baud bits per second, 50 to 4000000; no default, it is in the device's manual
 * @param dataBits 5 to 8; default 8
 * @param parity default {@link Parity#NONE}; a byte with wrong parity is dropped by the system
 * @param stopBits default {@link StopBits#ONE}
 * @param flowControl default {@link FlowControl#NONE}
 * @param dtr whether the DTR line is raised on opening; default true. Boards that restart on DTR
 *     want false
 * @param rts whether the RTS line is raised on opening; default true
 * @param breakOnOpen how long a break is sent after opening, up to 3 s; default zero, none
 */
public record SerialConfig(
    String path,
    int baud,
    int dataBits,
    Parity parity,
    StopBits stopBits,
    FlowControl flowControl,
    boolean dtr,
    boolean rts,
    Duration breakOnOpen) {

  /** The bit that makes errors visible. */
  public enum Parity {
    NONE,
    ODD,
    EVEN,
    MARK,
    SPACE;

    char letter() {
      return name().charAt(0);
    }
  }

  /** Rest between two characters. 1.5 exists on some hardware only, with 5 data bits. */
  public enum StopBits {
    ONE("1"),
    ONE_AND_A_HALF("1.5"),
    TWO("2");

    private final String text;

    StopBits(String text) {
      this.text = text;
    }
  }

  /** How either side holds the other. */
  public enum FlowControl {
    NONE,
    RTS_CTS,
    XON_XOFF
  }

  /** Longest break. */
  public static final Duration MAX_BREAK = Duration.ofSeconds(3);

  private static final String FORM =
      "expected baud, data bits, parity and stop bits such as \"9600 8N1\", with \"rts/cts\" or"
          + " \"xon/xoff\" if needed";

  public SerialConfig {
    if (path.isBlank()) {
      throw new IllegalArgumentException("path must name a port such as /dev/ttyUSB0 or COM3");
    }
    if (baud < 50 || baud > 4_000_000) {
      throw new IllegalArgumentException("baud must be 50 to 4000000, got " + baud);
    }
    if (dataBits < 5 || dataBits > 8) {
      throw new IllegalArgumentException("data bits must be 5 to 8, got " + dataBits);
    }
    if (stopBits == StopBits.ONE_AND_A_HALF && dataBits != 5) {
      throw new IllegalArgumentException("1.5 stop bits go with 5 data bits, got " + dataBits);
    }
    if (breakOnOpen.isNegative() || breakOnOpen.compareTo(MAX_BREAK) > 0) {
      throw new IllegalArgumentException(
          "breakOnOpen must be zero to " + MAX_BREAK + ", got " + breakOnOpen);
    }
  }

  /** 8 data bits, no parity, 1 stop bit, no flow control, every other default. */
  public static SerialConfig of(String path, int baud) {
    return new SerialConfig(
        path, baud, 8, Parity.NONE, StopBits.ONE, FlowControl.NONE, true, true, Duration.ZERO);
  }

  /**
   * Reads the way people write line settings: {@code 9600 8N1}, {@code 38400 8E1 rts/cts}, {@code
   * 1200 7O2 xon/xoff}; {@code 9600} alone is 8N1.
   *
   * @throws IllegalArgumentException what was expected, and what came
   */
  public static SerialConfig parse(String path, String line) {
    String[] words = line.strip().split("[\\s,]+", -1);
    if (words[0].isEmpty() || words.length > 3) {
      throw new IllegalArgumentException(FORM + "; got \"" + line + "\"");
    }
    SerialConfig plain = of(path, baud(words[0], line));
    SerialConfig framed = words.length < 2 ? plain : plain.withFrame(words[1], line);
    return words.length < 3 ? framed : framed.withFlowControl(flowControl(words[2], line));
  }

  /** The same port with another flow control. */
  public SerialConfig withFlowControl(FlowControl other) {
    return new SerialConfig(path, baud, dataBits, parity, stopBits, other, dtr, rts, breakOnOpen);
  }

  /** The same port with other modem lines. */
  public SerialConfig withModemLines(boolean newDtr, boolean newRts) {
    return new SerialConfig(
        path, baud, dataBits, parity, stopBits, flowControl, newDtr, newRts, breakOnOpen);
  }

  /** The same port with a break after opening. */
  public SerialConfig withBreakOnOpen(Duration duration) {
    return new SerialConfig(
        path, baud, dataBits, parity, stopBits, flowControl, dtr, rts, duration);
  }

  /** The line as people write it: {@code 38400 8E1 rts/cts}. */
  public String line() {
    String frame = baud + " " + dataBits + parity.letter() + stopBits.text;
    return switch (flowControl) {
      case NONE -> frame;
      case RTS_CTS -> frame + " rts/cts";
      case XON_XOFF -> frame + " xon/xoff";
    };
  }

  private SerialConfig withFrame(String frame, String line) {
    if (frame.length() < 3) {
      throw new IllegalArgumentException(FORM + "; got \"" + line + "\"");
    }
    return new SerialConfig(
        path,
        baud,
        Character.digit(frame.charAt(0), 10),
        parity(frame.charAt(1), line),
        stopBits(frame.substring(2), line),
        flowControl,
        dtr,
        rts,
        breakOnOpen);
  }

  private static int baud(String word, String line) {
    try {
      return Integer.parseInt(word);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(FORM + "; got \"" + line + "\"", e);
    }
  }

  private static Parity parity(char letter, String line) {
    for (Parity parity : Parity.values()) {
      if (parity.letter() == Character.toUpperCase(letter)) {
        return parity;
      }
    }
    throw new IllegalArgumentException(
        "parity must be N, O, E, M or S, got '" + letter + "' in \"" + line + "\"");
  }

  private static StopBits stopBits(String text, String line) {
    for (StopBits bits : StopBits.values()) {
      if (bits.text.equals(text)) {
        return bits;
      }
    }
    throw new IllegalArgumentException(
        "stop bits must be 1, 1.5 or 2, got " + text + " in \"" + line + "\"");
  }

  private static FlowControl flowControl(String word, String line) {
    return switch (word.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "")) {
      case "none" -> FlowControl.NONE;
      case "rtscts" -> FlowControl.RTS_CTS;
      case "xonxoff" -> FlowControl.XON_XOFF;
      default ->
          throw new IllegalArgumentException(
              "flow control must be none, rts/cts or xon/xoff, got "
                  + word
                  + " in \""
                  + line
                  + "\"");
    };
  }
}
