package io.medtwin.benchmarks.process;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process of a run. Talks in lines, one answer to each question; its standard error goes to a
 * file. Closed, it is ended by its id. One thread.
 */
public final class Child implements AutoCloseable {

  private static final int END_LIMIT_SECONDS = 12;

  private final String name;
  private final Process process;
  private final BufferedReader out;
  private final BufferedWriter in;
  private final Path log;

  private Child(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.out = process.inputReader();
    this.in = process.outputWriter();
  }

  /** Starts a program. */
  public static Child start(
      String name, Path folder, Map<String, String> variables, List<String> command)
      throws IOException {
    var log = folder.resolve(name + ".log");
    var builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().putAll(variables);
    return new Child(name, builder.start(), log);
  }

  /**
   * Starts another command of these benchmarks in a JVM of its own. It uses the first compiler only
   * unless the options say otherwise: what the second one takes in the first minute, on the same
   * two processors, would be measured with the gateway.
   */
  public static Child java(String name, Path folder, List<String> options, String... arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(options);
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), "io.medtwin.benchmarks.Main"));
    command.addAll(List.of(arguments));
    return start(name, folder, Map.of(), command);
  }

  /** Asks something and waits for the one line of the answer. */
  public String ask(String line) throws IOException {
    tell(line);
    return answer();
  }

  /** Says something without waiting. */
  public void tell(String line) throws IOException {
    in.write(line);
    in.newLine();
    in.flush();
  }

  /** Waits for a line. */
  public String answer() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException(name + " ended; see " + log);
    }
    return line;
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Its id. */
  public long pid() {
    return process.pid();
  }

  /** What the kernel says of it. */
  public ProcessStat stat() throws IOException {
    try {
      return ProcessStat.of(process.pid());
    } catch (IOException e) {
      throw new IOException(name + " ended; see " + log, e);
    }
  }

  /** SIGKILL: no goodbye. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** SIGTERM, and SIGKILL when it does not listen. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
