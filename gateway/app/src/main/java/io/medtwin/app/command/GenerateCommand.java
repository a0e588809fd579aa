package io.medtwin.app.command;

import io.medtwin.app.generate.Conversations;
import io.medtwin.app.generate.Output;
import io.medtwin.app.wiring.SelfPlan;
import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.document.Suggestion;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.profile.ProfileCatalog;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code medtwin generate}: from a device profile its Thing Models, policy, simulator's sheet and
 * page. The same profile gives the same files.
 */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = {
      "Write from device profiles: WoT Thing Models, the Ditto policy of the device class,",
      "a simulator's sheet and a page for people. Files that say the same already are left alone."
    })
final class GenerateCommand implements Callable<Integer> {

  private static final String ALL = "all";
  private static final Pattern SITE = Pattern.compile("[a-z][a-z0-9_]*([.-][a-z][a-z0-9_]*)*");

  private final Environment environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "PROFILE", description = "Profiles by name, or \"all\".")
  private List<String> names = List.of();

  @Option(names = "--all", description = "The same as \"all\".")
  private boolean all;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      defaultValue = "generated",
      description = "Where to write (default ${DEFAULT-VALUE}).")
  private Path folder = Path.of("");

  @Option(
      names = "--only",
      paramLabel = "WHAT",
      split = ",",
      description = "Some of tm, policy, simulator, page, with commas between (default all).")
  private List<String> only = List.of();

  @Option(
      names = "--site",
      paramLabel = "NAME",
      defaultValue = "clinic.north",
      description = "Site of the gateway file, for the policy's id (default ${DEFAULT-VALUE}).")
  private String site = "";

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8085",
      description = "Where the models will be served (default ${DEFAULT-VALUE}).")
  private String base = "";

  @Option(
      names = "--profiles",
      paramLabel = "FOLDER",
      description = "A folder of profiles beside ours; one of the same name replaces ours.")
  private List<Path> more = List.of();

  GenerateCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    var wanted = wanted();
    var target = new Output.Target(site(), base());
    Collection<Profile> profiles;
    try {
      profiles = choose(known());
    } catch (DocumentException e) {
      environment.err().println(e.getMessage());
      return ExitCode.CONFIG;
    }
    var texts = new TreeMap<String, String>();
    var folders = environment.installation().profiles(more);
    try (var plugins = Plugins.load(environment.installation().plugins(List.of()))) {
      for (Profile profile : profiles) {
        var wires =
            plugins
                .driver(profile.driver())
                .map(found -> Set.copyOf(found.descriptor().links()))
                .orElse(Set.of());
        var conversations = Conversations.of(profile, environment.installation().conversations());
        texts.putAll(Output.of(new Output.Source(profile, wires, conversations), target, wanted));
      }
    }
    write(texts, profiles.size());
    return ExitCode.OK;
  }

  private Set<Output> wanted() {
    if (only.isEmpty()) {
      return EnumSet.allOf(Output.class);
    }
    var byWord = new LinkedHashMap<String, Output>();
    EnumSet.allOf(Output.class).forEach(output -> byWord.put(output.word(), output));
    var wanted = EnumSet.noneOf(Output.class);
    for (String word : only) {
      var output = byWord.get(word);
      if (output == null) {
        throw wrong(
            "--only: expected some of "
                + String.join(",", byWord.keySet())
                + ", got \""
                + word
                + "\""
                + Suggestion.of(word, byWord.keySet()));
      }
      wanted.add(output);
    }
    return wanted;
  }

  private String site() {
    if (!SITE.matcher(site).matches()) {
      throw wrong("--site: expected a dotted name such as clinic.north, got \"" + site + "\"");
    }
    return site;
  }

  private String base() {
    try {
      var uri = URI.create(base);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null) {
        return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw wrong("--base-url: expected http://HOST[:PORT][/PATH] or https, got \"" + base + "\"");
  }

  private Map<String, Profile> known() throws DocumentException {
    var problems = new Problems();
    var catalog = ProfileCatalog.read(environment.installation().profiles(more), problems);
    problems.throwIfAny();
    var known = new TreeMap<String, Profile>();
    known.put(SelfPlan.profile().id(), SelfPlan.profile());
    catalog.all().forEach(profile -> known.put(profile.id(), profile));
    return known;
  }

  private Collection<Profile> choose(Map<String, Profile> known) {
    if (all || (names.equals(List.of(ALL)) && !known.containsKey(ALL))) {
      return known.values();
    }
    if (names.isEmpty()) {
      throw wrong("name a profile, or all: " + String.join(", ", known.keySet()));
    }
    var chosen = new ArrayList<Profile>();
    for (String name : names) {
      var profile = known.get(name);
      if (profile == null) {
        throw wrong("there is no profile \"" + name + "\"" + Suggestion.of(name, known.keySet()));
      }
      chosen.add(profile);
    }
    return chosen;
  }

  private ParameterException wrong(String why) {
    return new ParameterException(spec.commandLine(), why);
  }

  private void write(Map<String, String> texts, int profiles) throws IOException {
    int made = 0;
    int changed = 0;
    for (var entry : texts.entrySet()) {
      var file = folder.resolve(entry.getKey());
      boolean there = Files.exists(file);
      if (there && Files.readString(file).equals(entry.getValue())) {
        continue;
      }
      Files.createDirectories(file.resolveSibling(""));
      Files.writeString(file, entry.getValue());
      made += there ? 0 : 1;
      changed += there ? 1 : 0;
      environment.out().println((there ? "changed  " : "new      ") + file);
      if (there && entry.getKey().startsWith("models/")) {
        environment
            .err()
            .println(
                file
                    + " changed under the same version; where it was published, raise the version"
                    + " of its profile instead");
      }
    }
    environment
        .out()
        .println(
            profiles
                + (profiles == 1 ? " profile, " : " profiles, ")
                + texts.size()
                + (texts.size() == 1 ? " file: " : " files: ")
                + made
                + " new, "
                + changed
                + " changed, "
                + (texts.size() - made - changed)
                + " the same");
  }
}
