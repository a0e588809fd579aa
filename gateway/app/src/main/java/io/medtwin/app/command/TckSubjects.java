package io.medtwin.app.command;

import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.testkit.Conversation;
import io.medtwin.testkit.Declarations;
import io.medtwin.testkit.Subject;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.profile.ProfileCatalog;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The drivers that a person names, loaded as a gateway loads them, with their conversations. Closed
 * when they are tested.
 */
final class TckSubjects implements Closeable {

  /**
   * A driver.
   *
   * @param id its id
   * @param subject what is tested
   */
  record Named(String id, Subject subject) {}

  private final Environment environment;
  private final Plugins plugins;
  private final @Nullable PluginTrial trial;
  private final List<Named> subjects = new ArrayList<>();

  private TckSubjects(Environment environment, Plugins plugins, @Nullable PluginTrial trial) {
    this.environment = environment;
    this.plugins = plugins;
    this.trial = trial;
  }

  /**
   * Those of an id of an installed driver, of a jar or of a folder of jars.
   *
   * @param conversations a folder of transcripts or of such folders; null for the installation's
   * @throws IOException there is no such driver, or nothing to test it with
   */
  static TckSubjects of(String named, @Nullable Path conversations, Environment environment)
      throws IOException {
    var place = Path.of(named);
    boolean isPlugin = named.endsWith(".jar") || Files.isDirectory(place);
    var trial = isPlugin ? PluginTrial.of(place) : null;
    var folders =
        trial == null ? environment.installation().plugins(List.of()) : List.of(trial.folder());
    var subjects = new TckSubjects(environment, Plugins.load(folders), trial);
    try {
      subjects.find(trial == null ? named : null, conversations);
      return subjects;
    } catch (IOException | RuntimeException e) {
      subjects.close();
      throw e;
    }
  }

  /** One for each driver, by id. */
  List<Named> all() {
    return List.copyOf(subjects);
  }

  @Override
  public void close() throws IOException {
    plugins.close();
    if (trial != null) {
      trial.close();
    }
  }

  private void find(@Nullable String id, @Nullable Path folder) throws IOException {
    var found =
        plugins.drivers().stream()
            .filter(one -> id == null || one.descriptor().id().equals(id))
            .toList();
    if (found.isEmpty()) {
      var failures =
          plugins.failures().stream().map(Plugins.Failure::why).collect(Collectors.joining("; "));
      throw new IOException(
          id == null
              ? "the plugin has no driver: " + failures
              : "there is no driver \"" + id + "\"; medtwin driver list names them");
    }
    for (Plugins.Found one : found) {
      var driver = one.descriptor().id();
      var conversations = folder == null ? installed(driver) : given(driver, folder);
      if (conversations.isEmpty()) {
        throw new IOException(
            "there is no conversation of "
                + driver
                + "; say where with --conversations, a folder of transcripts");
      }
      subjects.add(new Named(driver, new Subject(one.maker(), conversations)));
    }
  }

  /** Those of the installation whose folder is named like a profile, or says it. */
  private List<Conversation> installed(String driver) throws IOException {
    var all = environment.installation().conversations();
    if (!Files.isDirectory(all)) {
      throw new IOException("this installation has no conversations; say where: --conversations");
    }
    var catalog = catalog();
    var conversations = new ArrayList<Conversation>();
    for (Path folder : folders(all)) {
      var profile = catalog.find(folder.getFileName().toString());
      var owner =
          Declarations.read(folder)
              .driver()
              .or(() -> profile.map(one -> one.driver()))
              .orElse(folder.getFileName().toString());
      if (owner.equals(driver)) {
        Map<String, String> settings = profile.map(one -> one.settings()).orElse(Map.of());
        Conversation.in(folder).forEach(one -> conversations.add(one.under(settings)));
      }
    }
    return conversations;
  }

  private static List<Conversation> given(String driver, Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(folder + ": expected a folder of transcripts");
    }
    var here = Conversation.in(folder);
    if (!here.isEmpty()) {
      return here;
    }
    var conversations = new ArrayList<Conversation>();
    for (Path one : folders(folder)) {
      if (Declarations.read(one).driver().orElse(driver).equals(driver)) {
        conversations.addAll(Conversation.in(one));
      }
    }
    return conversations;
  }

  private ProfileCatalog catalog() throws IOException {
    try {
      var problems = new Problems();
      var catalog = ProfileCatalog.read(environment.installation().profiles(List.of()), problems);
      problems.throwIfAny();
      return catalog;
    } catch (DocumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static List<Path> folders(Path of) throws IOException {
    try (Stream<Path> all = Files.list(of)) {
      return all.filter(Files::isDirectory).sorted().toList();
    }
  }
}
