package io.medtwin.driver.declared;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A request of a polled device, literal, that only asks. It has the form of a question: at most an
 * address, then one word of letters, and no argument, because arguments are what sets values. Words
 * that start, stop, clear or set something by themselves are refused. What passes is still reviewed
 * with its profile by a person.
 *
 * @param bytes as they are written, read-only
 * @param once whether it is answered once in a session, rather than in each round
 */
record Request(ByteBuffer bytes, boolean once) {

  /** Most characters of a request. */
  static final int MAX_CHARACTERS = 32;

  /** CR, LF, STX, ETX, ENQ. */
  private static final String CONTROLS = "\r\n\u0002\u0003\u0005";

  /** Requests with an argument that change nothing but how the device answers. */
  private static final Set<String> HARMLESS =
      Set.of(
          "poll on", // Harvard Apparatus: ends each answer with a prompt and XON
          "irate lim",
          "wrate lim");

  /** Words in a request, anywhere in it, that act on a therapy or on what the device counted. */
  private static final List<String> REFUSED_ANYWHERE =
      List.of(
          "run",
          "start",
          "stop",
          "stp",
          "bolus",
          "bolst",
          "prime",
          "purge",
          "clear",
          "reset",
          "erase",
          "write",
          "silence",
          "mute",
          "inject",
          "shock",
          "charge",
          "power",
          "shutdown",
          "reboot",
          "boot",
          "calib",
          "store",
          "save",
          "lock",
          "cld");

  /** Whole words that do the same: known commands of pump families that go on without argument. */
  private static final Set<String> REFUSED =
      Set.of(
          "civolume",
          "cwvolume",
          "cvolume",
          "ctvolume",
          "citime",
          "cwtime",
          "ctime",
          "cttime",
          "ctarget",
          "pur",
          "clr",
          "rst",
          "set",
          "saf",
          "al",
          "adr",
          "trg",
          "of",
          "on",
          "off",
          "rz",
          "rv",
          "si",
          "pr",
          "po",
          "pb",
          "ps",
          "ep",
          "en",
          "exit",
          "load",
          "delivery",
          "go",
          "begin",
          "end",
          "pause",
          "resume",
          "enable",
          "disable",
          "test",
          "zero",
          "nvram",
          "input");

  Request {
    bytes = bytes.asReadOnlyBuffer();
  }

  /** A view with its own position. */
  @Override
  public ByteBuffer bytes() {
    return bytes.asReadOnlyBuffer();
  }

  /**
   * The request that an {@code ask=} stands for.
   *
   * @throws IllegalArgumentException it is not a question
   */
  static Request parse(String text, boolean once) {
    if (text.isEmpty() || text.length() > MAX_CHARACTERS) {
      throw Entry.problem("expected ask= of 1 to " + MAX_CHARACTERS + " characters");
    }
    if (!text.chars().allMatch(c -> (c >= ' ' && c < 0x7F) || CONTROLS.indexOf(c) >= 0)) {
      throw Entry.problem("expected ask= in printable ASCII, \\r, \\n, \\x02, \\x03 and \\x05");
    }
    requireQuestion(text);
    var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    return new Request(bytes, once);
  }

  private static void requireQuestion(String text) {
    var plain = text.strip().toLowerCase(Locale.ROOT);
    int at = 0;
    while (at < plain.length() && isAddressOrMark(plain.charAt(at))) {
      at++;
    }
    int start = at;
    while (at < plain.length()
        && (Character.isLetter(plain.charAt(at)) || plain.charAt(at) == '_')) {
      at++;
    }
    var word = plain.substring(start, at);
    var rest = plain.substring(at);
    if (HARMLESS.contains(plain.substring(start))) {
      return;
    }
    if (!rest.chars().allMatch(c -> c == '?' || c == ']' || c < ' ')) {
      throw Entry.problem(
          "expected ask= to be one word without an argument, because arguments set values");
    }
    if (REFUSED.contains(word) || REFUSED_ANYWHERE.stream().anyMatch(word::contains)) {
      throw Entry.problem("ask= may only ask; \"" + word + "\" acts on the device");
    }
  }

  private static boolean isAddressOrMark(char c) {
    return (c >= '0' && c <= '9') || c == '@' || c == '[' || c == '!' || c == '#' || c < ' ';
  }
}
