package io.medtwin.app.generate;

import io.medtwin.twin.document.Document;
import io.medtwin.twin.document.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a profile's file says to people and the gateway does not need.
 *
 * @param description one sentence; empty where there is none
 * @param sources where its facts come from
 */
public record Origin(String description, List<String> sources) {

  private static final int DEEPEST = 4;

  public Origin {
    sources = List.copyOf(sources);
  }

  /**
   * Reads it from the last folder that has the profile, and from the profiles it is based on.
   * Problems of the file were told when the catalog was read.
   */
  public static Origin of(String profile, List<Path> folders) {
    var description = "";
    var sources = new ArrayList<String>();
    var next = profile;
    for (int depth = 0; depth < DEEPEST && !next.isEmpty(); depth++) {
      var file = file(next, folders);
      var root = file == null ? null : Document.read(file, new Problems()).orElse(null);
      if (root == null) {
        break;
      }
      if (description.isEmpty()) {
        description = root.optionalText("description").orElse("");
      }
      root.texts("sources").stream().filter(s -> !sources.contains(s)).forEach(sources::add);
      next = root.optionalText("base").orElse("");
    }
    return new Origin(description, sources);
  }

  private static @Nullable Path file(String profile, List<Path> folders) {
    return folders.reversed().stream()
        .map(folder -> folder.resolve(profile + ".yaml"))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElse(null);
  }
}
