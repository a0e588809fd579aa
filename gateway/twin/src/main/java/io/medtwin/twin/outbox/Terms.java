package io.medtwin.twin.outbox;

import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.profile.Profile;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a profile adds to the attributes of a thing: which profile is in force, and code and unit of
 * each property, so that a value need not carry them. Pure functions.
 */
final class Terms {

  private Terms() {}

  /** The configured attributes with those of the profile. */
  static Patch into(Patch attributes, Profile profile) {
    var members = new LinkedHashMap<>(attributes.members());
    members.put("profile", new Patch(Map.of("id", profile.id(), "version", profile.version())));
    members.put("terms", of(profile));
    return new Patch(members);
  }

  /** The same, without the terms of places that are no more. */
  static Patch without(Patch attributes, Collection<String> places) {
    if (places.isEmpty() || !(attributes.members().get("terms") instanceof Patch terms)) {
      return attributes;
    }
    var channels = new LinkedHashMap<>(terms.members());
    for (String place : places) {
      int slash = place.indexOf('/');
      var channel = place.substring(0, slash);
      var name = place.substring(slash + 1);
      var names = new LinkedHashMap<String, Object>();
      if (channels.get(channel) instanceof Patch known) {
        names.putAll(known.members());
      }
      names.putIfAbsent(name, Patch.REMOVE);
      channels.put(channel, new Patch(names));
    }
    var members = new LinkedHashMap<>(attributes.members());
    members.put("terms", new Patch(channels));
    return new Patch(members);
  }

  private static Patch of(Profile profile) {
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
