package io.medtwin.app.survey;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of text: what ends and begins them, what guards them, and where their values stand. */
final class TextSurvey {

  private static final double NEARLY_ALL = 0.95;
  private static final int FEWEST_LINES = 3;
  private static final int LINES_MAX = 2_000;
  private static final int TRIED_LINES = 40;
  private static final int KINDS_MAX = 8;
  private static final int FIELDS_MAX = 64;

  private static final Pattern PAIR = Pattern.compile("([A-Za-z][A-Za-z0-9_%/-]{0,30})([=:])(.*)");
  private static final Pattern CHECKSUM =
      Pattern.compile("^(.*?)([^0-9A-Za-z ]?)([0-9A-Fa-f]{4}|[0-9A-Fa-f]{2})$");
  private static final Pattern TIME = Pattern.compile("\\d{1,2}:\\d{2}(:\\d{2})?");
  private static final Pattern DATE = Pattern.compile("\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}");
  private static final Pattern BITS = Pattern.compile("0[0-9A-Fa-f]{3}|0[0-9A-Fa-f]{7}");
  private static final Pattern KIND = Pattern.compile("^([A-Z][A-Z_]{1,15}|![A-Za-z]+)\\b");
  private static final Pattern TRIMMED =
      Pattern.compile("([-+]?\\d{1,12}(?:\\.\\d{1,9})?)([%*CFV]|ml|bpm)");
  private static final List<String> EIGHT_BITS = List.of("xor8", "sum8", "crc8");
  private static final List<String> SIXTEEN_BITS =
      List.of(
          "sum16",
          "crc16-xmodem",
          "crc16-ccitt-false",
          "crc16-kermit",
          "crc16-mcrf4xx",
          "crc16-modbus",
          "crc16-arc");

  private final Evidence evidence;
  private final Trial trial;
  private final List<String> notes = new ArrayList<>();
  private final Map<String, String> settings = new LinkedHashMap<>();

  private TextSurvey(Evidence evidence, Trial trial) {
    this.evidence = evidence;
    this.trial = trial;
  }

  static Optional<Proposal> of(Evidence evidence, Trial trial) {
    return new TextSurvey(evidence, trial).proposal();
  }

  private Optional<Proposal> proposal() {
    var text = new String(evidence.bytes(), StandardCharsets.ISO_8859_1);
    var end = end(text);
    if (end.isEmpty() || !isText(text)) {
      return Optional.empty();
    }
    settings.put("end", end.get());
    var lines = lines(text, mark(end.get()));
    if (lines.size() < FEWEST_LINES) {
      return Optional.empty();
    }
    notes.add(lines.size() + " lines, each ended by " + end.get());
    lines = withoutStart(lines);
    lines = withoutChecksum(lines);
    settings.put("silence", "5s");
    if (evidence.requests() > 0) {
      notes.add(
          evidence.requests()
              + " requests were recorded: give the section that answers one an ask=\"…\", after"
              + " checking in the manual that it changes nothing in the device");
    }
    settings.put("fields", fields(lines));
    return Optional.of(new Proposal("ascii-lines", settings, notes));
  }

  private static boolean isText(String text) {
    long plain = text.chars().filter(c -> (c >= ' ' && c < 0x7F) || isControl(c)).count();
    return plain >= NEARLY_ALL * text.length();
  }

  private static boolean isControl(int c) {
    return c == '\r' || c == '\n' || c == '\t' || (c >= 2 && c <= 4);
  }

  private static Optional<String> end(String text) {
    long lineFeeds = count(text, '\n');
    if (lineFeeds >= FEWEST_LINES) {
      long both = (text.length() - text.replace("\r\n", "").length()) / 2;
      return Optional.of(both >= 0.8 * lineFeeds ? "CRLF" : "LF");
    }
    for (var one : List.of(Map.entry("CR", '\r'), Map.entry("ETX", '\3'), Map.entry("EOT", '\4'))) {
      if (count(text, one.getValue()) >= FEWEST_LINES) {
        return Optional.of(one.getKey());
      }
    }
    return Optional.empty();
  }

