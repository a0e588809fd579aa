package io.medtwin.benchmarks.crash;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One round, judged.
 *
 * @param said messages of all devices
 * @param acknowledgedBefore of them, before the kill
 * @param repeated of them, handed to the gateway more than once
 * @param backAfter from the start of the process to its first merge, where nothing held it up
 * @param allBackAfter to the first merge of the last twin
 * @param settledAfter from the end of the load to the last thing that was missing
 * @param note what else is worth knowing, or empty
 */
record RoundResult(
    RoundPlan plan,
    long said,
    long acknowledgedBefore,
    long repeated,
    Optional<Duration> backAfter,
    Optional<Duration> allBackAfter,
    Duration settledAfter,
    String note,
    List<Violation> violations) {

  /** For people. */
  String line(int number) {
    return String.format(
        Locale.ROOT,
        "round %d seed %d %s: %d said, %d acknowledged before the kill, %d handed over again, back"
            + " after %s (all twins %s), settled after %s%s: %s",
        number,
        plan.seed(),
        plan.words(),
        said,
        acknowledgedBefore,
        repeated,
        seconds(backAfter),
        seconds(allBackAfter),
        seconds(Optional.of(settledAfter)),
        note.isEmpty() ? "" : ", " + note,
        violations.isEmpty() ? "ok" : violations.size() + " VIOLATIONS");
  }

  /** For scripts. */
  String json(int number) {
    var text = new StringBuilder();
    text.append("{\"round\":").append(number).append(",\"seed\":").append(plan.seed());
    text.append(",\"faults\":").append(quoted(plan.words()));
    text.append(",\"said\":").append(said);
    text.append(",\"acknowledgedBeforeKill\":").append(acknowledgedBefore);
    text.append(",\"handedOverAgain\":").append(repeated);
    backAfter.ifPresent(time -> text.append(",\"backMillis\":").append(time.toMillis()));
    allBackAfter.ifPresent(time -> text.append(",\"allBackMillis\":").append(time.toMillis()));
    text.append(",\"settledMillis\":").append(settledAfter.toMillis());
    text.append(",\"note\":").append(quoted(note));
    text.append(",\"violations\":[");
    for (int i = 0; i < violations.size(); i++) {
      var violation = violations.get(i);
      text.append(i == 0 ? "" : ",");
      text.append("{\"rule\":").append(quoted(violation.rule().name()));
      text.append(",\"device\":").append(quoted(violation.device()));
      text.append(",\"expected\":").append(quoted(violation.expected()));
      text.append(",\"came\":").append(quoted(violation.came())).append('}');
    }
    return text.append("]}").toString();
  }

  static String quoted(String text) {
    return org.eclipse.ditto.json.JsonValue.of(text).toString();
  }

  private static String seconds(Optional<Duration> time) {
    return time.map(value -> String.format(Locale.ROOT, "%.2f s", value.toMillis() / 1_000.0))
        .orElse("-");
  }
}
