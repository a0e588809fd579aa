package io.medtwin.app.demo.simulate;

import io.medtwin.app.generate.Conversations;
import io.medtwin.app.generate.Output;
import io.medtwin.app.generate.SimulatorSheet;
import io.medtwin.app.wiring.Installation;
import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.simulator.play.Conversation;
import io.medtwin.simulator.sheet.LivingMessages;
import io.medtwin.simulator.sheet.Sheet;
import io.medtwin.twin.document.Document;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.document.Problem;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.profile.ProfileCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a device is made from: a profile by its name, a profile's file, or a sheet's file. A
 * profile becomes the sheet that {@code medtwin generate} would write of it.
 */
final class SheetSource {

  private static final Set<String> FILE_ENDINGS = Set.of(".yaml", ".yml");
  private static final String CONVERSATION_ENDING = ".txt";

  private final Installation installation;
  private final List<Path> profileFolders;
  private final List<Path> pluginFolders;

  /**
   * Looks in an installation.
   *
   * @param profileFolders of profiles beside those that come with it
   * @param pluginFolders of plugins beside those that come with it
   */
  SheetSource(Installation installation, List<Path> profileFolders, List<Path> pluginFolders) {
    this.installation = installation;
    this.profileFolders = profileFolders;
    this.pluginFolders = pluginFolders;
  }

  /**
   * What a device is made from.
   *
   * @param sheet what it is
   * @param conversation what it plays; empty for living values, and where the sheet names none
   * @param profiles folder that a gateway must be told for the profile, or null
   */
  record Found(Sheet sheet, Conversation conversation, @Nullable Path profiles) {}

  /**
   * Finds it.
   *
   * @param what name of a profile, or a file
   * @param named conversations that take the place of those of the sheet; files or folders
   * @throws DocumentException nothing is found, or it is wrong, with all problems
   */
  Found find(String what, List<Path> named) throws IOException, DocumentException {
    return FILE_ENDINGS.stream().anyMatch(what::endsWith)
        ? ofFile(Path.of(what), named)
        : ofProfile(profile(what), named, extra());
  }

  private Found ofFile(Path file, List<Path> named) throws IOException, DocumentException {
    var problems = new Problems();
    var root = Document.read(file, problems);
    problems.throwIfAny();
    if (root.orElseThrow().has("simulator")) {
      return found(root.orElseThrow().file(), Files.readString(file), file, named, null);
    }
    var folder = folderOf(file);
    var folders = new ArrayList<>(installation.profiles(profileFolders));
    folders.add(folder);
    var profile = ProfileCatalog.readOne(file, folders, problems);
    problems.throwIfAny();
    return ofProfile(profile.orElseThrow(), named, folder);
  }

  private Found ofProfile(Profile profile, List<Path> named, @Nullable Path profiles)
      throws IOException, DocumentException {
    return found("sheet of " + profile.id(), sheetOf(profile), null, named, profiles);
  }

  private Found found(
      String name, String text, @Nullable Path file, List<Path> named, @Nullable Path profiles)
      throws IOException, DocumentException {
    var problems = new Problems();
    var read = Document.parse(name, text, problems).map(SheetReader::read);
    problems.throwIfAny();
    var sheet = read.orElseThrow();
    var files = unfolded(named);
    if (named.isEmpty() && !LivingMessages.areKnownOf(sheet.sheet())) {
      files.addAll(resolved(sheet.conversations(), file, problems));
    }
    problems.throwIfAny();
    return new Found(sheet.sheet(), conversation(files), profiles);
  }

  private static Conversation conversation(List<Path> files) throws IOException, DocumentException {
    try {
      return Conversation.read(files);
    } catch (IllegalArgumentException e) {
      var problems = new Problems();
      problems.add(new Problem("conversations", 0, String.valueOf(e.getMessage())));
      problems.throwIfAny();
      throw e;
    }
  }

  /** Beside the sheet, else in the installation. */
  private List<Path> resolved(List<String> names, @Nullable Path sheet, Problems problems) {
    var files = new ArrayList<Path>();
    for (String name : names) {
      var beside = sheet == null ? null : folderOf(sheet).resolve(name);
      var shipped = installation.conversations().resolve(name);
      if (beside != null && Files.isRegularFile(beside)) {
        files.add(beside);
      } else if (Files.isRegularFile(shipped)) {
        files.add(shipped);
      } else {
        problems.add(
            new Problem("conversations", 0, name + " is neither beside the sheet nor " + shipped));
      }
    }
    return files;
  }

  private static List<Path> unfolded(List<Path> named) throws IOException {
    var files = new ArrayList<Path>();
    for (Path path : named) {
      if (Files.isDirectory(path)) {
        try (var inside = Files.list(path)) {
          inside
              .filter(file -> file.toString().endsWith(CONVERSATION_ENDING))
              .sorted()
              .forEach(files::add);
        }
      } else {
        files.add(path);
      }
    }
    return files;
  }

  private Profile profile(String name) throws DocumentException {
    var problems = new Problems();
    var catalog = ProfileCatalog.read(installation.profiles(profileFolders), problems);
    problems.throwIfAny();
    var found = catalog.find(name);
    if (found.isEmpty()) {
      problems.add(
          new Problem(
              name,
              0,
              "there is no such profile, and it is no .yaml file" + catalog.suggestionFor(name)));
    }
    problems.throwIfAny();
    return found.orElseThrow();
  }

  private String sheetOf(Profile profile) throws IOException {
    try (var plugins = Plugins.load(installation.plugins(pluginFolders))) {
      var wires =
          plugins
              .driver(profile.driver())
              .map(found -> Set.copyOf(found.descriptor().links()))
              .orElse(Set.of());
      var conversations = Conversations.of(profile, installation.conversations());
      return SimulatorSheet.of(new Output.Source(profile, wires, conversations));
    }
  }

  private @Nullable Path extra() {
    return profileFolders.isEmpty() ? null : profileFolders.getLast();
  }

  private static Path folderOf(Path file) {
    var folder = file.toAbsolutePath().getParent();
    return folder == null ? Path.of("/") : folder;
  }
}
