package io.medtwin.app.generate;

import io.medtwin.spi.LinkKind;
import io.medtwin.twin.profile.Profile;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What can be generated. */
public enum Output {
  /** WoT Thing Models: {@code models/<profile>/<version>/…}. */
  TM("tm"),
  /** Ditto policy of the device class: {@code policies/<class>.json}. */
  POLICY("policy"),
  /** Sheet of a simulated device: {@code simulators/<profile>.yaml}. */
  SIMULATOR("simulator"),
  /** Page for people: {@code pages/<profile>.md}. */
  PAGE("page");

  private final String word;

  Output(String word) {
    this.word = word;
  }

  /** As written on the command line. */
  public String word() {
    return word;
  }

  /**
   * What to generate from.
   *
   * @param profile the profile
   * @param wires kinds of link that its driver takes; empty where the driver is not there
   * @param conversations names of the conversations that a simulated device may play
   */
  public record Source(Profile profile, Set<LinkKind> wires, List<String> conversations) {
    public Source {
      wires = Set.copyOf(wires);
      conversations = List.copyOf(conversations);
    }
  }

  /**
   * Whom it is for.
   *
   * @param site dotted name of the site
   * @param base URL below which the models will be served, without slash at the end
   */
  public record Target(String site, String base) {}

  /** Every text of one profile, by path relative to the folder of the output. */
  public static Map<String, String> of(Source source, Target target, Collection<Output> wanted) {
    var texts = new LinkedHashMap<String, String>();
    var profile = source.profile();
    for (Output output : List.of(values())) {
      if (!wanted.contains(output)) {
        continue;
      }
      switch (output) {
        case TM -> texts.putAll(ThingModels.of(profile, target.base()));
        case POLICY -> {
          var deviceClass = profile.model().deviceClass();
          texts.put(
              "policies/" + deviceClass + ".json", PolicyTemplate.of(target.site(), deviceClass));
        }
        case SIMULATOR ->
            texts.put("simulators/" + profile.id() + ".yaml", SimulatorSheet.of(source));
        case PAGE -> texts.put("pages/" + profile.id() + ".md", Page.of(profile, source.wires()));
      }
    }
    return texts;
  }
}
