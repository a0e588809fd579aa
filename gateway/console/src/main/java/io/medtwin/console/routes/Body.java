package io.medtwin.console.routes;

import io.medtwin.console.json.JsonFields;
import io.medtwin.console.web.Call;
import io.medtwin.console.web.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Fields of a JSON body. */
final class Body {

  private final JsonFields fields;

  private Body(JsonFields fields) {
    this.fields = fields;
  }

  /**
   * Reads a body.
   *
   * @param known fields it may have
   * @throws Failure it is no JSON object, or has other fields
   */
  static Body read(Call call, Set<String> known) throws Failure {
    // a page of somebody else cannot send this type without asking first
    var type = call.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (!type.equals("application/json") && !type.startsWith("application/json;")) {
      throw Failure.invalid("expected Content-Type: application/json", List.of());
    }
    try {
      var fields = JsonFields.read(call.body());
      var problems = new ArrayList<String>();
      for (String name : fields.names()) {
        if (!known.contains(name)) {
          problems.add("unknown field \"" + name + '"');
        }
      }
      if (!problems.isEmpty()) {
        throw Failure.invalid("unknown fields", problems);
      }
      return new Body(fields);
    } catch (IOException e) {
      throw Failure.invalid("the body cannot be read", List.of(String.valueOf(e.getMessage())));
    }
  }

  /** A text that must be there. */
  String text(String name) throws Failure {
    var text = fields.text(name).filter(present -> !present.isEmpty());
    if (text.isEmpty()) {
      throw Failure.invalid("\"" + name + "\" is missing", List.of("expected a text"));
    }
    return text.get();
  }

  /** A text that may be there. */
  Optional<String> textIfAny(String name) {
    return fields.text(name).filter(text -> !text.isBlank());
  }

  /** A whole number that must be there. */
  long whole(String name) throws Failure {
    OptionalLong number = fields.whole(name);
    if (number.isEmpty()) {
      throw Failure.invalid("\"" + name + "\" is missing", List.of("expected a whole number"));
    }
    return number.getAsLong();
  }
}
