package io.medtwin.app.survey;

import io.medtwin.spi.Value;
import java.util.Map;

/** Lets the real driver read what was recorded, by settings that are proposed. */
@FunctionalInterface
public interface Trial {

  /**
   * What came of it.
   *
   * @param reports how many there were
   * @param values the last value of each parameter, in their first order
   * @param counts how often each came
   * @param discarded bytes, or messages, that made no sense
   */
  record Outcome(
      int reports, Map<String, Value> values, Map<String, Integer> counts, int discarded) {}

  /**
   * Runs it.
   *
   * @param evidence what to read
   * @throws IllegalArgumentException the settings do not read
   */
  Outcome of(String driver, Map<String, String> settings, Evidence evidence);
}
