package io.medtwin.app.command;

import io.medtwin.app.wiring.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What drivers are compiled against, for a project of a device maker. Its version is the release's
 * with the beginning of a sum over its files: Maven keeps what it has once seen of a version, and
 * would compile against another build of the same one.
 *
 * @param folder a Maven repository of files
 * @param release version that the files are named after
 * @param version version for the project
 */
record Sdk(Path folder, String release, String version) {

  private static final int FILES_MAX = 1_000;
  private static final int SUM_DIGITS = 8;

  /**
   * That of an installation.
   *
   * @throws IOException it has none
   */
  static Sdk of(Installation installation) throws IOException {
    var folder = installation.sdk();
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          folder + " is missing: this installation has no SDK to put in a project");
    }
    var release = installation.version();
    var sum = sum(files(folder)).substring(0, SUM_DIGITS);
    return new Sdk(folder, release, release + "-" + sum);
  }

  /** Copies it, named by its own version. */
  void copyTo(Path target) throws IOException {
    for (Path file : files(folder)) {
      var copy =
          target.resolve(
              folder
                  .relativize(file)
                  .toString()
                  .replace("-" + release, "-" + version)
                  .replace("/" + release + "/", "/" + version + "/"));
      Files.createDirectories(copy.getParent());
      if (copy.toString().endsWith(".pom")) {
        var inner = "<version>" + release + "</version>";
        Files.writeString(
            copy, Files.readString(file).replace(inner, "<version>" + version + "</version>"));
      } else {
        Files.copy(file, copy);
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().limit(FILES_MAX).toList();
    }
  }

  private static String sum(List<Path> files) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files) {
        digest.update(Files.readAllBytes(file));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
