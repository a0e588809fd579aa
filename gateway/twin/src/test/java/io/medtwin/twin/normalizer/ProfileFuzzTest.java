package io.medtwin.twin.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.twin.document.Document;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.profile.ProfileDiff;
import io.medtwin.twin.profile.ProfileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A profile that somebody mangled is refused with its problems, or read; nothing is thrown. */
class ProfileFuzzTest {

  private static final Units UNITS = new Units();
  private static final Path PROFILES = Path.of("../../device-profiles/profiles");
  private static final List<String> SHIPPED = shipped();
  private static final List<String> ODD =
      List.of(
          "~",
          "null",
          "",
          "-",
          "{",
          "}",
          "[",
          "]",
          ":",
          "\"",
          "'",
          "&a",
          "*a",
          "!!int",
          "1e999",
          "10*999",
          "[degF]",
          "-> ",
          "absent:",
          "\u0000",
          "\t",
          "999999999999999999999",
          "0x1F");

  @Property(tries = 2_000)
  void nothingIsThrown(@ForAll long seed) {
    var random = new Random(seed);
    var text = mangled(SHIPPED.get(random.nextInt(SHIPPED.size())), random);
    var problems = new Problems();

    var profile = Document.parse("mangled.yaml", text, problems).map(ProfileReader::read);

    profile.ifPresent(read -> use(read, problems));
    assertThat(profile.isPresent() || !problems.isEmpty()).as("read, or said why not").isTrue();
  }

  private static void use(Profile profile, Problems problems) {
    ProfileExamples.check(profile, UNITS, problems);
    profile.metrics().forEach(metric -> UNITS.isUnit(metric.unit()));
    assertThat(ProfileDiff.between(profile, profile)).isEmpty();
    assertThat(profile.forFirmware("2.1").id()).isEqualTo(profile.id());
  }

  /** Lines taken away, doubled, moved; words put in; characters changed. */
  private static String mangled(String profile, Random random) {
    var lines = new ArrayList<>(profile.lines().toList());
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(lines.size());
      var line = lines.get(at);
      int cut = line.isEmpty() ? 0 : random.nextInt(line.length());
      switch (random.nextInt(5)) {
        case 0 -> lines.remove(at);
        case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
        case 2 -> lines.set(at, line.substring(0, cut));
        case 3 -> lines.set(at, line.substring(0, cut) + odd(random) + line.substring(cut));
        default -> lines.set(at, line.replaceFirst("[^ :]+(?=[,}\\]]|$)", odd(random)));
      }
      if (lines.isEmpty()) {
        lines.add("profile: x");
      }
    }
    return String.join("\n", lines);
  }

  private static String odd(Random random) {
    return java.util.regex.Matcher.quoteReplacement(ODD.get(random.nextInt(ODD.size())));
  }

  private static List<String> shipped() {
    try (var files = Files.list(PROFILES)) {
      var texts = new ArrayList<String>();
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        texts.add(Files.readString(file));
      }
      return texts;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