  private static char mark(String end) {
    return switch (end) {
      case "CR" -> '\r';
      case "ETX" -> '\3';
      case "EOT" -> '\4';
      default -> '\n';
    };
  }

  private static long count(String text, int wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }

  /** Whole lines, without line ends around them: the first and the last may be cut. */
  private static List<String> lines(String text, char mark) {
    var all = text.split(Pattern.quote(String.valueOf(mark)), -1);
    return Arrays.stream(all, 1, Math.max(1, all.length - 1))
        .map(line -> line.replaceAll("^[\r\n]+|[\r\n]+$", ""))
        .filter(line -> !line.isBlank())
        .limit(LINES_MAX)
        .toList();
  }

  private List<String> withoutStart(List<String> lines) {
    char first = lines.getFirst().charAt(0);
    if (Character.isLetterOrDigit(first) || first == ' ' || first == '-' || first == '+') {
      return lines;
    }
    if (share(lines, line -> line.charAt(0) == first) < NEARLY_ALL) {
      return lines;
    }
    var start =
        first == 2 ? "STX" : first > ' ' ? String.valueOf(first) : "0x%02X".formatted((int) first);
    settings.put("start", start);
    notes.add("each line begins with " + start);
    return lines.stream()
        .filter(line -> line.charAt(0) == first)
        .map(line -> line.substring(1))
        .toList();
  }

  /** Tries every checksum that the driver knows, where the end of the lines looks like one. */
  private List<String> withoutChecksum(List<String> lines) {
    var ends = lines.stream().map(CHECKSUM::matcher).filter(Matcher::matches).toList();
    if (ends.size() < NEARLY_ALL * lines.size()) {
      return lines;
    }
    var separator = ends.getFirst().group(2);
    int digits = ends.getFirst().group(3).length();
    var different = new LinkedHashSet<String>();
    for (var end : ends) {
      if (!end.group(2).equals(separator) || end.group(3).length() != digits) {
        return lines;
      }
      different.add(end.group(3));
    }
    if (different.size() < 2) {
      return lines;
    }
    var few = few();
    for (String kind : digits == 2 ? EIGHT_BITS : SIXTEEN_BITS) {
      for (String complement : List.of("no", "ones", "twos")) {
        for (String covered :
            List.of("", " start=yes", " separated=yes", " start=yes separated=yes")) {
          if ((covered.contains("start") && !settings.containsKey("start"))
              || (covered.contains("separated") && separator.isEmpty())) {
            continue;
          }
          var checksum =
              kind
                  + (complement.equals("no") ? "" : " complement=" + complement)
                  + (separator.isEmpty() ? "" : " separator=\"" + separator + "\"")
                  + covered;
          if (holds(checksum, few)) {
            settings.put("checksum", checksum);
            notes.add("guarded by " + checksum);
            int cut = digits + separator.length();
            return lines.stream().map(line -> line.substring(0, line.length() - cut)).toList();
          }
        }
      }
    }
    notes.add(
        "the last "
            + digits
            + " characters look like a checksum of a kind that is not known: find it in the"
            + " manual");
    return lines;
  }

  /** The beginning of what was recorded. */
  private Evidence few() {
    var bytes = evidence.bytes();
    int lines = 0;
    int length = 0;
    char mark = mark(settings.getOrDefault("end", "LF"));
    while (length < bytes.length && lines < TRIED_LINES) {
      lines += bytes[length++] == mark ? 1 : 0;
    }
    return new Evidence(Arrays.copyOf(bytes, length), List.of(), 0, evidence.span());
  }

  private boolean holds(String checksum, Evidence few) {
    var tried = new LinkedHashMap<>(settings);
    tried.put("checksum", checksum);
    tried.put("fields", "line any words=1\nraw <- line as=text");
    var outcome = trial.of("ascii-lines", tried, few);
    char mark = mark(settings.getOrDefault("end", "LF"));
    long whole = count(new String(few.bytes(), StandardCharsets.ISO_8859_1), mark) - 1;
    return outcome.reports() >= NEARLY_ALL * whole - 1 && outcome.reports() > 0;
  }

