package io.medtwin.testkit;

import io.medtwin.spi.LinkKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * What a protocol cannot give, and what was shown, each with its reason: the file {@value
 * #FILE_NAME} beside transcripts, one statement a line.
 *
 * <pre>
 * driver nonin-oem3                         # only where the folder is not named like a profile
 * link udp                                  # only where the driver takes more than one
 * without checksum in format-8: it has none, a flipped bit goes unnoticed
 * noise 00 01 10-1f in format-8: a byte with bit 7 and three without are a record
 * noise-without 0a 0d: line ends between lines are not counted
 * frame-ends-behind 5: a packet is whole when the next one begins
 * may-write "!INF\r": asked again after noise
 * may-write-like !GET[0-9]+\r: the number is the device's
 * may-send MSH.*: an acknowledgement
 * may-use java.io.File in com.acme.Tables: reads its table once
 * shows counter-wrap in a-day as "at 65536 x": the counter of the header has 16 bits
 * evidence capture in recorded: an MP50 of 2015, dataset and its licence
 * </pre>
 *
 * Without {@code in} a statement holds for every transcript of the folder.
 */
public final class Declarations {

  /** Its name beside the transcripts; it has no ending, so it is never taken for one of them. */
  public static final String FILE_NAME = "conformance";

  /** What a protocol may lack. */
  public enum Feature {
    CHECKSUM,
    MISSING_VALUE_MARKS,
    TRUNCATION_MARKS,
    END_ON_SILENCE,
    COUNTER_WRAP,
    CLOCK_JUMP,
    UNKNOWN_PARAMETERS,
    NONSENSE_MARKS;

    /** As it is written. */
    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * One statement.
   *
   * @param what its first word
   * @param value what follows, without transcripts
   * @param transcripts for which it holds; empty for all
   * @param as a text that shows it; empty if none
   * @param reason why
   */
  record Statement(String what, String value, Set<String> transcripts, String as, String reason) {

    boolean isFor(String transcript) {
      return transcripts.isEmpty() || transcripts.contains(transcript);
    }
  }

  private static final Pattern LINE =
      Pattern.compile(
          "(?<what>[a-z-]+)\\s+(?<value>.*?)(?:\\s+in\\s+(?<in>[\\w.,$ -]+?))?"
              + "(?:\\s+as\\s+\"(?<as>[^\"]*)\")?");
  private static final Set<String> WORDS =
      Set.of(
          "driver",
          "link",
          "without",
          "noise",
          "noise-without",
          "frame-ends-behind",
          "may-write",
          "may-write-like",
          "may-send",
          "may-use",
          "shows",
          "evidence");
  private static final Set<String> WITHOUT_REASON = Set.of("driver", "link");
  private static final Set<String> SHOWN =
      Set.of("counter-wrap", "clock-jump", "unknown-parameters");
  private static final Set<String> EVIDENCE = Set.of("capture", "second-source");
  private static final int BYTES = 256;

  private final List<Statement> statements;
  private final Set<ByteBuffer> requests;
  private final Map<String, List<Pattern>> patterns = new HashMap<>();

  private Declarations(List<Statement> statements) {
    this.statements = List.copyOf(statements);
    requests =
        statements.stream()
            .filter(one -> one.what().equals("may-write"))
            .map(one -> frame(one.value()))
            .collect(Collectors.toSet());
    for (var what : List.of("may-send", "may-write-like")) {
      patterns.put(
          what,
          statements.stream()
              .filter(one -> one.what().equals(what))
              .map(one -> pattern(one.value()))
              .toList());
    }
  }

  /** Nothing is declared: every rule holds in full. */
  public static Declarations none() {
    return new Declarations(List.of());
  }

  /**
   * Those of a text.
   *
   * @param name of the file, for messages
   * @throws IllegalArgumentException naming the line that is not of the form or has no reason
   */
  public static Declarations parse(String name, String text) {
    var statements = new ArrayList<Statement>();
    int number = 0;
    for (var line : text.lines().toList()) {
      number++;
      var content = line.strip();
      if (!content.isEmpty() && !content.startsWith("#")) {
        try {
          statements.add(statement(content));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(name + ", line " + number + ": " + e.getMessage(), e);
        }
      }
    }
    var declarations = new Declarations(statements);
    declarations.link();
    return declarations;
  }

  /** Those of a folder of the test resources; nothing is declared where it has no such file. */
  public static Declarations in(String folder) {
    var resource = Thread.currentThread().getContextClassLoader().getResource(folder);
    if (resource == null || !resource.getProtocol().equals("file")) {
      throw new IllegalArgumentException("no folder \"" + folder + "\" in the test resources");
    }
    try {
      return read(Path.of(resource.toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("\"" + folder + "\" is no file name", e);
    }
  }

  /** Those of a folder; nothing is declared where it has no such file. */
  public static Declarations read(Path folder) {
    var file = folder.resolve(FILE_NAME);
    if (!Files.exists(file)) {
      return none();
    }
    try {
      return parse(folder.getFileName() + "/" + FILE_NAME, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Statement statement(String content) {
    var what = content.split("\\s+", 2)[0];
    require(WORDS.contains(what), "a line starts with one of " + new java.util.TreeSet<>(WORDS));
    int colon = content.indexOf(": ");
    var reason = colon < 0 ? "" : content.substring(colon + 2).strip();
    require(
        WITHOUT_REASON.contains(what) || !reason.isEmpty(),
        "a reason behind a colon: whoever reads the report wants to know why");
    var match = LINE.matcher(colon < 0 ? content : content.substring(0, colon).strip());
    require(match.matches(), what + " <value> [in <transcript>, ...] [as \"<text>\"]: <reason>");
    var in = match.group("in");
    var as = match.group("as");
    var statement =
        new Statement(
            what,
            match.group("value").strip(),
            in == null ? Set.of() : Set.of(in.strip().split("\\s*,\\s*")),
            as == null ? "" : as,
            reason);
    validate(statement);
    return statement;
  }

  private static void validate(Statement statement) {
    var value = statement.value();
    var what = statement.what();
    if (what.equals("without")) {
      require(
          List.of(Feature.values()).stream().anyMatch(one -> one.word().equals(value)),
          "without one of "
              + List.of(Feature.values()).stream()
                  .map(Feature::word)
                  .collect(Collectors.joining(", ")));
    } else if (what.equals("shows")) {
      require(SHOWN.contains(value), "shows one of " + new java.util.TreeSet<>(SHOWN));
      require(!statement.transcripts().isEmpty(), "shows ... in <transcript>");
    } else if (what.equals("evidence")) {
      require(EVIDENCE.contains(value), "evidence capture or evidence second-source");
    } else if (what.startsWith("noise")) {
      bytes(value);
    } else if (what.equals("frame-ends-behind")) {
      require(value.matches("\\d{1,5}"), "frame-ends-behind <number of bytes>");
    } else if (what.equals("may-write")) {
      frame(value);
    } else if (what.equals("may-send") || what.equals("may-write-like")) {
      pattern(value);
    }
  }

  /** Why the protocol has no such thing in that transcript. */
  Optional<String> without(Feature feature, String transcript) {
    return statements.stream()
        .filter(one -> one.what().equals("without") && one.value().equals(feature.word()))
        .filter(one -> one.isFor(transcript))
        .map(Statement::reason)
        .findFirst();
  }

  /** The bytes that noise is made of. */
  byte[] noise(String transcript) {
    var all = new BitSet(BYTES);
    all.set(0, BYTES);
    for (var one : statements) {
      if (one.isFor(transcript) && one.what().equals("noise")) {
        all.and(bytes(one.value()));
      } else if (one.isFor(transcript) && one.what().equals("noise-without")) {
        all.andNot(bytes(one.value()));
      }
    }
    var noise = new byte[all.cardinality()];
    int at = 0;
    for (int value = all.nextSetBit(0); value >= 0; value = all.nextSetBit(value + 1)) {
      noise[at++] = (byte) value;
    }
    return noise;
  }

  /** First bytes of a frame that end the one before it; 0 where a frame ends by itself. */
  int frameEndsBehind(String transcript) {
    return statements.stream()
        .filter(one -> one.what().equals("frame-ends-behind") && one.isFor(transcript))
        .mapToInt(one -> Integer.parseInt(one.value()))
        .findFirst()
        .orElse(0);
  }

  /** Whether a request of these bytes may be written, though no transcript shows it. */
  boolean mayWrite(ByteBuffer request) {
    var bytes = new byte[request.remaining()];
    request.duplicate().get(bytes);
    return requests.contains(request) || isLike("may-write-like", bytes);
  }

  /** Whether a message of this content may be sent. */
  boolean maySend(byte[] content) {
    return isLike("may-send", content);
  }

  private boolean isLike(String what, byte[] content) {
    var text = new String(content, StandardCharsets.ISO_8859_1);
    return patterns.getOrDefault(what, List.of()).stream()
        .anyMatch(pattern -> pattern.matcher(text).matches());
  }

  /** Names of classes and of their members that its own code may use beside those of the rule. */
  Optional<Statement> mayUse(String type, String member, String user) {
    return statements.stream()
        .filter(one -> one.what().equals("may-use"))
        .filter(one -> one.isFor(user))
        .filter(one -> one.value().equals(type) || one.value().equals(type + "." + member))
        .findFirst();
  }

  /** Statements that a transcript shows this. */
  List<Statement> shown(String what) {
    return statements.stream()
        .filter(one -> one.what().equals("shows") && one.value().equals(what))
        .toList();
  }

  /** Statements of what the driver was held against. */
  List<Statement> evidence() {
    return statements.stream().filter(one -> one.what().equals("evidence")).toList();
  }

  /** The driver that the transcripts are of, where the folder does not say it. */
  public Optional<String> driver() {
    return value("driver");
  }

  /** The kind of link that the transcripts are of. */
  Optional<LinkKind> link() {
    return value("link").map(kind -> LinkKind.valueOf(kind.toUpperCase(Locale.ROOT)));
  }

  /** No statement speaks of a transcript that is not there. */
  void requireKnown(String folder, List<String> transcripts) {
    for (var one : statements) {
      for (var name : one.transcripts()) {
        if (!one.what().equals("may-use") && !transcripts.contains(name)) {
          throw new IllegalArgumentException(
              folder
                  + "/"
                  + FILE_NAME
                  + ": "
                  + one.what()
                  + " "
                  + one.value()
                  + " speaks of "
                  + name
                  + ", and there is no such transcript");
        }
      }
    }
  }

  private Optional<String> value(String what) {
    return statements.stream()
        .filter(one -> one.what().equals(what))
        .map(Statement::value)
        .findFirst();
  }

  private static ByteBuffer frame(String written) {
    var turn = Transcript.parse("may-write", "> " + written).turns().get(0);
    if (turn instanceof Transcript.ToDevice request) {
      return request.bytes();
    }
    throw new IllegalArgumentException("may-write <hex or \"text\">");
  }

  private static Pattern pattern(String value) {
    try {
      return Pattern.compile(value, Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("expected a regular expression: " + e.getMessage(), e);
    }
  }

  private static BitSet bytes(String value) {
    var set = new BitSet(BYTES);
    for (var word : value.split("\\s+", -1)) {
      require(
          word.matches("[0-9a-f]{2}(-[0-9a-f]{2})?"),
          "bytes as hex digits, such as 00 1b 80-ff, not " + word);
      int from = Integer.parseInt(word.substring(0, 2), 16);
      int to = word.length() == 2 ? from : Integer.parseInt(word.substring(3), 16);
      require(from <= to, "bytes from low to high, not " + word);
      set.set(from, to + 1);
    }
    return set;
  }

  private static void require(boolean holds, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("expected " + expected);
    }
  }
}
