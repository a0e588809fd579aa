package io.medtwin.app.command;

import io.medtwin.app.wiring.ProfileChecks;
import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.profile.ProfileCatalog;
import io.medtwin.twin.vocabulary.CodeCheck;
import io.medtwin.twin.vocabulary.Vocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says all that is wrong with a profile, beside the drivers and the vocabulary that are there. */
final class ProfileLint {

  private final List<Path> shipped;
  private final Plugins plugins;
  private final Units units = new Units();
  private final CodeCheck codes;

  /**
   * Beside those of an installation.
   *
   * @throws DocumentException its vocabulary cannot be read
   */
  ProfileLint(Environment environment, Plugins plugins) throws DocumentException {
    this.shipped = environment.installation().profiles(List.of());
    this.plugins = plugins;
    this.codes = new CodeCheck(Vocabulary.read(environment.installation().vocabulary()), units);
  }

  /** Codes that are known. */
  CodeCheck codes() {
    return codes;
  }

  /** The profile of a file, as far as it reads; its base may be a shipped one, or beside it. */
  Optional<Profile> check(Path file, Problems problems) {
    var folders = new ArrayList<>(shipped);
    var beside = file.toAbsolutePath().getParent();
    if (beside != null) {
      folders.add(beside);
    }
    var profile = ProfileCatalog.readOne(file, folders, problems);
    profile.ifPresent(read -> ProfileChecks.check(read, plugins, units, codes, problems));
    return profile;
  }
}
