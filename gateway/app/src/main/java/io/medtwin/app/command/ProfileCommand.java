package io.medtwin.app.command;

import io.medtwin.app.wiring.ProfileChecks;
import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.document.Problem;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.profile.Profile;
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
    try (var plugins = Plugins.load(environment.installation().plugins(more))) {
      var lint = new ProfileLint(environment, plugins);
      for (Path file : files) {
        var ofFile = new Problems();
        lint.check(file, ofFile)
            .ifPresent(
                profile -> {
                  unknown.addAll(ProfileChecks.unknownCodes(profile, lint.codes()));
                  read.add(profile);
                });
        problems.addAll(ofFile.list());
      }
    } catch (DocumentException e) {
      environment.err().println(e.getMessage());
      return ExitCode.CONFIG;
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
