package io.medtwin.simulator.play;

import io.medtwin.simulator.sheet.Sheet;
import io.medtwin.testkit.Transcript;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How fast a conversation goes. It does not tell when its frames came; but what a driver makes of
 * them does: so many samples at that rate, or so many readings of a parameter with that period,
 * took that long.
 */
final class Pace {
  private static final double PER_SECOND_MIN = 1 / 60.0;
  private static final double PER_SECOND_MAX = 200;
  private static final Pattern READING =
      Pattern.compile(
          "(?:device \\S+: )?reading (\\S+) (?:samples (\\d+) at ([0-9.]+)/s)?.*", Pattern.DOTALL);

  private Pace() {}

  /**
   * Frames in a second of what comes by itself: by its waves, else by its parameters' periods. What
   * was lost on the line makes a conversation seem faster, so the slowest one counts.
   */
  static double ofFrames(Conversation conversation, Sheet sheet) {
    return conversation.each().stream()
        .filter(one -> !one.frames().isEmpty())
        .map(one -> one.frames().size() / told(one, sheet).byFrames())
        .filter(Double::isFinite)
        .min(Double::compare)
        .map(Pace::bounded)
        .orElse(1.0);
  }

  /** Messages in a second: a stretch of wave in one says nothing of the others. */
  static double ofMessages(int messages, Conversation conversation, Sheet sheet) {
    var told = told(conversation, sheet);
    double seconds = Math.max(told.waves(), told.periods());
    return seconds > 0 ? bounded(messages / seconds) : 1;
  }

  /** Seconds that a conversation took, 0 where nothing tells. */
  private record Told(double waves, double periods) {
    double byFrames() {
      return waves > 0 ? waves : periods;
    }
  }

  private static Told told(Conversation conversation, Sheet sheet) {
    var periods = new HashMap<String, Duration>();
    for (Sheet.Parameter parameter : sheet.parameters()) {
      if (parameter.period() != null) {
        periods.put(parameter.name(), parameter.period());
      }
    }
    var waves = new HashMap<String, Double>();
    var readings = new HashMap<String, Double>();
    for (Transcript one : conversation.transcripts()) {
      for (String line : one.expected()) {
        var reading = READING.matcher(line);
        if (!reading.matches()) {
          continue;
        }
        var period = periods.get(reading.group(1));
        if (reading.group(2) != null) {
          double seconds =
              Integer.parseInt(reading.group(2)) / Double.parseDouble(reading.group(3));
          waves.merge(reading.group(1), seconds, Double::sum);
        } else if (period != null) {
          readings.merge(reading.group(1), period.toMillis() / 1000.0, Double::sum);
        }
      }
    }
    return new Told(longest(waves), longest(readings));
  }

  private static double longest(Map<String, Double> seconds) {
    return seconds.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }

  private static double bounded(double perSecond) {
    return Math.clamp(perSecond, PER_SECOND_MIN, PER_SECOND_MAX);
  }
}