  // ---- fields

  private String fields(List<String> lines) {
    var kinds = new LinkedHashMap<String, List<String>>();
    for (String line : lines) {
      var kind = KIND.matcher(line);
      kinds
          .computeIfAbsent(kind.find() ? kind.group(1) : "", unused -> new ArrayList<>())
          .add(line);
    }
    boolean one = kinds.size() > KINDS_MAX || kinds.size() == 1 || isOfPairs(lines);
    var text = new StringBuilder();
    var taken = new LinkedHashSet<String>();
    if (one) {
      section("data", "", lines, "", taken, text);
    } else {
      kinds.forEach(
          (kind, ofKind) -> {
            if (kind.isEmpty()) {
              section("other", "", ofKind, "", taken, text);
            } else {
              var picture = kind.replace("\\", "\\\\") + "*";
              section(
                  Guess.parameter(kind),
                  " like=\"" + picture + "\"",
                  ofKind,
                  Guess.parameter(kind),
                  taken,
                  text);
            }
          });
    }
    return text.toString();
  }

  private static boolean isOfPairs(List<String> lines) {
    return share(lines, line -> pairs(line, separator(List.of(line))).size() >= 1) >= 0.8;
  }

  private void section(
      String name,
      String shape,
      List<String> lines,
      String prefix,
      LinkedHashSet<String> taken,
      StringBuilder text) {
    var separator = separator(lines);
    var option = separator.isEmpty() ? "" : " separator=\"" + separator + "\"";
    var body = new StringBuilder();
    if (isOfPairs(lines)) {
      var sign = sign(lines, separator);
      keys(lines, separator, taken, body);
      option += sign.equals("=") ? "" : " pairs=\"" + sign + "\"";
    } else {
      places(lines, separator, prefix, taken, body);
    }
    if (body.isEmpty()) {
      body.append("line-").append(name).append(" <- line as=text\n");
    }
    text.append("line ")
        .append(name)
        .append(shape.isEmpty() && option.isEmpty() ? " words=1" : shape + option)
        .append('\n')
        .append(body);
  }

  private static String separator(List<String> lines) {
    for (String one : List.of(",", ";", "|", "\t")) {
      if (share(lines, line -> line.contains(one)) >= 0.8) {
        return one;
      }
    }
    return "";
  }

  private static List<String> parts(String line, String separator) {
    var by = separator.isEmpty() ? "\\s+" : Pattern.quote(separator);
    return Arrays.stream(line.strip().split(by, -1)).map(String::strip).toList();
  }

  private static Map<String, String> pairs(String line, String separator) {
    var pairs = new LinkedHashMap<String, String>();
    for (String part : parts(line, separator)) {
      var pair = PAIR.matcher(part);
      if (pair.matches()) {
        pairs.putIfAbsent(pair.group(1), pair.group(3).strip());
      }
    }
    return pairs;
  }

  private static String sign(List<String> lines, String separator) {
    long colons =
        lines.stream()
            .flatMap(line -> parts(line, separator).stream())
            .filter(
                part ->
                    PAIR.matcher(part).matches()
                        && PAIR.matcher(part).replaceFirst("$2").equals(":"))
            .count();
    return colons > lines.size() / 2 ? ":" : "=";
  }

  private void keys(
      List<String> lines, String separator, LinkedHashSet<String> taken, StringBuilder body) {
    var values = new LinkedHashMap<String, List<String>>();
    for (String line : lines) {
      pairs(line, separator)
          .forEach(
              (key, value) -> values.computeIfAbsent(key, unused -> new ArrayList<>()).add(value));
    }
    values.forEach(
        (key, said) -> {
          if (taken.size() >= FIELDS_MAX) {
            return;
          }
          if (Guess.namesAPerson(key)) {
            notes.add("key " + key + " may name a person and was left out");
          } else {
            field(Guess.parameter(key), "key " + key, said, taken, body);
          }
        });
  }

