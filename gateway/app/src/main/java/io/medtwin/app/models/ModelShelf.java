package io.medtwin.app.models;

import io.medtwin.app.generate.ModelPlace;
import io.medtwin.app.generate.ThingModels;
import io.medtwin.twin.profile.Profile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every model that was ever served here, in a folder, as it was first put there: a version never
 * changes, and an old one stays for the things that follow it. Links between models are kept
 * without the base URL, so that the gateway may move to another address. Any thread.
 */
final class ModelShelf {

  /** Most versions of all profiles together; no more are taken. */
  static final int LIMIT = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(ModelShelf.class);
  private static final String NAME = "[a-z0-9][a-z0-9-]{0,99}";
  private static final String VERSION = "[0-9]{1,9}\\.[0-9]{1,9}\\.[0-9]{1,9}(-layout[0-9]{1,4})?";
  private static final Pattern PATH =
      Pattern.compile(
          "models/" + NAME + "/" + VERSION + "/(thing|features/" + NAME + ")\\.tm\\.jsonld");

  private final Path folder;
  private final String base;
  private final int limit;
  private final ConcurrentSkipListSet<String> versions = new ConcurrentSkipListSet<>();
  private final AtomicLong attempts = new AtomicLong();

  /**
   * A shelf in a folder, which is made where it is missing.
   *
   * @param folder where models are kept
   * @param base URL below which they are served, without slash at the end
   */
  static ModelShelf open(Path folder, String base) throws IOException {
    return new ModelShelf(folder, base, LIMIT);
  }

  ModelShelf(Path folder, String base, int limit) throws IOException {
    this.folder = folder;
    this.base = base;
    this.limit = limit;
    makeFolder(folder);
    var root = Files.createDirectories(folder.resolve(ModelPlace.ROOT));
    try (var paths = Files.walk(root, 3)) {
      paths
          .filter(path -> path.endsWith("thing.tm.jsonld"))
          .map(path -> folder.relativize(path).toString())
          .filter(path -> PATH.matcher(path).matches())
          .limit(limit)
          .forEach(versions::add);
    }
  }

  /** The folder is the journal's, which nobody but its owner may read, whoever makes it first. */
  private static void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
    }
  }

  /**
   * Puts the models of a profile on the shelf, unless its version is there.
   *
   * @return whether what is there is what this profile says; else it was said in the log
   */
  synchronized boolean put(Profile profile) throws IOException {
    var place = ModelPlace.of(profile);
    var models = ThingModels.of(profile, "");
    if (versions.contains(place.thing())) {
      boolean same = isSame(place, models);
      if (!same) {
        LOG.error(
            "models: profile {} says something else than what was served under that version before;"
                + " the older stays, and new things do not follow it; raise the version of the"
                + " profile",
            profile);
      }
      return same;
    }
    if (versions.size() >= limit) {
      LOG.error(
          "models: {} versions are kept in {}, no more are taken; {} is not served, and new things"
              + " do not follow it; remove versions that no thing follows",
          limit,
          folder,
          profile);
      return false;
    }
    keep(place, models);
    versions.add(place.thing());
    return true;
  }

  private boolean isSame(ModelPlace place, Map<String, String> models) throws IOException {
    try (var kept = Files.walk(folder.resolve(place.folder()))) {
      if (kept.filter(Files::isRegularFile).count() != models.size()) {
        return false;
      }
    }
    for (var model : models.entrySet()) {
      var file = folder.resolve(model.getKey());
      if (!Files.exists(file) || !Files.readString(file).equals(model.getValue())) {
        return false;
      }
    }
    return true;
  }

  /** All files of a version appear at once, or none does. */
  private void keep(ModelPlace place, Map<String, String> models) throws IOException {
    var work = folder.resolve("models-new-" + attempts.incrementAndGet());
    delete(work);
    for (var model : models.entrySet()) {
      var file = work.resolve(model.getKey());
      Files.createDirectories(file.resolveSibling(""));
      Files.writeString(file, model.getValue());
    }
    var home = folder.resolve(place.folder());
    delete(home); // left without its thing by hand, or it would be among the versions
    Files.createDirectories(home.resolveSibling(""));
    Files.move(work.resolve(place.folder()), home, StandardCopyOption.ATOMIC_MOVE);
    delete(work);
  }

  private static void delete(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (var paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** The model at a path such as {@code models/nonin-oem3/1.0.0/thing.tm.jsonld}, if it is here. */
  Optional<byte[]> find(String path) throws IOException {
    if (!PATH.matcher(path).matches()) {
      return Optional.empty();
    }
    try {
      var kept = Files.readString(folder.resolve(path));
      var served = kept.replace("\"href\": \"/", "\"href\": \"" + base + "/");
      return Optional.of(served.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** URLs of all things' models. */
  Stream<String> urls() {
    return versions.stream().map(path -> base + "/" + path);
  }
}
