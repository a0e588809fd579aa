package io.medtwin.driver.jsonfields;

import io.medtwin.driver.internal.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place in a JSON text: {@code $.data.list[0].spo2}, or the same as a JSON pointer (RFC 6901)
 * {@code /data/list/0/spo2} for keys with dots or brackets. {@code $} is the whole text.
 *
 * @param steps key or index, from the root
 */
record FieldPath(List<Step> steps) {

  /** One level down. */
  sealed interface Step {

    /** Into a member. */
    record Key(String name) implements Step {}

    /** Into an element, from 0. */
    record Index(int index) implements Step {}

    /** A step of a JSON pointer, which does not tell members from elements. */
    record Either(String text) implements Step {}
  }

  static final FieldPath ROOT = new FieldPath(List.of());

  private static final Pattern DOTTED = Pattern.compile("\\$((\\.[^.\\[\\]]+)|(\\[\\d{1,5}\\]))*");
  private static final Pattern STEP = Pattern.compile("\\.([^.\\[\\]]+)|\\[(\\d+)\\]");
  private static final Pattern ELEMENT = Pattern.compile("0|[1-9]\\d{0,4}");

  FieldPath {
    steps = List.copyOf(steps);
  }

  /** The path a text stands for, or empty if it is none. */
  static Optional<FieldPath> parse(String text) {
    if (text.startsWith("/")) {
      return Optional.of(pointer(text));
    }
    if (!DOTTED.matcher(text).matches()) {
      return Optional.empty();
    }
    var steps = new ArrayList<Step>();
    var matcher = STEP.matcher(text);
    while (matcher.find()) {
      var key = matcher.group(1);
      steps.add(
          key != null ? new Step.Key(key) : new Step.Index(Integer.parseInt(matcher.group(2))));
    }
    return Optional.of(new FieldPath(steps));
  }

  private static FieldPath pointer(String text) {
    var steps = new ArrayList<Step>();
    for (var token : text.substring(1).split("/", -1)) {
      steps.add(new Step.Either(token.replace("~1", "/").replace("~0", "~")));
    }
    return new FieldPath(steps);
  }

  /** One level further. */
  FieldPath then(Step step) {
    var longer = new ArrayList<>(steps);
    longer.add(step);
    return new FieldPath(longer);
  }

  /** The value there and the path to it without {@link Step.Either}, or empty if there is none. */
  Optional<Found> in(Json root) {
    var value = root;
    var exact = ROOT;
    for (var step : steps) {
      var known = exact(step, value);
      var next =
          switch (value) {
            case Json.Obj object when known instanceof Step.Key(String name) ->
                object.members().get(name);
            case Json.Arr array
                when known instanceof Step.Index(int index) && index < array.elements().size() ->
                array.elements().get(index);
            default -> null;
          };
      if (next == null) {
        return Optional.empty();
      }
      exact = exact.then(known);
      value = next;
    }
    return Optional.of(new Found(exact, value));
  }

  /**
   * A value at a path.
   *
   * @param path made of keys and indexes
   * @param value what is there
   */
  record Found(FieldPath path, Json value) {}

  private static Step exact(Step step, Json value) {
    if (!(step instanceof Step.Either(String text))) {
      return step;
    }
    return value instanceof Json.Arr && ELEMENT.matcher(text).matches()
        ? new Step.Index(Integer.parseInt(text))
        : new Step.Key(text);
  }

  /** As a parameter is named: {@code data.list[0].spo2}; {@code $} for the root. */
  String asParameter() {
    var text = new StringBuilder();
    for (var step : steps) {
      switch (step) {
        case Step.Key(String name) -> text.append(text.isEmpty() ? "" : ".").append(name);
        case Step.Index(int index) -> text.append('[').append(index).append(']');
        case Step.Either(String either) -> text.append('/').append(either);
      }
    }
    return text.toString().isBlank() ? "$" : text.toString();
  }
}
