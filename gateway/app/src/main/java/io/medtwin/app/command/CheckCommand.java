package io.medtwin.app.command;

import com.fasterxml.jackson.core.JsonFactory;
import io.medtwin.app.wiring.Plan;
import io.medtwin.app.wiring.ProfileChecks;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.document.Problem;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.keeper.DevicePlan;
import io.medtwin.twin.vocabulary.CodeCheck;
import io.medtwin.twin.vocabulary.Vocabulary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code medtwin check}: reads a configuration with its profiles and plugins, and says all that is
 * wrong. Opens nothing.
 */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Check a gateway file with its profiles and plugins; open nothing.")
final class CheckCommand implements Callable<Integer> {

  private final Environment environment;

  @Option(
      names = {"-c", "--config"},
      required = true,
      paramLabel = "FILE",
      description = "The gateway's YAML file.")
  private Path file = Path.of("");

  @Option(
      names = "--plugin",
      paramLabel = "FOLDER",
      description = {
        "A plugin that the file does not name: a folder of jars. May be given again and again."
      })
  private List<Path> plugins = List.of();

  @Option(names = "--json", description = "Write the result as JSON.")
  private boolean json;

  CheckCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    try {
      var loaded = Loaded.from(file, plugins, environment);
      checkProfiles(loaded);
      if (json) {
        writeJson(List.of(), loaded.plan());
      } else {
        print(loaded.plan());
      }
      return ExitCode.OK;
    } catch (DocumentException e) {
      if (json) {
        writeJson(e.problems(), new Plan(List.of(), List.of()));
      } else {
        environment.err().println(e.getMessage());
        environment.err().println(counted(e.problems().size(), "problem"));
      }
      return ExitCode.CONFIG;
    }
  }

  /** What a start does not look at: codes, examples, all of it with line and suggestion. */
  private void checkProfiles(Loaded loaded) throws DocumentException {
    var vocabulary = Vocabulary.read(environment.installation().vocabulary());
    var codes = new CodeCheck(vocabulary, loaded.units());
    var all = new Problems();
    loaded.plan().devices().stream()
        .map(DevicePlan::profile)
        .filter(profile -> loaded.plugins().driver(profile.driver()).isPresent())
        .distinct()
        .forEach(
            profile -> {
              var ofProfile = new Problems();
              ProfileChecks.check(profile, loaded.plugins(), loaded.units(), codes, ofProfile);
              ofProfile.list().forEach(all::add);
            });
    all.throwIfAny();
  }

  private void print(Plan plan) {
    for (var device : plan.devices()) {
      environment
          .out()
          .printf(
              Locale.ROOT,
              "%-20s %-24s %-16s %s%n",
              device.facts().device(),
              device.profile(),
              device.facts().driver(),
              device.facts().thingId());
    }
    environment
        .out()
        .println(
            counted(plan.devices().size(), "device")
                + " on "
                + counted(plan.lines().size(), "link")
                + ": no problem found");
  }

  private static String counted(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private void writeJson(List<Problem> problems, Plan plan) throws IOException {
    var text = new java.io.StringWriter();
    try (var generator = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
      generator.writeStartObject();
      ProblemsJson.writeTo(generator, problems);
      generator.writeArrayFieldStart("devices");
      for (var device : plan.devices()) {
        generator.writeStartObject();
        generator.writeStringField("device", device.facts().device());
        generator.writeStringField("profile", device.profile().id());
        generator.writeStringField("driver", device.facts().driver());
        generator.writeStringField("thingId", device.facts().thingId());
        generator.writeEndObject();
      }
      generator.writeEndArray();
      generator.writeEndObject();
    }
    environment.out().println(text);
  }
}
