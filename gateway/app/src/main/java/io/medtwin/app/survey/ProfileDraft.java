package io.medtwin.app.survey;

import io.medtwin.app.view.LineProposal;
import io.medtwin.spi.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A proposal as the text of a profile, for a person to correct: each guess says that it is one.
 *
 * @param name of the profile
 * @param proposal how to read the device
 * @param outcome what the driver made of the whole recording with it
 * @param span of the recording
 */
public record ProfileDraft(String name, Proposal proposal, Trial.Outcome outcome, Duration span) {

  private static final long SHORTEST_PERIOD_MILLIS = 10;

  /** The text; the lines of metrics come from the vocabulary. */
  public String text(LineProposal lines) {
    var text = new StringBuilder();
    text.append(
        "# Proposed from a recording. Check every line against the maker's manual; name that in"
            + " sources.\n");
    proposal.notes().forEach(note -> text.append("#   ").append(note).append('\n'));
    text.append("profile: ").append(name).append('\n');
    text.append("version: 0.1.0\n");
    text.append("description: Proposed from a recording; not yet checked against a manual.\n");
    text.append("manufacturer: Unknown\nmodel: ").append(name).append('\n');
    text.append("class: unknown\ndriver: ").append(proposal.driver()).append('\n');
    text.append("sources:\n  - a recording, read by medtwin new profile\n");
    if (!proposal.settings().isEmpty()) {
      text.append("settings:\n");
      proposal.settings().forEach((key, value) -> setting(key, value, text));
    }
    text.append("channels:\n  values:\n");
    if (outcome.values().isEmpty()) {
      text.append("    placeholder: { from: placeholder, kind: text }\n");
    }
    var taken = new LinkedHashMap<String, String>();
    outcome.values().forEach((parameter, value) -> metric(parameter, value, lines, taken, text));
    return text.toString();
  }

  private static void setting(String key, String value, StringBuilder text) {
    if (value.contains("\n")) {
      text.append("  ").append(key).append(": |\n");
      value.lines().forEach(line -> text.append("    ").append(line).append('\n'));
    } else {
      text.append("  ").append(key).append(": '").append(value.replace("'", "''")).append("'\n");
    }
  }

  private void metric(
      String parameter,
      Value value,
      LineProposal lines,
      Map<String, String> taken,
      StringBuilder text) {
    var line = lines.suggestLine(parameter, value);
    int colon = line.indexOf(':');
    if (line.startsWith("#") || colon < 0) {
      text.append("    ").append(line.startsWith("#") ? line : "# " + line).append('\n');
      return;
    }
    var property = line.substring(0, colon);
    var unique = property;
    for (int i = 2; taken.putIfAbsent(unique, parameter) != null; i++) {
      unique = property + i;
    }
    text.append("    ")
        .append(unique)
        .append(withPeriod(line.substring(colon), parameter))
        .append('\n');
  }

  /** With how often it came, where the recording says so. */
  private String withPeriod(String line, String parameter) {
    int count = outcome.counts().getOrDefault(parameter, 0);
    long millis = count < 3 ? 0 : span.toMillis() / (count - 1);
    int end = line.indexOf(" }");
    if (millis < SHORTEST_PERIOD_MILLIS || end < 0 || line.contains("period:")) {
      return line;
    }
    var period = millis >= 1_000 ? Math.round(millis / 1_000.0) + "s" : millis + "ms";
    return line.substring(0, end) + ", period: " + period + line.substring(end);
  }
}
