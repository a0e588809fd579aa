package io.medtwin.app.record;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Members of JSON that name a person by their name: {@code patientId}, {@code mrn}, {@code
 * lastName}, {@code dob}; of SenML and other lists of named values, those that go by such a name.
 * Texts lose their letters, numbers their digits; marks, lengths and the names of members stay, so
 * that it is JSON still. What begins as JSON and does not go on as such is replaced from there on.
 */
public final class JsonPersons implements Finder {

  private static final Pattern PERSON =
      Pattern.compile(
          "(patient|person|subject|user|owner|nurse|caregiver|operator|clinician|physician|doctor)"
              + ".*|.*(patient|surname|birth).*|mrn|dob|ssn|(first|last|middle|family|given|full"
              + "|maiden|nick|display)_?-?name|family|given|mail|e_?-?mail|phone.*|tel|telephone"
              + "|mobile|street|zip|postcode|postal_?-?code|address(line)?|encounter.*|visit.*"
              + "|admission.*|case_?-?(id|number)|insurance.*|gender|sex|age|name");

  /** What may be called {@code name} and is no person. */
  private static final Set<String> NAMED_THINGS =
      Set.of(
          "schema_id",
          "schema",
          "device",
          "metric",
          "parameter",
          "sensor",
          "code",
          "unit",
          "gateway",
          "acquisition_provenance");

  /** Members whose text says what the others of the object are. */
  private static final Set<String> LABELS = Set.of("n", "name", "key", "label", "parameter");

  private static final int DEEPEST = 100;

  /** One object or list that is open. */
  private static final class Open {
    final boolean object;
    final String name;
    final boolean person;
    final int from;
    boolean labelled;
    String member = "";

    Open(boolean object, String name, boolean person, int from) {
      this.object = object;
      this.name = name;
      this.person = person;
      this.from = from;
    }
  }

  @Override
  public int find(byte[] bytes, BitSet marks) {
    int begin = 0;
    while (begin < bytes.length && (bytes[begin] <= ' ' && bytes[begin] >= 0)) {
      begin++;
    }
    boolean json = begin < bytes.length && (bytes[begin] == '{' || bytes[begin] == '[');
    return json ? walk(bytes, begin, marks) : bytes.length;
  }

  /** Walks through; gives where it is no JSON any more. */
  private static int walk(byte[] bytes, int begin, BitSet marks) {
    Deque<Open> open = new ArrayDeque<>();
    int at = begin;
    boolean isKey = false;
    while (at < bytes.length) {
      byte c = bytes[at];
      var in = open.peek();
      if (c == '{' || c == '[') {
        if (open.size() == DEEPEST) {
          return begin;
        }
        var name = in == null ? "" : in.object ? in.member : in.name;
        boolean person = in != null && (in.person || in.object && isPerson(in, name));
        open.push(new Open(c == '{', name, person, at));
        isKey = c == '{';
        at++;
      } else if (c == '}' || c == ']') {
        if (in == null || in.object != (c == '}')) {
          return begin;
        }
        open.pop();
        if (in.labelled) {
          values(bytes, in.from, at, marks);
        }
        at++;
        isKey = false;
        if (open.isEmpty()) {
          return rest(bytes, at);
        }
      } else if (c == '"') {
        int end = endOfText(bytes, at + 1);
        if (end < 0 || in == null) {
          return begin;
        }
        var text = text(bytes, at + 1, end);
        if (isKey) {
          in.member = text;
        } else {
          boolean isLabel = in.object && LABELS.contains(in.member.toLowerCase(Locale.ROOT));
          if (isLabel && !text.equalsIgnoreCase("name") && isPerson(text)) {
            in.labelled = true;
          } else if (in.person || in.object && isPerson(in, in.member)) {
            fill(bytes, at + 1, end, marks);
          }
        }
        at = end + 1;
        isKey = false;
      } else if (c == ',' || c == ':') {
        isKey = c == ',' && in != null && in.object;
        at++;
      } else if (c <= ' ' && c >= 0) {
        at++;
      } else {
        int end = at;
        while (end < bytes.length && isOfAWord(bytes[end])) {
          end++;
        }
        if (end == at || in == null) {
          return begin;
        }
        if (in.person || in.object && isPerson(in, in.member)) {
          digits(bytes, at, end, marks);
        }
        at = end;
      }
    }
    return open.isEmpty() ? bytes.length : begin;
  }

  private static int rest(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] > ' ' || bytes[i] < 0) {
        return i;
      }
    }
    return bytes.length;
  }

  private static boolean isPerson(Open in, String member) {
    boolean thing =
        member.equalsIgnoreCase("name") && NAMED_THINGS.contains(in.name.toLowerCase(Locale.ROOT));
    return !thing && isPerson(member);
  }

  /** Whether what goes by such a name may be of a person. */
  public static boolean isPerson(String name) {
    return PERSON.matcher(name.toLowerCase(Locale.ROOT)).matches();
  }

  /** The values of an object, and of those in it; their names stay. */
  private static void values(byte[] bytes, int from, int to, BitSet marks) {
    int at = from;
    boolean isValue = false;
    while (at < to) {
      byte c = bytes[at];
      if (c == '"') {
        int end = endOfText(bytes, at + 1);
        if (isValue && end > 0) {
          fill(bytes, at + 1, end, marks);
        }
        at = end < 0 ? to : end + 1;
        continue;
      }
      if (isValue && c >= '0' && c <= '9') {
        marks.set(at);
      }
      isValue =
          c == ':'
              || c == '['
              || isValue && c != ',' && c != '{'
              || isValue && c == ',' && inList(bytes, from, at);
      at++;
    }
  }

  private static boolean inList(byte[] bytes, int from, int at) {
    int depth = 0;
    for (int i = at - 1; i > from; i--) {
      depth += bytes[i] == ']' || bytes[i] == '}' ? 1 : bytes[i] == '[' || bytes[i] == '{' ? -1 : 0;
      if (depth < 0) {
        return bytes[i] == '[';
      }
    }
    return false;
  }

  /** A text stays one: its escapes go as a whole, and what is filled in needs none. */
  private static void fill(byte[] bytes, int from, int to, BitSet marks) {
    marks.set(from, to);
  }

  /** Numbers become others of as many digits; {@code x} would be no JSON. */
  private static void digits(byte[] bytes, int from, int to, BitSet marks) {
    for (int i = from; i < to; i++) {
      if (bytes[i] >= '0' && bytes[i] <= '9') {
        marks.set(i);
      }
    }
  }

  private static boolean isOfAWord(byte c) {
    return c >= '0' && c <= '9'
        || c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c == '+'
        || c == '-'
        || c == '.';
  }

  private static int endOfText(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\\') {
        i++;
      } else if (bytes[i] == '"') {
        return i;
      }
    }
    return -1;
  }

  private static String text(byte[] bytes, int from, int to) {
    var text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    if (text.indexOf('\\') < 0) {
      return text;
    }
    var plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 5 < text.length() && text.charAt(i + 1) == 'u') {
        try {
          plain.append((char) Integer.parseInt(text.substring(i + 2, i + 6), 16));
          i += 5;
          continue;
        } catch (NumberFormatException e) {
          // as it stands
        }
      }
      plain.append(c);
    }
    return plain.toString();
  }
}
