package io.medtwin.app.command;

import com.fasterxml.jackson.core.JsonFactory;
import io.medtwin.app.log.LogFormat;
import io.medtwin.app.replay.Explanation;
import io.medtwin.app.replay.Stage;
import io.medtwin.app.replay.Stage.Origin;
import io.medtwin.app.replay.Stage.Wanted;
import io.medtwin.journal.sqlite.SqliteJournal;
import io.medtwin.testkit.ReportText;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.profile.ProfileCatalog;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medtwin explain}: what stands behind a value, from the twin back to the bytes. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "What stands behind a device's value at a time: reading, profile line, conversion, clock,",
      "validity, place in the twin, from the journal; with a capture of that time its bytes, too."
    })
final class ExplainCommand implements Callable<Integer> {

  /** History that the device's clock is known by. */
  private static final Duration BEFORE = Duration.ofHours(1);

  /** Until then the backend answered. */
  private static final Duration AFTER = Duration.ofMinutes(1);

  /** The same report in the capture comes so near to its arrival. */
  private static final Duration NEAR = Duration.ofSeconds(2);

  private static final int BYTES_SHOWN = 512;
  private static final int BYTES_A_ROW = 16;

  private final Environment environment;

  @Parameters(index = "0", paramLabel = "DEVICE", description = "Its id in the gateway file.")
  private String device = "";

  @Parameters(
      index = "1",
      paramLabel = "FEATURE[/PROPERTY]",
      description = "Such as spo2, or spo2/saturation.")
  private String feature = "";

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "The last word until this time, such as 2026-01-31T12:00:00Z (default: now).")
  private @Nullable String at;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = DeviceCommand.USUAL_FILE,
      description = "The gateway's YAML file (default ${DEFAULT-VALUE}).")
  private Path file = Path.of(DeviceCommand.USUAL_FILE);

  @Option(
      names = "--capture",
      paramLabel = "FILE",
      description = "A capture that was recorded at that time.")
  private @Nullable Path capture;

  @Option(names = "--json", description = "Write the result as JSON.")
  private boolean json;

  ExplainCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    try (var _ = LogFormat.quiet()) {
      return explained();
    }
  }

  private int explained() throws IOException {
    Instant moment;
    try {
      moment = at == null ? environment.clock().instant() : Instant.parse(at);
    } catch (DateTimeParseException e) {
      environment.err().println("medtwin: --at: expected a time such as 2026-01-31T12:00:00Z");
      return ExitCode.USAGE;
    }
    try {
      var loaded = Loaded.from(file, environment);
      try (var plugins = loaded.plugins()) {
        return explain(loaded, moment);
      }
    } catch (DocumentException e) {
      environment.err().println(e.getMessage());
      return ExitCode.CONFIG;
    }
  }

  private int explain(Loaded loaded, Instant moment) throws IOException, DocumentException {
    var plan =
        loaded.plan().devices().stream()
            .filter(one -> one.facts().device().equals(device))
            .findFirst();
    if (plan.isEmpty()) {
      environment.err().println("medtwin: there is no device \"" + device + "\" in " + file);
      return ExitCode.FAILED;
    }
    var explanation = new Explanation(plan.get(), loaded.units(), moment);
    SqliteJournal.readHistory(
        loaded.config().journal().folder(),
        device,
        moment.minus(BEFORE),
        moment.plus(AFTER),
        explanation);
    explanation.damages().forEach(damage -> environment.err().println("damaged  " + damage));
    var steps =
        explanation.steps().stream()
            .filter(step -> step.place().equals(feature) || step.place().startsWith(feature + "/"))
            .toList();
    if (steps.isEmpty()) {
      environment
          .err()
          .println(
              "medtwin: "
                  + device
                  + " said nothing of "
                  + feature
                  + " in the hour before "
                  + moment
                  + "; it spoke of "
                  + explanation.steps().stream().map(Explanation.Step::place).sorted().toList());
      return ExitCode.FAILED;
    }
    var origins = capture == null ? Map.<Wanted, Origin>of() : origins(loaded, steps, capture);
    var all = new LinkedHashMap<String, Map<String, String>>();
    for (Explanation.Step step : steps) {
      var told = new LinkedHashMap<String, String>();
      if (capture != null) {
        told.put("bytes", told(origins.get(wanted(step))));
      }
      told.putAll(explanation.told(step));
      all.put(step.place(), told);
    }
    if (json) {
      environment.out().println(asJson(all));
    } else {
      all.forEach(this::print);
    }
    return ExitCode.OK;
  }

  private Map<Wanted, Origin> origins(Loaded loaded, List<Explanation.Step> steps, Path from)
      throws IOException, DocumentException {
    var problems = new Problems();
    var profiles =
        ProfileCatalog.read(
            environment.installation().profiles(loaded.config().profiles()), problems);
    problems.throwIfAny();
    var stage = new Stage(profiles, loaded.plugins(), loaded.units(), Optional.empty());
    return stage.origins(from, steps.stream().map(ExplainCommand::wanted).toList(), NEAR);
  }

  private static Wanted wanted(Explanation.Step step) {
    var received = step.received();
    return new Wanted(ReportText.of(received.report()), received.receivedAt());
  }

  private static String told(@Nullable Origin origin) {
    if (origin == null) {
      return "the capture has no such report within " + NEAR.toSeconds() + " s of its arrival";
    }
    var text = new StringBuilder();
    text.append(origin.bytes().length)
        .append(" bytes, ")
        .append(
            origin.message().isEmpty()
                ? "at byte " + origin.offset() + " of its session"
                : "message " + (origin.offset() + 1) + " of its session, " + origin.message())
        .append(", told ")
        .append(origin.at());
    int shown = Math.min(origin.bytes().length, BYTES_SHOWN);
    for (int from = 0; from < shown; from += BYTES_A_ROW) {
      var row = Arrays.copyOfRange(origin.bytes(), from, Math.min(from + BYTES_A_ROW, shown));
      var ascii = new StringBuilder();
      for (byte b : row) {
        ascii.append(b >= ' ' && b < 0x7F ? (char) b : '.');
      }
      text.append('\n')
          .append(
              String.format(
                  Locale.ROOT,
                  "%04x  %-47s  %s",
                  from,
                  HexFormat.ofDelimiter(" ").formatHex(row),
                  ascii));
    }
    if (shown < origin.bytes().length) {
      text.append("\nand ").append(origin.bytes().length - shown).append(" further bytes");
    }
    return text.toString();
  }

  private void print(String place, Map<String, String> told) {
    var out = environment.out();
    out.println(device + " " + place);
    told.forEach(
        (what, words) -> {
          var lines = List.of(words.split("\n", -1));
          out.printf(Locale.ROOT, "  %-12s %s%n", what, lines.getFirst());
          lines.stream().skip(1).forEach(line -> out.println("               " + line));
        });
  }

  private static String asJson(Map<String, Map<String, String>> all) throws IOException {
    var text = new StringWriter();
    try (var out = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
      out.writeStartObject();
      for (var one : all.entrySet()) {
        out.writeObjectFieldStart(one.getKey());
        for (var member : one.getValue().entrySet()) {
          out.writeStringField(member.getKey(), member.getValue());
        }
        out.writeEndObject();
      }
      out.writeEndObject();
    }
    return text.toString();
  }
}
