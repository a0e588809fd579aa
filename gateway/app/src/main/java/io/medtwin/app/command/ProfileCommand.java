package io.medtwin.app.command;

import io.medtwin.app.wiring.ProfileChecks;
import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.document.Problem;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.profile.ProfileCatalog;
import io.medtwin.twin.vocabulary.CodeCheck;
import io.medtwin.twin.vocabulary.Vocabulary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code medtwin profile}: what a writer of profiles needs. */
@Command(
    name = "profile",
    mixinStandardHelpOptions = true,
    description = "Check and show device profiles.")
final class ProfileCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Environment environment;

  ProfileCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  /**
   * {@code medtwin profile lint}: every problem of profile files at once, with line, what was
   * expected, what was found, and a suggestion.
   *
   * @return exit code
   */
  @Command(
      name = "lint",
      mixinStandardHelpOptions = true,
      description = "Say all that is wrong with profile files; change nothing.")
  int lint(
      @Parameters(paramLabel = "FILE", arity = "1..*", description = "Profile files.")
          List<Path> files,
      @Option(
              names = "--plugins",
              paramLabel = "FOLDER",
              description = "Folders of plugins besides those that come with the gateway.")
          List<Path> pluginFolders,
      @Option(names = "--json", description = "Write the result as JSON.") boolean json)
      throws IOException {
    var more = pluginFolders == null ? List.<Path>of() : pluginFolders;
    var problems = new ArrayList<Problem>();
    var read = new ArrayList<Profile>();
    var unknown = new ArrayList<Problem>();
    var units = new Units();
    CodeCheck codes;
    try {
      codes = new CodeCheck(Vocabulary.read(environment.installation().vocabulary()), units);
    } catch (DocumentException e) {
      environment.err().println(e.getMessage());
      return ExitCode.CONFIG;
    }
    try (var plugins = Plugins.load(environment.installation().plugins(more))) {
      for (Path file : files) {
        var ofFile = new Problems();
        ProfileCatalog.readOne(file, folders(file), ofFile)
            .ifPresent(
                profile -> {
                  ProfileChecks.check(profile, plugins, units, codes, ofFile);
                  unknown.addAll(ProfileChecks.unknownCodes(profile, codes));
                  read.add(profile);
                });
        problems.addAll(ofFile.list());
      }
    }
    if (json) {
      environment.out().println(ProblemsJson.write(problems));
    } else {
      problems.forEach(problem -> environment.err().println(problem));
      unknown.forEach(note -> environment.err().println("note: " + note));
      print(read, problems);
    }
    return problems.isEmpty() ? ExitCode.OK : ExitCode.CONFIG;
  }

  /** Where its base may be: among the shipped profiles, or beside it. */
  private List<Path> folders(Path file) {
    var folders = new ArrayList<>(environment.installation().profiles(List.of()));
    var beside = file.toAbsolutePath().getParent();
    if (beside != null) {
      folders.add(beside);
    }
    return folders;
  }

  private void print(List<Profile> read, List<Problem> problems) {
    if (!problems.isEmpty()) {
      environment
          .err()
          .println(problems.size() + (problems.size() == 1 ? " problem" : " problems"));
      return;
    }
    for (Profile profile : read) {
      environment
          .out()
          .println(
              profile
                  + ": "
                  + profile.metrics().size()
                  + " parameters, "
                  + profile.alerts().size()
                  + " alerts, "
                  + profile.paper().examples().size()
                  + " examples: no problem found");
    }
  }
}
