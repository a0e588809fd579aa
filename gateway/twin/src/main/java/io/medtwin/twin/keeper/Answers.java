package io.medtwin.twin.keeper;

import io.medtwin.journal.Note;
import io.medtwin.journal.Note.Outcome;
import io.medtwin.twin.backend.Answer;
import java.time.Instant;

/** Answers of the backend as notes of the journal. */
final class Answers {

  private Answers() {}

  /**
   * As a note.
   *
   * @param known how many waiting alerts and events a recalled thing has
   */
  static Note note(Answer answer, int known, long id, long after, String device, Instant at) {
    return switch (answer) {
      case Answer.Stored _ -> settled(id, after, device, at, Outcome.STORED, 0, 0);
      case Answer.Provisioned there ->
          settled(
              id,
              after,
              device,
              at,
              there.created() ? Outcome.CREATED : Outcome.FOUND,
              there.storedEpoch(),
              there.storedSeq());
      case Answer.Recalled _ -> settled(id, after, device, at, Outcome.RECALLED, 0, known);
      case Answer.Outdated outdated ->
          settled(id, after, device, at, Outcome.OUTDATED, outdated.storedEpoch(), 0);
      case Answer.Refused _ -> settled(id, after, device, at, Outcome.REFUSED, 0, 0);
      case Answer.NotProvisioned _ -> settled(id, after, device, at, Outcome.NOT_PROVISIONED, 0, 0);
      case Answer.Busy busy ->
          settled(id, after, device, at, busy.mayBeStored() ? Outcome.UNKNOWN : Outcome.BUSY, 0, 0);
    };
  }

  private static Note settled(
      long id, long after, String device, Instant at, Outcome outcome, long epoch, long seq) {
    return new Note.Settled(id, after, device, at, outcome, epoch, seq);
  }
}
