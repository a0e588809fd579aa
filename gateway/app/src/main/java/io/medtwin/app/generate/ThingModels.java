package io.medtwin.app.generate;

import io.medtwin.twin.backend.TwinCommand.Definition;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.profile.Profile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The WoT Thing Models 1.1 of the twins of one device model, in Ditto's conventions: properties of
 * the thing's model are attributes, each {@code tm:submodel} link is a feature, properties of its
 * model are the feature's. No {@code ditto:category} anywhere.
 */
public final class ThingModels {

  private final Profile profile;
  private final ModelPlace place;
  private final Map<String, Map<String, Map<String, Object>>> features = new LinkedHashMap<>();

  private ThingModels(Profile profile) {
    this.profile = profile;
    this.place = ModelPlace.of(profile);
    var metrics = ofAllFirmware(profile);
    for (Metric metric : metrics) {
      if (metric.kind() != Metric.Kind.WAVEFORM) {
        put(metric.channel(), metric, Schemas.value(metric));
      }
    }
    for (Metric metric : metrics) {
      if (metric.kind() == Metric.Kind.WAVEFORM) {
        put("wave-" + metric.channel(), metric, Schemas.wave(metric));
      }
    }
  }

  /** A thing keeps its model when its device tells a firmware that another variant is for. */
  private static List<Metric> ofAllFirmware(Profile profile) {
    var metrics = new ArrayList<>(profile.metrics());
    profile.variants().forEach(variant -> metrics.addAll(variant.profile().metrics()));
    return metrics;
  }

  private void put(String feature, Metric metric, Map<String, Object> schema) {
    features
        .computeIfAbsent(feature, unused -> new LinkedHashMap<>())
        .merge(
            metric.name(),
            Schemas.affordance(Words.title(metric.name()), metric.code(), schema),
            Schemas::either);
  }

  /**
   * All models of a profile, by path; that of the thing first.
   *
   * @param base URL below which the paths are served, without slash at the end
   */
  public static Map<String, String> of(Profile profile, String base) {
    return new ThingModels(profile).write(base);
  }

  /** What a thing of this profile says it follows. */
  public static Definition definition(Profile profile, String base) {
    var models = new ThingModels(profile);
    var features = new LinkedHashMap<String, String>();
    models
        .featureIds()
        .forEach(feature -> features.put(feature, base + "/" + models.place.feature(feature)));
    return new Definition(base + "/" + models.place.thing(), features);
  }

  private List<String> featureIds() {
    var ids = new ArrayList<>(features.keySet());
    ids.addAll(GatewayFeatures.all().keySet());
    return ids;
  }

  private Map<String, String> write(String base) {
    var texts = new LinkedHashMap<String, String>();
    texts.put(place.thing(), Json.write(thing(base)));
    features.forEach(
        (feature, properties) -> {
          var model = head(feature, about(feature));
          Schemas.properties(model, new LinkedHashMap<>(properties));
          texts.put(place.feature(feature), Json.write(model));
        });
    GatewayFeatures.all()
        .forEach(
            (feature, content) -> {
              var model = head(feature, content.description());
              if (!content.properties().isEmpty()) {
                Schemas.properties(model, content.properties());
              }
              texts.put(place.feature(feature), Json.write(model));
            });
    return texts;
  }

  private String about(String feature) {
    return feature.startsWith("wave-")
        ? "Waves of one channel of the " + name() + ": descriptors, no samples."
        : "One channel of the " + name() + ".";
  }

  private Map<String, Object> head(String feature, String description) {
    return Schemas.head(name() + ": " + feature, description, 0, place.version());
  }

  private String name() {
    return profile.model().manufacturer() + " " + profile.model().name();
  }

  private Map<String, Object> thing(String base) {
    var model =
        Schemas.head(
            name(),
            "Twin of a device of class "
                + profile.model().deviceClass()
                + ", as written by a MedTwin gateway with the profile "
                + profile.id()
                + " "
                + profile.version()
                + ". Read-only: no therapy through the twin.",
            profile.model().mdc(),
            place.version());
    var links = new ArrayList<Object>();
    for (String feature : featureIds()) {
      var link = new LinkedHashMap<String, Object>();
      link.put("rel", "tm:submodel");
      link.put("href", base + "/" + place.feature(feature));
      link.put("type", ModelPlace.MEDIA_TYPE);
      link.put("instanceName", feature);
      links.add(link);
    }
    model.put("links", links);
    Schemas.properties(model, attributes());
    return model;
  }

  private static Map<String, Object> attributes() {
    var of = new LinkedHashMap<String, Object>();
    put(of, "schema", Schemas.text("Version of the layout of attributes."));
    put(of, "label", Schemas.text("Id of the device in its gateway."));
    put(of, "class", Schemas.text("Class of device."));
    put(of, "mdc", Schemas.whole("IEEE 11073-10101 code of the class."));
    put(of, "identity", identity());
    var location = new LinkedHashMap<String, Object>();
    location.put("unit", Schemas.text("Organisational unit."));
    put(of, "location", Schemas.open("Where it stands; never a patient.", location));
    var made = new LinkedHashMap<String, Object>();
    made.put("id", Schemas.text("Name."));
    made.put("version", Schemas.text("major.minor.patch"));
    put(of, "profile", Schemas.open("Device profile that was used.", made));
    var term = new LinkedHashMap<String, Object>();
    term.put("code", Schemas.whole("IEEE 11073-10101 code."));
    term.put("unit", Schemas.text("UCUM unit."));
    put(
        of,
        "terms",
        Schemas.map(
            "Code and unit of each property, by channel.",
            Schemas.map("By property.", Schemas.open("One property.", term))));
    return of;
  }

  private static Map<String, Object> identity() {
    var members = new LinkedHashMap<String, Object>();
    for (String name :
        List.of(
            "manufacturer",
            "model",
            "serial",
            "firmware",
            "hardware",
            "software",
            "protocol",
            "eui64",
            "udiDi",
            "udiPi")) {
      members.put(name, Schemas.text("As configured, or as the device tells it."));
    }
    members.put("conflict", Schemas.text("What is doubtful about it, for people."));
    return Schemas.open("Who the device is.", members);
  }

  private static void put(Map<String, Object> of, String name, Map<String, Object> schema) {
    of.put(name, Schemas.affordance(Words.title(name), 0, schema));
  }
}
