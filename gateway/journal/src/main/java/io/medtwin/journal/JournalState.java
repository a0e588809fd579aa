package io.medtwin.journal;

import java.time.Instant;

/**
 * How the journal is, since the process began.
 *
 * @param health whether what comes is on disk
 * @param why what is or was wrong, for people; empty where all was well
 * @param since when the health became what it is
 * @param bytes size on disk
 * @param reports reports written
 * @param commits commits that wrote them
 * @param notKept reports that were handed on from memory while the disk failed
 * @param trimmed old lines that were removed to stay within the quota; each was confirmed or is
 *     part of the saved state
 * @param waiting reports that wait to be written
 * @param maxBytes largest size it may grow to, 0 where there is no limit
 */
public record JournalState(
    Health health,
    String why,
    Instant since,
    long bytes,
    long reports,
    long commits,
    long notKept,
    long trimmed,
    long waiting,
    long maxBytes) {

  /** Whether what comes is on disk. */
  public enum Health {
    OK("ok"),
    FAILING("failing");

    private final String word;

    Health(String word) {
      this.word = word;
    }

    /** As written in the twin. */
    public String word() {
      return word;
    }
  }
}
