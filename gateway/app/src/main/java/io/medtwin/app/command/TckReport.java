package io.medtwin.app.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.medtwin.testkit.ConformanceReport;
import io.medtwin.testkit.ConformanceReport.Outcome;
import io.medtwin.testkit.Grade;
import io.medtwin.testkit.Rule;
import io.medtwin.testkit.RuleBroken;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;

/** How a report is told: in lines for people, in JSON for scripts. */
final class TckReport {

  private final String named;
  private final String options;

  /**
   * @param named the driver, as it was named
   * @param options what else was said and shows a failure again; empty if nothing
   */
  TckReport(String named, String options) {
    this.named = named;
    this.options = options;
  }

  /** One line of one rule. */
  static String line(Outcome outcome) {
    var rule = outcome.rule();
    var state =
        switch (outcome.state()) {
          case HELD -> "passed";
          case BROKEN -> "FAILED";
          case NOT_APPLICABLE -> "n/a";
          case NOT_ASKED -> "not run";
        };
    boolean tells = !outcome.why().isEmpty() && outcome.state() != ConformanceReport.State.BROKEN;
    return "%-4s %-8s %-7s %s%s"
        .formatted(
            rule.name(),
            rule.grade().title(),
            state,
            rule.title(),
            tells ? "\n" + " ".repeat(22) + outcome.why() : "");
  }

  /** The grade, then each failure with its page and how to see it again. */
  void print(ConformanceReport report, PrintStream out) {
    out.println();
    out.println(
        "Grade: "
            + report.grade().map(Grade::title).orElse("none")
            + (report.failures().isEmpty() ? "" : ", broken: " + report.failures().size()));
    for (Outcome failure : report.failures()) {
      var broken = failure.broken();
      out.println();
      out.println(failure.why().strip());
      if (broken != null) {
        out.println("  why and how to fix: " + broken.rule().page());
        out.println("  see it again:       " + reproduction(failure.rule(), broken));
      }
    }
  }

  void write(ConformanceReport report, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("driver", report.driver());
    out.writeStringField("version", report.version());
    out.writeStringField(
        "grade", report.grade().map(one -> one.name().toLowerCase(Locale.ROOT)).orElse("none"));
    out.writeArrayFieldStart("rules");
    for (Outcome outcome : report.outcomes()) {
      out.writeStartObject();
      out.writeStringField("rule", outcome.rule().name());
      out.writeStringField("grade", outcome.rule().grade().name().toLowerCase(Locale.ROOT));
      out.writeStringField("title", outcome.rule().title());
      out.writeStringField("state", outcome.state().name().toLowerCase(Locale.ROOT));
      out.writeStringField("why", outcome.why());
      var broken = outcome.broken();
      if (broken != null) {
        out.writeStringField("broken", broken.rule().name());
        out.writeStringField("transcript", broken.transcript());
        out.writeStringField("place", broken.place());
        out.writeStringField("page", broken.rule().page());
        out.writeStringField("reproduce", reproduction(outcome.rule(), broken));
      }
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  /** One line that shows it again. */
  private String reproduction(Rule asked, RuleBroken broken) {
    var place = broken.place();
    if (place.startsWith("seed-") && place.contains("-mutation-")) {
      var parts = place.split("-");
      return "medtwin tck fuzz %s%s --seed %s --mutations %s"
          .formatted(named, options, parts[1], parts[3]);
    }
    return "medtwin tck run "
        + named
        + options
        + " --only "
        + asked
        + (broken.transcript().isEmpty() ? "" : " --transcript " + broken.transcript())
        + (place.isEmpty() ? "" : " --place " + place);
  }
}
