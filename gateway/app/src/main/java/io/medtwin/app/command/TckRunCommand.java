package io.medtwin.app.command;

import com.fasterxml.jackson.core.JsonFactory;
import io.medtwin.testkit.Conformance;
import io.medtwin.testkit.ConformanceReport;
import io.medtwin.testkit.Effort;
import io.medtwin.testkit.Grade;
import io.medtwin.testkit.Rule;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code medtwin tck run}: holds a driver against the rules and grades it. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Hold a driver against the rules: a line for each, then the grade, then for each failure its",
      "page and how to see it again. Ends with 1 where the asked grade is not held."
    })
final class TckRunCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private final TckTarget target = new TckTarget();

  @Option(
      names = "--grade",
      paramLabel = "GRADE",
      defaultValue = "bronze",
      description = "Lowest grade to be content with (default ${DEFAULT-VALUE}).")
  private Grade grade = Grade.BRONZE;

  @Option(
      names = "--only",
      paramLabel = "RULE",
      split = ",",
      description = "These rules alone, such as D5; then there is no grade to be content with.")
  private List<Rule> only = List.of();

  @Option(
      names = "--transcript",
      paramLabel = "NAME",
      defaultValue = "",
      description = "This conversation alone.")
  private String transcript = "";

  @Option(
      names = "--place",
      paramLabel = "PLACE",
      defaultValue = "",
      description = "This place of damage alone, as a failure names it.")
  private String place = "";

  @Option(
      names = "--mutations",
      paramLabel = "COUNT",
      defaultValue = "0",
      description = "Mutations of D22 (20000 if not said) and, from 10000000 on, of D23.")
  private long mutations;

  @Option(
      names = "--day",
      paramLabel = "FRAMES",
      defaultValue = "" + Effort.DAY_FRAMES,
      description = "Frames of the day of D21 (default ${DEFAULT-VALUE}, one a second).")
  private int dayFrames = Effort.DAY_FRAMES;

  @Option(names = "--json", description = "One JSON array, for scripts.")
  private boolean json;

  TckRunCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    var effort =
        new Effort(
            dayFrames,
            mutations == 0 ? Effort.MUTATIONS_SHORT : mutations,
            mutations,
            1,
            new Effort.Focus(transcript, place));
    var rules = only.isEmpty() ? List.of(Rule.values()) : only;
    var told = target.report();
    var reports = new ArrayList<ConformanceReport>();
    try (var subjects = target.open(environment)) {
      for (TckSubjects.Named one : subjects.all()) {
        if (!json) {
          environment
              .out()
              .println(one.id() + ", " + one.subject().conversations().size() + " conversations");
        }
        var report =
            new Conformance(one.subject(), effort)
                .report(
                    rules,
                    outcome -> {
                      if (!json) {
                        environment.out().println(TckReport.line(outcome));
                        environment.out().flush();
                      }
                    });
        reports.add(report);
        if (!json) {
          told.print(report, environment.out());
        }
      }
    } catch (IllegalArgumentException e) { // a transcript or a declaration that is not of the form
      environment.err().println("medtwin: " + e.getMessage());
      return ExitCode.CONFIG;
    }
    if (json) {
      environment.out().println(json(told, reports));
    }
    return reports.stream().allMatch(this::isGood) ? ExitCode.OK : ExitCode.FAILED;
  }

  private boolean isGood(ConformanceReport report) {
    return only.isEmpty()
        ? report.grade().filter(held -> held.compareTo(grade) >= 0).isPresent()
        : report.failures().isEmpty();
  }

  private static String json(TckReport told, List<ConformanceReport> reports) throws IOException {
    var text = new StringWriter();
    try (var out = new JsonFactory().createGenerator(text)) {
      out.writeStartArray();
      for (ConformanceReport report : reports) {
        told.write(report, out);
      }
      out.writeEndArray();
    }
    return text.toString();
  }
}
