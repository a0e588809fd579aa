package io.medtwin.app.command;

import io.medtwin.app.survey.DriverTrial;
import io.medtwin.app.survey.Evidence;
import io.medtwin.app.survey.ProfileDraft;
import io.medtwin.app.survey.Survey;
import io.medtwin.app.view.VocabularyProposal;
import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.spi.Message;
import io.medtwin.testkit.CaptureEvent;
import io.medtwin.testkit.CaptureReader;
import io.medtwin.testkit.Transcript;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.document.Problems;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medtwin new profile}: what a recording tells of a device, as the draft of a profile. */
@Command(
    name = "profile",
    mixinStandardHelpOptions = true,
    description = {
      "Propose a profile from a recording: how the wire is cut, what guards it, which fields"
          + " change,",
      "their units and codes. The driver reads the recording by it, and what it makes of it is"
          + " told.",
      "A draft: each line is to be checked against the maker's manual."
    })
final class NewProfileCommand implements Callable<Integer> {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  private final Environment environment;

  @Parameters(
      index = "0",
      paramLabel = "CAPTURE",
      description =
          "A capture that \"medtwin record\" wrote, a transcript, or a file of bare bytes.")
  private Path capture = Path.of("");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the profile (default: of the file).")
  private @Nullable String name;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Where to write it, NAME.yaml if left out; a file that is there is not touched.")
  private @Nullable Path output;

  NewProfileCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    var profile = name();
    var file = output == null ? Path.of(profile + ".yaml") : output;
    if (Files.exists(file)) {
      throw new IOException(file + " is there; nothing was written");
    }
    var evidence = evidence();
    try (var plugins = Plugins.load(environment.installation().plugins(List.of()))) {
      var trial = new DriverTrial(plugins);
      var proposal = Survey.of(evidence, trial).orElse(null);
      if (proposal == null) {
        environment
            .err()
            .println(
                "medtwin: "
                    + capture
                    + ": no lines, frames or messages of a form that repeats in "
                    + size(evidence)
                    + "; record longer, or check the line parameters");
        return ExitCode.FAILED;
      }
      var outcome = trial.of(proposal.driver(), proposal.settings(), evidence);
      var draft = new ProfileDraft(profile, proposal, outcome, evidence.span());
      Files.writeString(
          file, draft.text(new VocabularyProposal(() -> DeviceCommand.vocabulary(environment))));
      proposal.notes().forEach(note -> environment.out().println("  " + note));
      environment
          .out()
          .printf(
              Locale.ROOT,
              "%s: by %s, %d readings of %d parameters from %s, of which %d made no sense%n",
              file,
              proposal.driver(),
              outcome.reports(),
              outcome.values().size(),
              size(evidence),
              outcome.discarded());
      return lint(file, plugins);
    }
  }

  private int lint(Path file, Plugins plugins) {
    var problems = new Problems();
    try {
      var unused = new ProfileLint(environment, plugins).check(file, problems);
    } catch (DocumentException e) {
      e.problems().forEach(problems::add);
    }
    problems.list().forEach(problem -> environment.err().println(problem));
    return problems.isEmpty() ? ExitCode.OK : ExitCode.CONFIG;
  }

  private static String size(Evidence evidence) {
    return evidence.messages().isEmpty()
        ? evidence.bytes().length + " bytes"
        : evidence.messages().size() + " messages";
  }

  private String name() throws IOException {
    var given = name;
    if (given == null) {
      given =
          String.valueOf(capture.getFileName())
              .replaceFirst("\\..*$", "")
              .toLowerCase(Locale.ROOT)
              .replace('_', '-');
    }
    if (!NAME.matcher(given).matches()) {
      throw new IOException(
          "a profile's name is lower case letters, digits and dashes, got \""
              + given
              + "\"; give one with --name");
    }
    return given;
  }

  private Evidence evidence() throws IOException {
    var text = String.valueOf(capture.getFileName());
    if (!text.endsWith(".cap") && !text.endsWith(".cap.gz") && !text.endsWith(".txt")) {
      try (var in = Files.newInputStream(capture)) {
        return new Evidence(in.readNBytes(Evidence.BYTES_MAX), List.of(), 0, Duration.ZERO);
      }
    }
    var bytes = new ByteArrayOutputStream();
    var messages = new ArrayList<Message>();
    int requests = 0;
    long first = -1;
    long last = 0;
    try (var reader = CaptureReader.open(capture)) {
      for (var event = reader.next();
          event != null
              && bytes.size() < Evidence.BYTES_MAX
              && messages.size() < Evidence.MESSAGES_MAX;
          event = reader.next()) {
        if (event instanceof CaptureEvent.Sent sent) {
          first = first < 0 ? sent.micros() : first;
          last = sent.micros();
          switch (sent.turn()) {
            case Transcript.FromDevice(var content) -> {
              var copy = new byte[content.remaining()];
              content.get(copy);
              bytes.writeBytes(copy);
            }
            case Transcript.ToDevice _ -> requests++;
            case Transcript.Arrival(var message) -> messages.add(message);
          }
        }
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(capture + ": " + e.getMessage(), e);
    }
    return new Evidence(
        bytes.toByteArray(),
        messages,
        requests,
        Duration.ofNanos(Math.max(0, last - Math.max(0, first)) * 1_000));
  }
}
