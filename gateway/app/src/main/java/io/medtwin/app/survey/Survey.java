package io.medtwin.app.survey;

import java.util.Optional;

/** What kind of thing was recorded, and how it could be read. */
public final class Survey {

  private Survey() {}

  /** A proposal, or empty where nothing of a form that repeats was found. */
  public static Optional<Proposal> of(Evidence evidence, Trial trial) {
    if (!evidence.messages().isEmpty()) {
      return MessageSurvey.of(evidence);
    }
    if (evidence.bytes().length == 0) {
      return Optional.empty();
    }
    var lines = TextSurvey.of(evidence, trial);
    return lines.isPresent() ? lines : FrameSurvey.of(evidence, trial);
  }
}
