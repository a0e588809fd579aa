package io.medtwin.testkit;

import io.medtwin.spi.Driver;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Setting;
import io.medtwin.spi.StreamDriver;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/** Rules that hold for drivers of both kinds alike. */
final class DriverRules {

  private static final Pattern NAMED_READING =
      Pattern.compile("(?:device \\S+: )?reading (\\S+) (.*)");
  static final Pattern PARAMETER = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern NUMERIC = Pattern.compile("-?\\d+(\\.\\d+)?(.*)");

  private DriverRules() {}

  /** D1. */
  static void descriptorIsValidAndStable(Driver first, Driver second) {
    var descriptor = first.descriptor();
    var other = second.descriptor();
    require(other.id().equals(descriptor.id()), "the id of two instances is the same");
    require(
        other.version().equals(descriptor.version()), "the version of two instances is the same");
    require(other.links().equals(descriptor.links()), "the links of two instances are the same");
    require(
        texts(other.settings()).equals(texts(descriptor.settings())),
        "the settings of two instances are the same");
    require(!descriptor.title().isBlank(), "the title tells people something");
    boolean bytes = first instanceof StreamDriver;
    require(
        descriptor.links().stream()
            .allMatch(kind -> LinkKind.valueOf(kind.name()).carriesBytes() == bytes),
        "links are of the kind that the driver reads ("
            + (bytes ? "bytes" : "messages")
            + "), not "
            + descriptor.links());
    require(
        descriptor.settings().stream().noneMatch(setting -> setting.meaning().isBlank()),
        "each setting says what it does");
  }

  /** D1, second part. */
  static void isFoundByTheServiceLoader(Driver driver) {
    var type = driver.getClass();
    require(Modifier.isPublic(type.getModifiers()), type.getName() + " is public");
    require(
        ServiceLoader.load(Driver.class, type.getClassLoader()).stream()
            .map(ServiceLoader.Provider::type)
            .anyMatch(type::equals),
        type.getName() + " is listed in META-INF/services/" + Driver.class.getName());
  }

  /** D6. */
  static void readingsAreNamedAndEveryNumberHasAUnit(String transcript, List<String> lines) {
    for (var line : lines) {
      var match = NAMED_READING.matcher(line);
      if (!match.matches()) {
        continue;
      }
      if (!PARAMETER.matcher(match.group(1)).matches()) {
        throw new RuleBroken(
            Rule.D6,
            transcript,
            "",
            "a parameter is lower case letters, digits and dashes: " + line);
      }
      var number = NUMERIC.matcher(match.group(2));
      if (number.matches() && !number.group(2).matches(" \\S.*")) {
        throw new RuleBroken(Rule.D6, transcript, "", "a number is followed by its unit: " + line);
      }
    }
  }

  private static List<String> texts(List<Setting<?>> settings) {
    return settings.stream().map(Setting::toString).toList();
  }

  private static void require(boolean holds, String demand) {
    if (!holds) {
      throw new RuleBroken(Rule.D1, "", "", "expected: " + demand);
    }
  }
}
