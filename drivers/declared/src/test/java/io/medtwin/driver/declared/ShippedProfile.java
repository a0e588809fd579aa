package io.medtwin.driver.declared;

import io.medtwin.testkit.Transcript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Settings of a profile as it is shipped, and the conversations recorded beside these tests. */
final class ShippedProfile {

  private ShippedProfile() {}

  /** Its settings as text, as a gateway hands them to the driver. */
  static Map<String, String> settings(String profile) {
    var name = "/io/medtwin/profiles/" + profile + ".yaml";
    try (var yaml = ShippedProfile.class.getResourceAsStream(name)) {
      if (yaml == null) {
        throw new IllegalArgumentException("no profile " + profile + " on the class path");
      }
      var root = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(yaml);
      var settings = new LinkedHashMap<String, String>();
      if (root.get("settings") instanceof Map<?, ?> map) {
        map.forEach((key, value) -> settings.put(String.valueOf(key), String.valueOf(value)));
      }
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The transcripts in the folder of the profile's name, with its settings. */
  static Stream<Transcript> transcripts(String profile) {
    var settings = settings(profile);
    return Transcript.in(profile).map(one -> with(settings, one));
  }

  /** The same conversation with other settings. */
  static Transcript with(Map<String, String> settings, Transcript one) {
    return new Transcript(one.name(), settings, one.turns(), one.expected());
  }
}
