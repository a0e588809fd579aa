package io.medtwin.app.config;

import io.medtwin.twin.document.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Secrets by reference: {@code ${env:NAME}} or {@code ${file:/run/secrets/name}}. A secret written
 * out in the file is a problem.
 */
final class SecretReader {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]+)}");
  private static final int MAX_BYTES = 64 * 1024;

  private final Map<String, String> environment;
  private final Path folder;

  /** Finds files of secrets relative to {@code folder}. */
  SecretReader(Map<String, String> environment, Path folder) {
    this.environment = environment;
    this.folder = folder;
  }

  Optional<Secret> read(Section section, String key) {
    return section.optionalText(key).flatMap(text -> resolve(section, key, text));
  }

  private Optional<Secret> resolve(Section section, String key, String text) {
    var match = REFERENCE.matcher(text);
    if (!match.matches()) {
      section.problemAt(
          key, key + ": a secret is not written here; use ${env:NAME} or ${file:/path}");
      return Optional.empty();
    }
    var name = match.group(2);
    if (match.group(1).equals("env")) {
      var value = environment.get(name);
      if (value == null) {
        section.problemAt(key, key + ": the environment variable " + name + " is not set");
      }
      return Optional.ofNullable(value).map(Secret::new);
    }
    try {
      var file = folder.resolve(name);
      if (Files.size(file) > MAX_BYTES) {
        section.problemAt(key, key + ": " + name + " is too large for a secret");
        return Optional.empty();
      }
      return Optional.of(new Secret(Files.readString(file).strip()));
    } catch (IOException e) {
      section.problemAt(
          key, key + ": cannot read " + name + " (" + e.getClass().getSimpleName() + ")");
      return Optional.empty();
    }
  }
}
