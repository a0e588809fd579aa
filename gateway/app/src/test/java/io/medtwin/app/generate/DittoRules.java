package io.medtwin.app.generate;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Draft7;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Eclipse Ditto's validation of a thing against its Thing Model with the server's own defaults,
 * rule by rule: {@code DefaultWotThingModelValidator}, {@code InternalThingValidation}, {@code
 * InternalFeatureValidation}, {@code InternalValidation} and {@code JsonSchemaTools} of
 * github:eclipse-ditto/ditto at 4e3576844b73 (after 3.9), on the schema library Ditto uses. The
 * module itself, ditto-wot-validation, is not published.
 */
final class DittoRules {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern COMPACT = Pattern.compile("([a-zA-Z][a-zA-Z0-9_-]*):([a-zA-Z].*)");
  private static final Dialect DATA_SCHEMA =
      Dialect.builder(Draft7.getInstance())
          .keyword(new NonValidationKeyword("@type"))
          .keyword(new NonValidationKeyword("unit"))
          .keyword(new NonValidationKeyword("ditto:category"))
          .keyword(new NonValidationKeyword("ditto:deprecationNotice"))
          .build();

  private final JsonNode thingModel;
  private final Map<String, JsonNode> submodels = new LinkedHashMap<>();

  /** Resolves the submodels of {@code thing} among {@code models}, by URL. */
  DittoRules(String thing, Map<String, String> models) {
    this.thingModel = read(thing, models);
    for (JsonNode link : thingModel.path("links")) {
      if (link.path("rel").asString("").equals("tm:submodel")) {
        submodels.put(
            link.path("instanceName").asString(), read(link.path("href").asString(), models));
      }
    }
  }

  private static JsonNode read(String url, Map<String, String> models) {
    var text = models.get(url);
    if (text == null) {
      throw new AssertionError("wot:tm.notaccessible: " + url);
    }
    return JSON.readTree(text);
  }

  Set<String> features() {
    return submodels.keySet();
  }

  /**
   * Prefixes of compact IRIs that a model uses without defining them ({@code
   * AtContextPrefixValidator}); the server does not load such a model.
   */
  static Set<String> undefinedPrefixes(String model) {
    var root = (ObjectNode) JSON.readTree(model);
    var defined = new TreeSet<String>(Set.of("tm"));
    root.path("@context").forEach(context -> defined.addAll(context.propertyNames()));
    root.remove("@context");
    var used = new TreeSet<String>();
    collect(root, used);
    used.removeAll(defined);
    return used;
  }

  private static void collect(JsonNode node, Set<String> used) {
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      prefix(member.getKey(), used);
      collect(member.getValue(), used);
    }
    if (node.isArray()) {
      node.forEach(item -> collect(item, used));
    }
    if (node.isString()) {
      prefix(node.asString(), used);
    }
  }

  private static void prefix(String text, Set<String> used) {
    var match = COMPACT.matcher(text);
    if (match.matches() && !text.contains("://") && !text.startsWith("urn:")) {
      used.add(match.group(1));
    }
  }

  /**
   * Creation: the whole thing. Stricter than the server, which adds features that its model has and
   * the thing lacks, unless its {@code tm-based-creation} is off.
   */
  List<String> create(JsonNode thing) {
    var problems = attributes(thing.path("attributes"));
    var features = new TreeSet<>(submodels.keySet());
    features.addAll(thing.path("features").propertyNames());
    problems.addAll(features(thing, features));
    return problems;
  }

  /**
   * A merge at the root: what it touches, in the thing as it is after it. Stricter than the server,
   * which at that commit takes a {@code null} or an empty object for nothing touched, so that it
   * does not look at what a merge only takes away.
   */
  List<String> merge(JsonNode patch, JsonNode merged) {
    var problems = new ArrayList<String>();
    if (patch.has("attributes")) {
      problems.addAll(attributes(merged.path("attributes")));
    }
    if (patch.has("features")) {
      problems.addAll(features(merged, Set.copyOf(patch.path("features").propertyNames())));
    }
    return problems;
  }

  private List<String> attributes(JsonNode attributes) {
    return properties("attributes", thingModel, attributes);
  }

  private List<String> features(JsonNode thing, Set<String> affected) {
    var problems = new ArrayList<String>();
    var present = new TreeSet<>(thing.path("features").propertyNames());
    present.retainAll(affected);
    for (String feature : present) {
      var model = submodels.get(feature);
      if (model == null) {
        problems.add("feature not defined in the model: " + feature);
      } else {
        problems.addAll(
            properties(feature, model, thing.path("features").path(feature).path("properties")));
      }
    }
    for (String feature : submodels.keySet()) {
      if (affected.contains(feature) && !present.contains(feature)) {
        problems.add("modelled feature is missing: " + feature);
      }
    }
    return problems;
  }

  private static List<String> properties(String where, JsonNode model, JsonNode container) {
    var problems = new ArrayList<String>();
    if (!model.has("properties")) {
      return problems; // nothing modelled, nothing checked
    }
    var modelled = model.path("properties");
    var required = new TreeSet<>(modelled.propertyNames());
    for (JsonNode optional : model.path("tm:optional")) {
      required.remove(optional.asString().replace("/properties/", ""));
    }
    required.removeAll(container.propertyNames());
    required.forEach(name -> problems.add(where + "/" + name + " is required"));
    for (String name : container.propertyNames()) {
      if (!modelled.has(name)) {
        problems.add(where + "/" + name + " is not defined in the model");
        continue;
      }
      for (Error error : errors(modelled.path(name), container.path(name))) {
        problems.add(where + "/" + name + ": " + error);
      }
    }
    return problems;
  }

  private static List<Error> errors(JsonNode schema, JsonNode value) {
    return SchemaRegistry.withDialect(DATA_SCHEMA).getSchema(schema).validate(value);
  }

  /** RFC 7396. */
  static JsonNode merged(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode changes)) {
      return patch;
    }
    var result = target instanceof ObjectNode object ? object.deepCopy() : JSON.createObjectNode();
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      if (change.getValue().isNull()) {
        result.remove(change.getKey());
      } else {
        result.set(change.getKey(), merged(result.path(change.getKey()), change.getValue()));
      }
    }
    return result;
  }
}
