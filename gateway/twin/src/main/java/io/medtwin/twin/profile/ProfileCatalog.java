package io.medtwin.twin.profile;

import io.medtwin.twin.document.Document;
import io.medtwin.twin.document.Problem;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.document.Section;
import io.medtwin.twin.document.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All profiles of a gateway, by id. Immutable. */
public final class ProfileCatalog {

  /** Most profiles in one folder; more is a problem. */
  public static final int LIMIT = 2_000;

  private final Map<String, Profile> profiles;

  private ProfileCatalog(Map<String, Profile> profiles) {
    this.profiles = profiles;
  }

  /**
   * Reads every {@code *.yaml} of the folders; a later folder's profile replaces an earlier one of
   * the same id.
   */
  public static ProfileCatalog read(Collection<Path> folders, Problems problems) {
    var profiles = new TreeMap<String, Profile>();
    for (Path folder : folders) {
      try (var files = Files.list(folder)) {
        files
            .filter(file -> file.getFileName().toString().endsWith(".yaml"))
            .sorted()
            .limit(LIMIT + 1L)
            .forEach(
                file ->
                    Document.read(file, problems).ifPresent(root -> add(root, profiles, problems)));
      } catch (IOException e) {
        problems.add(new Problem(folder.toString(), 0, "cannot list profiles: " + e));
      }
    }
    if (profiles.size() > LIMIT) {
      problems.add(new Problem(folders.toString(), 0, "holds more than " + LIMIT + " profiles"));
    }
    return new ProfileCatalog(profiles);
  }

  private static void add(Section root, Map<String, Profile> profiles, Problems problems) {
    var profile = ProfileReader.read(root);
    var expected = ProfileReader.idOfFile(root.file());
    if (expected.isPresent() && !expected.get().equals(profile.id())) {
      problems.add(
          new Problem(
              root.file(),
              root.line("profile"),
              "the file's name says \""
                  + expected.get()
                  + "\", its content \""
                  + profile.id()
                  + "\""));
    }
    profiles.put(profile.id(), profile);
  }

  /** The profile of that id. */
  public Optional<Profile> find(String id) {
    return Optional.ofNullable(profiles.get(id));
  }

  /** {@code "; did you mean …"} for an id that is not there. */
  public String suggestionFor(String id) {
    return Suggestion.of(id, profiles.keySet());
  }

  /** All profiles, by id. */
  public Collection<Profile> all() {
    return profiles.values();
  }
}
