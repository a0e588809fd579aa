package io.medtwin.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.app.TestInstallation;
import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.twin.document.Problem;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.profile.ProfileCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Broken profiles, each with what must be said of it in its last lines: {@code # expect LINE
 * MESSAGE}. All that is said is expected, and nothing else is said.
 */
class BrokenProfilesTest {

  private static final Path FOLDER = Path.of("src/test/resources/broken-profiles");
  private static final String EXPECT = "# expect ";
  private static final Units UNITS = new Units();

  @TempDir private static Path installation;
  private static Plugins plugins;

  @BeforeAll
  static void loadPlugins() throws IOException {
    plugins = TestInstallation.plugins(installation);
  }

  @AfterAll
  static void closePlugins() throws IOException {
    plugins.close();
  }

  static List<Path> profiles() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  @Test
  void thereAreAtLeastThirty() throws IOException {
    assertThat(profiles()).hasSizeGreaterThanOrEqualTo(30);
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void isRefusedForTheRightReason(Path file) throws IOException {
    var expected =
        Files.readAllLines(file).stream()
            .filter(line -> line.startsWith(EXPECT))
            .map(line -> line.substring(EXPECT.length()))
            .toList();
    var problems = new Problems();

    ProfileCatalog.readOne(file, List.of(TestInstallation.PROFILES), problems)
        .ifPresent(
            profile ->
                ProfileChecks.check(
                    profile, plugins, UNITS, TestInstallation.codes(UNITS), problems));

    assertThat(expected).isNotEmpty();
    var said = problems.list().stream().map(BrokenProfilesTest::said).toList();
    for (String one : expected) {
      assertThat(said).as("said of %s", file).anyMatch(text -> text.startsWith(one));
    }
    assertThat(said)
        .as("all that is said of %s", file)
        .allMatch(text -> expected.stream().anyMatch(text::startsWith));
    assertThat(problems.list()).allMatch(problem -> problem.file().equals(file.toString()));
  }

  private static String said(Problem problem) {
    return problem.line() + " " + problem.message();
  }
}
