package io.medtwin.benchmarks.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A gateway as its launcher starts it, and as only a power cut ends it. */
final class GatewayProcess implements AutoCloseable {

  private static final Duration DEATH_LIMIT = Duration.ofSeconds(10);
  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(60);

  private final Process process;

  private GatewayProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts one.
   *
   * @param log what it says is added here
   * @param step what its clock is ahead; zero for the true time
   */
  static GatewayProcess start(
      Path home, Path file, Path log, Duration step, @Nullable Path faketime) throws IOException {
    var builder =
        new ProcessBuilder(home.resolve("medtwin").toString(), "run", "-c", file.toString());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    var environment = builder.environment();
    environment.put("MEDTWIN_JAVA_HOME", System.getProperty("java.home"));
    if (!step.isZero() && faketime != null) {
      environment.put("LD_PRELOAD", faketime.toString());
      environment.put("FAKETIME", (step.isNegative() ? "" : "+") + step.toSeconds());
    }
    return new GatewayProcess(builder.start());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The exit code of one that ended by itself. */
  int exitCode() {
    return process.exitValue();
  }

  /** SIGKILL; returns when it is dead. */
  void kill() throws InterruptedException {
    var helpers = process.descendants().toList();
    process.destroyForcibly();
    helpers.forEach(ProcessHandle::destroyForcibly);
    if (!process.waitFor(DEATH_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("the gateway survived SIGKILL for " + DEATH_LIMIT);
    }
  }

  /** SIGKILL for one that may be dead already. */
  @Override
  public void close() throws InterruptedException {
    kill();
  }

  /** What a command of the installation did. */
  record Output(int exitCode, String out, String err) {}

  /** Runs another command of the same installation. */
  static Output command(Path home, String... arguments) throws IOException, InterruptedException {
    var line = new ArrayList<>(List.of(home.resolve("medtwin").toString()));
    line.addAll(List.of(arguments));
    var errors = Files.createTempFile("medtwin-crash-", ".err");
    try {
      var builder = new ProcessBuilder(line).redirectError(errors.toFile());
      builder.environment().put("MEDTWIN_JAVA_HOME", System.getProperty("java.home"));
      var process = builder.start();
      process.getOutputStream().close();
      var out =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      if (!process.waitFor(COMMAND_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IOException(String.join(" ", line) + " did not end within " + COMMAND_LIMIT);
      }
      return new Output(process.exitValue(), out, Files.readString(errors));
    } finally {
      Files.deleteIfExists(errors);
    }
  }

  /** The library that steps a process's clock, where it is installed (Debian: faketime). */
  static Optional<Path> faketime() throws IOException {
    for (String folder : List.of("/usr/lib", "/usr/lib64")) {
      if (!Files.isDirectory(Path.of(folder))) {
        continue;
      }
      try (var files =
          Files.find(
              Path.of(folder),
              3,
              (path, attributes) -> path.endsWith("faketime/libfaketimeMT.so.1"))) {
        var found = files.findFirst();
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }
}
