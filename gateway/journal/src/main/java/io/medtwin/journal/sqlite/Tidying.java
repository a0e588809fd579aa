package io.medtwin.journal.sqlite;

import io.medtwin.journal.JournalConfig;
import java.sql.SQLException;
import java.time.InstantSource;

/**
 * Keeps a journal within its quota. Only lines that no restart needs are removed: what they said is
 * confirmed, or part of a saved state. When room is short waveforms go first, then values, then
 * link changes, alerts and events last; what is too old goes whatever it is.
 */
final class Tidying {

  /** Most lines looked at in one go, so that no commit waits for long. */
  private static final int WINDOW = 12_000;

  /** Room is made before it is gone. */
  private static final double FULL = 0.9;

  private final JournalConfig config;
  private final InstantSource clock;
  private final long[] next = new long[Database.KINDS];
  private long replayFrom;
  private long notesFrom;
  private long trimmed;

  Tidying(JournalConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
  }

  /** A restart reads from here on; what lies before may go. */
  void saved(long replay, long notes) {
    replayFrom = replay;
    notesFrom = notes;
  }

  /** Lines removed so far. */
  long trimmed() {
    return trimmed;
  }

  /** Removes what is too old or too much, one window at a time; returns the bytes in use. */
  long tidy(Database database) throws SQLException {
    long bytes = database.bytes();
    int removed = 0;
    for (int kind = 0; kind < Database.KINDS; kind++) {
      if (bytes > config.maxBytes() * FULL && next[kind] < replayFrom) {
        removed = window(database, kind);
        break;
      }
    }
    long oldest = clock.instant().minus(config.maxAge()).toEpochMilli();
    for (int kind = 0; kind < Database.KINDS && removed == 0; kind++) {
      var first = database.firstFrom(next[kind]);
      if (first.position() < replayFrom && first.at() < oldest) {
        removed = window(database, kind);
      }
    }
    if (removed > 0) {
      trimmed += removed;
      database.trimNotes(notesFrom, WINDOW);
      database.set("trimmedTo", replayFrom - 1);
    }
    database.commit();
    return bytes;
  }

  private int window(Database database, int kind) throws SQLException {
    long from = database.firstFrom(next[kind]).position();
    long before = Math.min(replayFrom, from + WINDOW);
    next[kind] = Math.max(next[kind], before);
    return from < before ? database.trim(kind, from, before) : 0;
  }
}
