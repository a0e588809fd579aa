package io.medtwin.app.generate;

import io.medtwin.twin.profile.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Data schemas of what the outbox writes ({@code PatchWriter} is the other side). Permissive on
 * purpose, since a server that checks refuses a whole merge for one leaf: words are listed in
 * descriptions and never an {@code enum}, numbers have no bounds, nothing is required, everything
 * may gain members.
 */
final class Schemas {

  private static final String VALIDITY =
      "What the device says of the value: valid, validated, early, questionable, calibrating,"
          + " ongoing, overflow, underflow, not-available, invalid; or stale, the gateway's word"
          + " for a value that was not said again in time. Others may follow.";
  private static final String FRESHNESS =
      "How far the value may be taken for now: fresh, unchanged, stale, disconnected, invalid,"
          + " absent. Others may follow.";

  private Schemas() {}

  static Map<String, Object> text(String description) {
    return typed("string", description);
  }

  static Map<String, Object> whole(String description) {
    return typed("integer", description);
  }

  static Map<String, Object> number(String description) {
    return typed("number", description);
  }

  static Map<String, Object> flag(String description) {
    return typed("boolean", description);
  }

  /** A time, always UTC and with milliseconds, so that texts sort as times. */
  static Map<String, Object> time(String description) {
    var schema = typed("string", description);
    schema.put("format", "date-time");
    return schema;
  }

  /** An object of these members, which may have others. */
  static Map<String, Object> open(String description, Map<String, Object> members) {
    var schema = typed("object", description);
    schema.put("properties", members);
    schema.put("additionalProperties", true);
    return schema;
  }

  /** An object whose members all look alike, under names that the device chooses. */
  static Map<String, Object> map(String description, Map<String, Object> each) {
    var schema = typed("object", description);
    schema.put("additionalProperties", each);
    return schema;
  }

  /** The latest value of a metric. */
  static Map<String, Object> value(Metric metric) {
    boolean number = metric.kind() == Metric.Kind.NUMERIC || metric.kind() == Metric.Kind.SETTING;
    var value = number ? number("Not there where the device gives none.") : text(said(metric));
    unit(value, metric.unit());
    var members = new LinkedHashMap<String, Object>();
    members.put("value", value);
    members.put("observedAt", time("When it was true, best estimate."));
    members.put("validity", text(VALIDITY));
    members.put("freshness", text(FRESHNESS));
    var bound = number("Beside overflow and underflow: the end of the scale.");
    members.put("bound", number ? unit(bound, metric.unit()) : bound);
    members.put("decimals", whole("Decimals of the number, where JSON cannot show them."));
    members.put("flags", text("What else is said of it, words with a space between."));
    members.put("clock", text("synchronised, aligned or unknown; not there for the gateway's."));
    members.put("mode", text("test or demo where the data are of no patient; else not there."));
    return open(about(metric), members);
  }

  /** Descriptor of a wave. */
  static Map<String, Object> wave(Metric metric) {
    var members = new LinkedHashMap<String, Object>();
    members.put("running", flag("Whether samples come now."));
    members.put("code", whole("IEEE 11073-10101 code."));
    members.put("sampleRate", unit(number("Samples a second."), "Hz"));
    members.put("resolution", unit(number("Value of one count."), metric.unit()));
    members.put("unit", text("UCUM unit of the scaled value."));
    return open(
        "A wave: what it is and whether it runs. Its samples are not in the twin.", members);
  }

  /** Adds the UCUM unit, where there is one. */
  private static Map<String, Object> unit(Map<String, Object> schema, String unit) {
    if (!unit.isEmpty()) {
      schema.put("unit", "ucum:" + unit);
    }
    return schema;
  }

  /**
   * What takes whatever one of two schemas of the same shape takes: a type, a unit or a code on
   * which they differ is left out. Descriptions are the first one's.
   */
  static Map<String, Object> either(Map<?, ?> one, Map<?, ?> other) {
    var both = new LinkedHashMap<String, Object>();
    one.forEach(
        (name, said) -> {
          if (said instanceof Map<?, ?> inner && other.get(name) instanceof Map<?, ?> there) {
            both.put((String) name, either(inner, there));
          } else if (name.equals("description") || said.equals(other.get(name))) {
            both.put((String) name, said);
          }
        });
    return both;
  }

  private static String said(Metric metric) {
    var words = metric.words().values().stream().sorted().distinct().toList();
    return words.isEmpty()
        ? "Not there where the device gives none."
        : "Known words: " + String.join(", ", words) + ". Others may come.";
  }

  /** When it comes and what is plausible, in one sentence each. */
  private static String about(Metric metric) {
    var parts = new ArrayList<String>();
    if (metric.assumed() != null) {
      parts.add("Stale after " + Words.span(metric.assumed()) + ".");
    } else if (metric.period() == null) {
      parts.add("Comes when it changes.");
    } else {
      parts.add(
          "Expected each "
              + Words.span(metric.period())
              + metric.staleAfter().map(s -> ", stale after " + Words.span(s)).orElse("")
              + ".");
    }
    if (metric.plausible() != null) {
      parts.add(
          "Questionable outside "
              + Words.number(metric.plausible().low())
              + " to "
              + Words.number(metric.plausible().high())
              + " "
              + metric.unit()
              + ", never left out.");
    }
    return String.join(" ", parts);
  }

  private static Map<String, Object> typed(String type, String description) {
    var schema = new LinkedHashMap<String, Object>();
    schema.put("description", description);
    schema.put("type", type);
    return schema;
  }

  /** An affordance: a schema with a title and, where it is known, the code of what it means. */
  static Map<String, Object> affordance(String title, int code, Map<String, Object> schema) {
    var members = new LinkedHashMap<String, Object>();
    if (code > 0) {
      members.put("@type", "mdc:" + code);
    }
    members.put("title", title);
    members.putAll(schema);
    members.put("readOnly", true);
    members.put("observable", true);
    return members;
  }

  /** The beginning of every model. */
  static Map<String, Object> head(String title, String description, int code, String version) {
    var model = new LinkedHashMap<String, Object>();
    var prefixes = new LinkedHashMap<String, Object>();
    prefixes.put("mdc", "urn:iso:std:iso:11073:10101#");
    prefixes.put("ucum", "http://unitsofmeasure.org#");
    model.put("@context", List.of("https://www.w3.org/2022/wot/td/v1.1", prefixes));
    model.put("@type", code > 0 ? List.of("tm:ThingModel", "mdc:" + code) : "tm:ThingModel");
    model.put("title", title);
    model.put("description", description);
    model.put("version", Map.of("model", version));
    return model;
  }

  /** Puts properties into a model, all of them optional: a twin grows as the device speaks. */
  static void properties(Map<String, Object> model, Map<String, Object> properties) {
    model.put("properties", properties);
    model.put(
        "tm:optional", properties.keySet().stream().map(name -> "/properties/" + name).toList());
  }
}
