package io.medtwin.app.survey;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a device could be read.
 *
 * @param driver id of the driver
 * @param settings of the driver, in the order in which people read them
 * @param notes what was seen, what is a guess, what is left to do
 */
public record Proposal(String driver, Map<String, String> settings, List<String> notes) {

  public Proposal {
    settings = new LinkedHashMap<>(settings);
    notes = List.copyOf(notes);
  }
}
