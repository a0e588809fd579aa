package io.medtwin.testkit;

import static org.assertj.core.api.Assertions.assertThat;

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
  private static final Pattern PARAMETER = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern NUMERIC = Pattern.compile("-?\\d+(\\.\\d+)?(.*)");

  private DriverRules() {}

  /** D1. */
  static void descriptorIsValidAndStable(Driver first, Driver second) {
    var descriptor = first.descriptor();
    assertThat(second.descriptor().id())
        .as("D1: the id of two instances is the same")
        .isEqualTo(descriptor.id());
    assertThat(second.descriptor().version())
        .as("D1: the version of two instances is the same")
        .isEqualTo(descriptor.version());
    assertThat(second.descriptor().links())
        .as("D1: the links of two instances are the same")
        .isEqualTo(descriptor.links());
    assertThat(second.descriptor().settings().stream().map(Setting::toString))
        .as("D1: the settings of two instances are the same")
        .isEqualTo(descriptor.settings().stream().map(Setting::toString).toList());
    assertThat(descriptor.title()).as("D1: the title tells people something").isNotBlank();
    boolean bytes = first instanceof StreamDriver;
    assertThat(descriptor.links())
        .as("D1: links of the kind that the driver reads (%s)", bytes ? "bytes" : "messages")
        .allMatch(kind -> LinkKind.valueOf(kind.name()).carriesBytes() == bytes);
    assertThat(descriptor.settings())
        .as("D1: each setting says what it does")
        .allMatch(setting -> !setting.meaning().isBlank());
  }

  /** D1, second part. */
  static void isFoundByTheServiceLoader(Driver driver) {
    var type = driver.getClass();
    assertThat(Modifier.isPublic(type.getModifiers()))
        .as("D1: %s is public", type.getName())
        .isTrue();
    assertThat(ServiceLoader.load(Driver.class).stream().map(ServiceLoader.Provider::type))
        .as("D1: %s is listed in META-INF/services/%s", type.getName(), Driver.class.getName())
        .anyMatch(type::equals);
  }

  /** D6. */
  static void readingsAreNamedAndEveryNumberHasAUnit(String transcript, List<String> lines) {
    for (var line : lines) {
      var match = NAMED_READING.matcher(line);
      if (!match.matches()) {
        continue;
      }
      assertThat(match.group(1))
          .as(
              "D6: a parameter is lower case letters, digits and dashes, in %s: %s",
              transcript, line)
          .matches(PARAMETER);
      var number = NUMERIC.matcher(match.group(2));
      if (number.matches()) {
        assertThat(number.group(2))
            .as("D6: a number is followed by its unit, in %s: %s", transcript, line)
            .matches(" \\S.*");
      }
    }
  }

  /** D7. */
  static void someTranscriptShowsAMissingValue(List<List<String>> linesOfAll) {
    assertThat(linesOfAll.stream().flatMap(List::stream))
        .as(
            "D7: the device's marks for \"no value\" become Absent: a transcript shows at least"
                + " one; a device without such marks overrides marksMissingValues()")
        .anyMatch(line -> line.contains(" absent "));
  }
}
