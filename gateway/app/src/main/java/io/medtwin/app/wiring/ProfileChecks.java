package io.medtwin.app.wiring;

import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.spi.Setting;
import io.medtwin.twin.document.Problem;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.document.Suggestion;
import io.medtwin.twin.normalizer.ProfileExamples;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.vocabulary.CodeCheck;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is wrong with a profile beyond its form: held against the units, the drivers that are there,
 * and its own examples. Pure.
 */
public final class ProfileChecks {

  private ProfileChecks() {}

  /**
   * Adds every problem of a profile and its variants. Examples are looked at only where nothing
   * else is wrong: they would only repeat it.
   *
   * @param codes the vocabulary
   * @param problems of this profile alone
   */
  public static void check(
      Profile profile, Plugins plugins, Units units, CodeCheck codes, Problems problems) {
    units(profile, units, problems);
    codes(profile, codes).stream()
        .filter(doubt -> !doubt.isUnknown())
        .forEach(doubt -> problems.add(told(profile, doubt)));
    driver(profile, plugins, problems);
    if (problems.isEmpty()) {
      ProfileExamples.check(profile, units, problems);
    }
    for (Profile.Variant variant : profile.variants()) {
      units(variant.profile(), units, problems);
    }
  }

  /** Codes that the vocabulary does not hold: they may be right all the same. */
  public static List<Problem> unknownCodes(Profile profile, CodeCheck codes) {
    return codes(profile, codes).stream()
        .filter(CodeCheck.Doubt::isUnknown)
        .map(doubt -> told(profile, doubt))
        .toList();
  }

  private static List<CodeCheck.Doubt> codes(Profile profile, CodeCheck codes) {
    return Stream.concat(
            Stream.of(profile), profile.variants().stream().map(Profile.Variant::profile))
        .flatMap(one -> codes.doubts(one).stream())
        .distinct()
        .toList();
  }

  private static Problem told(Profile profile, CodeCheck.Doubt doubt) {
    var place = profile.paper().places().get(doubt.place() + "/code");
    return (place == null ? profile.paper().place(doubt.place()) : place)
        .problem(doubt.place() + ": " + doubt.text());
  }

  /** Adds a problem for each unit that is none, and each that cannot be converted. */
  static void units(Profile profile, Units units, Problems problems) {
    for (Metric metric : profile.metrics()) {
      var place = metric.place() + "/unit";
      if (metric.unit().isEmpty()) {
        continue;
      }
      if (!units.isUnit(metric.unit())) {
        problems.add(
            profile
                .paper()
                .place(place)
                .problem(metric.place() + ": \"" + metric.unit() + "\" is no UCUM unit"));
      } else if (!metric.sent().unit().isEmpty()) {
        var ucum = profile.ucum(metric.sent().unit());
        if (units.convert(BigDecimal.ONE, ucum, metric.unit()).isEmpty()) {
          problems.add(
              profile
                  .paper()
                  .place(metric.place() + "/sent")
                  .problem(
                      metric.place()
                          + ": \""
                          + ucum
                          + "\" as it is sent does not convert to \""
                          + metric.unit()
                          + "\""));
        }
      }
    }
    profile
        .units()
        .forEach(
            (wire, ucum) -> {
              if (!units.isUnit(ucum)) {
                problems.add(
                    profile
                        .paper()
                        .place("units/" + wire)
                        .problem("units: \"" + ucum + "\" for \"" + wire + "\" is no UCUM unit"));
              }
            });
  }

  private static void driver(Profile profile, Plugins plugins, Problems problems) {
    var driver = plugins.driver(profile.driver());
    if (driver.isEmpty()) {
      var known = plugins.drivers().stream().map(found -> found.descriptor().id()).toList();
      problems.add(
          profile
              .paper()
              .place("driver")
              .problem(
                  "driver: no plugin brings \""
                      + profile.driver()
                      + "\""
                      + Suggestion.of(profile.driver(), known)));
      return;
    }
    var settings = driver.get().descriptor().settings();
    var names = settings.stream().map(Setting::name).toList();
    for (Map.Entry<String, String> entry : profile.settings().entrySet()) {
      var place = profile.paper().place("settings/" + entry.getKey());
      var setting = settings.stream().filter(s -> s.name().equals(entry.getKey())).findFirst();
      if (setting.isEmpty()) {
        problems.add(
            place.problem(
                "settings: driver "
                    + profile.driver()
                    + " has no setting \""
                    + entry.getKey()
                    + "\""
                    + Suggestion.of(entry.getKey(), names)));
      } else {
        try {
          var unused = setting.get().parse(entry.getValue());
        } catch (IllegalArgumentException e) {
          problems.add(place.problem("settings: " + e.getMessage()));
        }
      }
    }
  }
}
