package io.medtwin.app.survey;

import java.util.ArrayList;
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

  /** The same with one more setting. */
  Proposal with(String name, String value) {
    var more = new LinkedHashMap<>(settings);
    more.put(name, value);
    return new Proposal(driver, more, notes);
  }

  /** The same with one more note. */
  Proposal noting(String note) {
    var more = new ArrayList<>(notes);
    more.add(note);
    return new Proposal(driver, settings, more);
  }
}
