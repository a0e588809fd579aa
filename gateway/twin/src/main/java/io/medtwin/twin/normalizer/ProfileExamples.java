package io.medtwin.twin.normalizer;

import io.medtwin.journal.Received;
import io.medtwin.twin.document.Problem;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.normalizer.Finding.Observation;
import io.medtwin.twin.profile.Example;
import io.medtwin.twin.profile.Profile;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * Holds a profile against its own examples: what the normalizer makes of each reading must be what
 * the profile says.
 */
public final class ProfileExamples {

  private ProfileExamples() {}

  /** Adds a problem for each example that comes out otherwise. */
  public static void check(Profile profile, Units units, Problems problems) {
    var normalizer = new Normalizer(profile, units);
    for (Example example : profile.paper().examples()) {
      var came =
          outcome(
              normalizer.normalize(new Received("example", example.reading(), Instant.EPOCH, 1)));
      if (!came.equals(wanted(example.outcome()))) {
        problems.add(
            new Problem(
                example.file(),
                example.line(),
                "examples: "
                    + example.reading().parameter()
                    + " should become \""
                    + example.outcome()
                    + "\", but becomes \""
                    + came
                    + "\""));
      }
    }
  }

  /** A value without a validity is valid. */
  private static String wanted(String outcome) {
    int words = outcome.split(" ").length;
    boolean bare = words == 1 && outcome.indexOf('/') < 0;
    for (Validity validity : Validity.values()) {
      if (bare || outcome.endsWith(" " + validity.word())) {
        return outcome;
      }
    }
    return outcome + " " + Validity.VALID.word();
  }

  private static String outcome(Finding finding) {
    return switch (finding) {
      case Observation observation -> observation(observation);
      case Finding.Unmapped _ -> "unmapped";
      case Finding.Undated _ -> "undated";
      case Finding.Withheld _ -> "withheld";
      case Finding.Rejected _ -> "rejected";
      case Finding.Wave wave -> wave.metric().place() + " wave";
      case Finding.WaveStopped stopped -> stopped.metric().place() + " no wave";
      case Finding.AlertChange _, Finding.Occurrence _, Finding.Identified _, Finding.Seen _ ->
          "no reading";
    };
  }

  private static String observation(Observation observation) {
    var metric = observation.metric();
    var value =
        switch (observation.value()) {
          case null -> "none";
          case BigDecimal number -> number.toPlainString();
          default -> text(observation.value());
        };
    var unit = metric.unit().isEmpty() || observation.value() == null ? "" : " " + metric.unit();
    return metric.place() + " " + value + unit + " " + observation.validity().word();
  }

  private static String text(Object word) {
    var text = word.toString();
    return text.indexOf(' ') < 0 ? text : "\"" + text;
  }
}
