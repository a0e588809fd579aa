package io.medtwin.app.command;

import io.medtwin.app.scaffold.DriverName;
import io.medtwin.app.scaffold.DriverProject;
import io.medtwin.app.scaffold.Talk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code medtwin new driver}: a project around a sample protocol, with the SDK in it. */
@Command(
    name = "driver",
    mixinStandardHelpOptions = true,
    description = {
      "Write the project of a new driver: it builds, keeps the rules of the conformance kit and",
      "runs before you change its first line. The SDK is in it; Maven needs nothing of ours."
    })
final class NewDriverCommand implements Callable<Integer> {

  private final Environment environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "Maker and model, lower case letters, digits and dashes, such as acme-pump.")
  private String id = "";

  @Option(
      names = "--talk",
      paramLabel = "stream|polled|messages",
      defaultValue = "stream",
      description = {
        "How the device talks: bytes by itself, bytes when it is asked, or messages of many",
        "devices (default ${DEFAULT-VALUE})."
      })
  private Talk talk = Talk.STREAM;

  @Option(
      names = "--package",
      paramLabel = "PACKAGE",
      description = "Package of its classes (default com.MAKER.MODEL).")
  private @Nullable String javaPackage;

  @Option(
      names = "--into",
      paramLabel = "FOLDER",
      description = "Where to write it: a folder that is empty or not there (default: NAME).")
  private @Nullable Path into;

  NewDriverCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    var folder = into == null ? Path.of(id) : into;
    var name = name();
    requireEmpty(folder);
    var sdk = Sdk.of(environment.installation());
    var project = new DriverProject(name, talk, sdk.version());
    for (var file : project.files().entrySet()) {
      var path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    sdk.copyTo(folder.resolve("sdk"));
    environment
        .out()
        .println(
            "driver "
                + id
                + " is in "
                + folder
                + ":\n  cd "
                + folder
                + "\n  mvn verify\nREADME.md there says how to see its first value, and how to make"
                + " it yours");
    return ExitCode.OK;
  }

  private DriverName name() {
    try {
      return javaPackage == null ? DriverName.of(id) : new DriverName(id, javaPackage);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static void requireEmpty(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new IOException(folder + " is a file; expected a folder, or nothing");
    }
    try (var files = Files.list(folder)) {
      if (files.findAny().isPresent()) {
        throw new IOException(folder + " is not empty; nothing was written");
      }
    }
  }
}
