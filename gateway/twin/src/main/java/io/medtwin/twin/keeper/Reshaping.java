package io.medtwin.twin.keeper;

import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.profile.Profile;
import java.util.ArrayList;
import java.util.List;

/**
 * What becomes of a saved state under another profile.
 *
 * @param gone places of the thing that are no more, {@code feature/property}
 * @param changed metrics whose values mean something else now
 */
record Reshaping(List<String> gone, List<Metric> changed) {

  private static final String WAVE = "wave";

  /**
   * Compares.
   *
   * @param meanings of the saved state, as {@link Profile#meanings} gave them
   * @param profile in force now
   */
  static Reshaping of(Patch meanings, Profile profile) {
    var gone = new ArrayList<String>();
    var changed = new ArrayList<Metric>();
    meanings
        .members()
        .forEach(
            (place, meaning) -> {
              var metric = profile.at(place);
              if (metric == null) {
                gone.add(meaning.toString().startsWith(WAVE) ? WAVE + "-" + place : place);
              } else if (!metric.meaning().equals(meaning)) {
                changed.add(metric);
              }
            });
    return new Reshaping(gone, changed);
  }
}
