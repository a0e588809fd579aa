package io.medtwin.app;

import io.medtwin.app.wiring.Installation;
import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.profile.ProfileCatalog;
import io.medtwin.twin.vocabulary.CodeCheck;
import io.medtwin.twin.vocabulary.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The source tree seen as an installation: the profiles as written, the plugins as built. */
public final class TestInstallation {

  /** Root of the source tree. */
  public static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  private static final List<String> DRIVERS =
      List.of("declared", "hl7v2", "infusion-pumps", "patient-monitors", "wearables");

  /** The shipped profiles. */
  public static final Path PROFILES = ROOT.resolve("device-profiles/profiles");

  private TestInstallation() {}

  /** A copy of what an installation needs, in a new folder inside {@code folder}. */
  public static Installation in(Path folder) throws IOException {
    var home = Files.createDirectories(folder.resolve("installation"));
    copy(PROFILES, home.resolve("profiles"));
    copy(ROOT.resolve("device-profiles/vocabulary"), home.resolve("vocabulary"));
    var plugins = Files.createDirectory(home.resolve("plugins"));
    for (String driver : DRIVERS) {
      var built = ROOT.resolve("drivers").resolve(driver).resolve("target/plugin");
      if (!Files.isDirectory(built)) {
        throw new AssertionError(
            built + " is missing: the drivers are not packaged; run mvn verify from the root");
      }
      copy(built, plugins.resolve(driver));
    }
    copyConversations(Files.createDirectory(home.resolve("conversations")));
    Files.writeString(home.resolve("VERSION"), "1.2.3\n");
    return new Installation(home);
  }

  /** As the assembly does: the folders of transcripts of shipped profiles and drivers. */
  private static void copyConversations(Path to) throws IOException {
    for (String driver : DRIVERS) {
      try (var folders = Files.list(ROOT.resolve("drivers/" + driver + "/src/test/resources"))) {
        for (Path folder : folders.toList()) {
          if (Files.isRegularFile(folder.resolve("conformance"))
              && !folder.getFileName().toString().startsWith("checksummed-")) {
            copy(folder, to.resolve(folder.getFileName()));
          }
        }
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    try (var files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  /** The shipped plugins; the caller closes them. */
  public static Plugins plugins(Path folder) throws IOException {
    return Plugins.load(in(folder).plugins(List.of()));
  }

  /** The shipped vocabulary, for what a profile says. */
  public static CodeCheck codes(Units units) {
    try {
      return new CodeCheck(Vocabulary.read(ROOT.resolve("device-profiles/vocabulary")), units);
    } catch (DocumentException e) {
      throw new AssertionError(e);
    }
  }

  /** The shipped profiles. */
  public static ProfileCatalog profiles() throws DocumentException {
    var problems = new Problems();
    var profiles = ProfileCatalog.read(List.of(PROFILES), problems);
    problems.throwIfAny();
    return profiles;
  }
}