  private void places(
      List<String> lines,
      String separator,
      String prefix,
      LinkedHashSet<String> taken,
      StringBuilder body) {
    int most = lines.stream().mapToInt(line -> parts(line, separator).size()).max().orElse(0);
    var kind = separator.isEmpty() ? "word" : "item";
    for (int place = 1; place <= Math.min(most, FIELDS_MAX); place++) {
      var said = new ArrayList<String>();
      for (String line : lines) {
        var parts = parts(line, separator);
        if (parts.size() >= place) {
          said.add(parts.get(place - 1));
        }
      }
      if (said.stream().distinct().count() < 2 && said.stream().noneMatch(Guess::isNumber)) {
        continue; // the same word in each line tells nothing
      }
      var name = (prefix.isEmpty() ? "" : prefix + "-") + kind + "-" + place;
      field(name, kind + " " + place, said, taken, body);
    }
  }

  private void field(
      String name,
      String place,
      List<String> said,
      LinkedHashSet<String> taken,
      StringBuilder body) {
    var parameter = name;
    for (int i = 2; !taken.add(parameter); i++) {
      parameter = name + "-" + i;
    }
    var words = said.stream().filter(word -> !word.isEmpty()).toList();
    if (share(words, word -> TIME.matcher(word).matches() || DATE.matcher(word).matches()) >= 0.9) {
      body.append("# ").append(place).append(" looks like a time: time <- … pattern=…\n");
      return;
    }
    if (parameter.equals("serial")) {
      body.append("identity serial <- ").append(place).append('\n');
      return;
    }
    if (words.size() > 1 && words.stream().allMatch(word -> BITS.matcher(word).matches())) {
      body.append(parameter).append(" <- ").append(place).append(" as=text\n");
      notes.add(parameter + " (" + place + ") looks like bits: alert … <- … bits=0x…");
      return;
    }
    var trim = "";
    var numbers = new ArrayList<String>();
    for (String word : words) {
      var trimmed = TRIMMED.matcher(word);
      if (trimmed.matches()) {
        trim = trimmed.group(2);
        numbers.add(trimmed.group(1));
      } else if (Guess.isNumber(word)) {
        numbers.add(word);
      }
    }
    var dashes = trim;
    boolean absent =
        words.stream()
            .anyMatch(word -> Guess.isNoValue(dashes.isEmpty() ? word : word.replace(dashes, "")));
    long values = words.stream().filter(word -> !Guess.isNoValue(word.replace(dashes, ""))).count();
    boolean isNumber = !numbers.isEmpty() && numbers.size() >= 0.9 * values;
    if (!isNumber) {
      body.append(parameter).append(" <- ").append(place).append(" as=text\n");
      return;
    }
    var unit =
        trim.equals("%")
            ? "%"
            : trim.equals("ml") ? "mL" : trim.equals("bpm") ? "/min" : Guess.unit(parameter);
    body.append(parameter).append(" <- ").append(place).append(" unit=").append(unit);
    if (!trim.isEmpty()) {
      body.append(" trim=").append(trim);
    }
    if (absent) {
      body.append(" absent=dashes");
    }
    body.append('\n');
    notes.add(
        range(parameter, place, numbers)
            + (Guess.isUnknown(unit)
                ? "; its unit is not known"
                : "; unit " + unit + " is a guess"));
  }

  private static String range(String parameter, String place, List<String> numbers) {
    var sorted = numbers.stream().map(BigDecimal::new).sorted().toList();
    return parameter
        + " ("
        + place
        + "): "
        + numbers.size()
        + " numbers, "
        + sorted.getFirst().toPlainString()
        + " to "
        + sorted.getLast().toPlainString();
  }

  private static <T> double share(List<T> all, Predicate<T> wanted) {
    return all.isEmpty() ? 0 : all.stream().filter(wanted).count() / (double) all.size();
  }
}
