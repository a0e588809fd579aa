package io.medtwin.app.survey;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.medtwin.spi.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Messages: GATT of a bridge, SenML, or a maker's JSON with a field for each path. */
final class MessageSurvey {

  private static final int PATHS_MAX = 64;
  private static final int DEPTH_MAX = 16;
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
  private static final long A_YEAR_2001_MILLIS = 1_000_000_000_000L;

  private MessageSurvey() {}

  static Optional<Proposal> of(Evidence evidence) {
    var first = evidence.messages().getFirst();
    if (first.attributes().containsKey(Message.GATT_KIND)) {
      return Optional.of(gatt(evidence));
    }
    var type = first.contentType();
    if (type != null && type.contains("senml")) {
      return Optional.of(
          new Proposal(
              "senml",
              Map.of(),
              List.of("SenML says names and units itself: give each its place")));
    }
    return json(evidence);
  }

  private static Proposal gatt(Evidence evidence) {
    var characteristics = new LinkedHashSet<String>();
    for (Message message : evidence.messages()) {
      var one = message.attributes().get(Message.GATT_CHARACTERISTIC);
      if (one != null && characteristics.size() < PATHS_MAX) {
        characteristics.add(one);
      }
    }
    return new Proposal(
        "gatt-vitals",
        Map.of(),
        List.of(
            "characteristics "
                + String.join(", ", characteristics)
                + ": those of the vital-sign services need no settings; for one of a maker's own"
                + " use gatt-fields"));
  }

  /** What is known of one path. */
  private static final class Seen {
    int count;
    int numbers;
    int strings;
    int flags;
    double largest;
    boolean isIso;
  }

  private static Optional<Proposal> json(Evidence evidence) {
    var seen = new LinkedHashMap<String, Seen>();
    var notes = new ArrayList<String>();
    int read = 0;
    for (Message message : evidence.messages()) {
      try (var parser = new JsonFactory().createParser(message.bytes())) {
        if (parser.nextToken() == JsonToken.START_OBJECT) {
          object(parser, "$", seen, 0);
          read++;
        }
      } catch (IOException notJson) {
        // counted by what is missing below
      }
    }
    if (read < 0.9 * evidence.messages().size() || seen.isEmpty()) {
      return Optional.empty();
    }
    notes.add(read + " of " + evidence.messages().size() + " messages are JSON objects");
    var fields = new StringBuilder();
    var taken = new LinkedHashSet<String>();
    seen.forEach((path, what) -> fields.append(field(path, what, taken, notes)));
    return Optional.of(new Proposal("json-fields", Map.of("fields", fields.toString()), notes));
  }

  private static void object(JsonParser parser, String path, Map<String, Seen> seen, int depth)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var name = parser.currentName();
      var token = parser.nextToken();
      if (token == null) {
        return;
      }
      if (!PLAIN.matcher(name).matches() || depth == DEPTH_MAX) {
        parser.skipChildren();
        continue;
      }
      var here = path + "." + name;
      switch (token) {
        case START_OBJECT -> object(parser, here, seen, depth + 1);
        case START_ARRAY -> parser.skipChildren();
        default -> {
          if (seen.containsKey(here) || seen.size() < PATHS_MAX) {
            look(parser, token, seen.computeIfAbsent(here, unused -> new Seen()));
          }
        }
      }
    }
  }

  private static void look(JsonParser parser, JsonToken token, Seen seen) throws IOException {
    seen.count++;
    switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        seen.numbers++;
        seen.largest = Math.max(seen.largest, parser.getDoubleValue());
      }
      case VALUE_STRING -> {
        seen.strings++;
        seen.isIso |= parser.getText().matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}.*");
      }
      case VALUE_TRUE, VALUE_FALSE -> seen.flags++;
      default -> {
        // null: nothing
      }
    }
  }

  private static String field(
      String path, Seen seen, LinkedHashSet<String> taken, List<String> notes) {
    var key = path.substring(path.lastIndexOf('.') + 1);
    var name = Guess.parameter(key);
    if (List.of("id", "device", "device-id", "mac", "serial", "sn").contains(name)) {
      return name.equals("serial")
          ? "identity serial <- " + path + "\n"
          : "device <- " + path + "\n";
    }
    if (Guess.namesAPerson(key)) {
      notes.add(path + " may name a person: ignored");
      return "ignore <- " + path + "\n";
    }
    if (seen.isIso) {
      return "time <- " + path + " format=iso\n";
    }
    boolean isTime = List.of("ts", "time", "timestamp", "t").contains(name);
    if (isTime && seen.numbers > 0) {
      var form = seen.largest > A_YEAR_2001_MILLIS ? "epoch-millis" : "epoch-seconds";
      return "time <- " + path + " format=" + form + "\n";
    }
    var parameter = name;
    for (int i = 2; !taken.add(parameter); i++) {
      parameter = name + "-" + i;
    }
    if (seen.numbers > 0) {
      var unit = Guess.unit(parameter);
      notes.add(
          parameter
              + " ("
              + path
              + "): unit "
              + unit
              + (Guess.isUnknown(unit) ? ", not known" : ", a guess"));
      return parameter + " <- " + path + " unit=" + unit + "\n";
    }
    return parameter + " <- " + path + (seen.flags > 0 ? " as=code\n" : " as=text\n");
  }
}
