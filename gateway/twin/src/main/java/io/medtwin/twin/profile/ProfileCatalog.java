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
import java.util.Set;
import java.util.TreeMap;

/** All profiles of a gateway, by id. Immutable. */
public final class ProfileCatalog {

  /** Most profiles in one folder; more is a problem. */
  public static final int LIMIT = 2_000;

  /** What a profile does not take from its base. */
  private static final Set<String> ITS_OWN = Set.of("profile", "version", "examples");

  private final Map<String, Profile> profiles;

  private ProfileCatalog(Map<String, Profile> profiles) {
    this.profiles = profiles;
  }

  /**
   * Reads every {@code *.yaml} of the folders; a later folder's profile replaces an earlier one of
   * the same id. A profile may be based on one other, which stands anywhere among them.
   */
  public static ProfileCatalog read(Collection<Path> folders, Problems problems) {
    var roots = roots(folders, problems);
    var profiles = new TreeMap<String, Profile>();
    roots.forEach((id, root) -> profiles.put(id, ProfileReader.read(withBase(root, roots))));
    return new ProfileCatalog(profiles);
  }

  /** One file, whose base may be any profile of the folders; their own problems are not told. */
  public static Optional<Profile> readOne(Path file, Collection<Path> folders, Problems problems) {
    var others = roots(folders, new Problems());
    return Document.read(file, problems)
        .map(
            root -> {
              var unused = idOf(root, problems);
              return ProfileReader.read(withBase(root, others));
            });
  }

  private static Map<String, Section> roots(Collection<Path> folders, Problems problems) {
    var roots = new TreeMap<String, Section>();
    for (Path folder : folders) {
      try (var files = Files.list(folder)) {
        files
            .filter(file -> file.getFileName().toString().endsWith(".yaml"))
            .sorted()
            .limit(LIMIT + 1L)
            .forEach(
                file ->
                    Document.read(file, problems)
                        .ifPresent(root -> roots.put(idOf(root, problems), root)));
      } catch (IOException e) {
        problems.add(new Problem(folder.toString(), 0, "cannot list profiles: " + e));
      }
    }
    if (roots.size() > LIMIT) {
      problems.add(new Problem(folders.toString(), 0, "holds more than " + LIMIT + " profiles"));
    }
    return roots;
  }

  private static String idOf(Section root, Problems problems) {
    var name = ProfileReader.idOfFile(root.file());
    var id = root.optionalText("profile").or(() -> name).orElse("");
    if (name.isPresent() && !name.get().equals(id)) {
      problems.add(
          new Problem(
              root.file(),
              root.line("profile"),
              "the file's name says \"" + name.get() + "\", its content \"" + id + "\""));
    }
    return id;
  }

  private static Section withBase(Section root, Map<String, Section> roots) {
    var name = root.optionalText("base");
    if (name.isEmpty()) {
      return root;
    }
    var base = roots.get(name.get());
    if (base == null || base == root) {
      root.problemAt(
          "base",
          "there is no profile \""
              + name.get()
              + "\" to be based on"
              + Suggestion.of(name.get(), roots.keySet()));
      return root;
    }
    if (base.has("base")) {
      root.problemAt(
          "base",
          "\"" + name.get() + "\" is itself based on another profile; only one step is allowed");
      return root;
    }
    return root.over(base.without(ITS_OWN));
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
