package io.medtwin.app.wiring;

import io.medtwin.app.config.GatewayConfig.Device;
import io.medtwin.spi.Identity.Attribute;
import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.outbox.Identities;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.profile.Profile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is written once of a device: class, identity, profile, and code and unit of each property.
 */
final class Attributes {

  private static final String SCHEMA = "1.0";

  private Attributes() {}

  static Patch of(Device device, Profile profile) {
    return of(device.id(), device.facts(), device.unit(), profile);
  }

  static Patch of(
      String label, Map<Attribute, String> facts, Optional<String> location, Profile profile) {
    var model = profile.model();
    var identity = new LinkedHashMap<String, Object>();
    identity.put("manufacturer", model.manufacturer());
    identity.put("model", model.name());
    facts.forEach((attribute, text) -> identity.put(Identities.key(attribute), text));
    var attributes = new LinkedHashMap<String, Object>();
    attributes.put("schema", SCHEMA);
    attributes.put("label", label);
    attributes.put("class", model.deviceClass());
    if (model.mdc() > 0) {
      attributes.put("mdc", (long) model.mdc());
    }
    attributes.put("identity", new Patch(identity));
    location.ifPresent(unit -> attributes.put("location", Patch.of("unit", unit)));
    attributes.put("profile", new Patch(Map.of("id", profile.id(), "version", profile.version())));
    attributes.put("terms", terms(profile));
    return new Patch(attributes);
  }

  private static Patch terms(Profile profile) {
    var channels = new LinkedHashMap<String, Map<String, Object>>();
    for (Metric metric : profile.metrics()) {
      var term = new LinkedHashMap<String, Object>();
      if (metric.code() > 0) {
        term.put("code", (long) metric.code());
      }
      if (!metric.unit().isEmpty()) {
        term.put("unit", metric.unit());
      }
      if (!term.isEmpty()) {
        channels
            .computeIfAbsent(metric.channel(), unused -> new LinkedHashMap<>())
            .put(metric.name(), new Patch(term));
      }
    }
    var members = new LinkedHashMap<String, Object>();
    channels.forEach((channel, names) -> members.put(channel, new Patch(names)));
    return new Patch(members);
  }
}
