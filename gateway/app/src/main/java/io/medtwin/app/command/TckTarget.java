package io.medtwin.app.command;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is tested, and with which conversations: the same for every command that tests. */
final class TckTarget {

  @Parameters(
      index = "0",
      paramLabel = "DRIVER|JAR",
      description = "Id of an installed driver, a jar, or a folder with a jar and its libraries.")
  private String driver = "";

  @Option(
      names = "--conversations",
      paramLabel = "DIR",
      description = "Transcripts, or a folder of such folders (default: the installation's).")
  private @Nullable Path conversations;

  /** Loads it; the caller closes it. */
  TckSubjects open(Environment environment) throws IOException {
    return TckSubjects.of(driver, conversations, environment);
  }

  /** How it is reported, with what shows a failure again. */
  TckReport report() {
    return new TckReport(driver, conversations == null ? "" : " --conversations " + conversations);
  }
}
