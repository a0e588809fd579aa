package io.medtwin.twin.keeper;

import io.medtwin.journal.Journal;
import io.medtwin.journal.Saved;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Saves the devices' states in turn, a few at a time, so that no reading waits for it and a restart
 * has only the last seconds to read. Owned by the keeper's thread.
 */
final class Saver {

  private final Lines lines;
  private final Journal journal;
  private final long turnsPerCycle;
  private int next;
  private Instant lastWhole = Instant.MIN;

  /**
   * @param turnsPerCycle in how many calls of {@link #saveSome} every device has its turn
   */
  Saver(Lines lines, Journal journal, long turnsPerCycle) {
    this.lines = lines;
    this.journal = journal;
    this.turnsPerCycle = turnsPerCycle;
  }

  /** Saves the next few devices that have something to save. */
  void saveSome(long position, long note) {
    int count = lines.all().size();
    var states = new ArrayList<Saved>();
    for (long i = (count + turnsPerCycle - 1) / turnsPerCycle; i > 0; i--) {
      var line = lines.all().get(next);
      next = (next + 1) % count;
      if (line.isUnsaved()) {
        states.add(new Saved(line.device(), position, note, line.save()));
      }
    }
    if (!states.isEmpty()) {
      save(states, position, note, false);
    }
  }

  /** Saves these devices now. */
  void save(List<DeviceLine> changed, long position, long note) {
    save(saved(changed, position, note), position, note, false);
  }

  private static List<Saved> saved(List<DeviceLine> some, long position, long note) {
    return some.stream()
        .map(line -> new Saved(line.device(), position, note, line.save()))
        .toList();
  }

  /** Whether it is time to offer the whole state again. */
  boolean isTimeForWhole(Instant now, Duration period) {
    if (now.isBefore(lastWhole.plus(period)) && !now.isBefore(lastWhole)) {
      return false;
    }
    lastWhole = now;
    return true;
  }

  /** Saves all devices. */
  void saveAll(long position, long note, boolean whole) {
    save(saved(lines.all(), position, note), position, note, whole);
  }

  private void save(List<Saved> states, long position, long note, boolean whole) {
    long replayFrom = position + 1;
    long notesFrom = note + 1;
    for (DeviceLine line : lines.all()) {
      if (line.unsavedEntry() != 0) {
        replayFrom = Math.min(replayFrom, line.unsavedEntry());
      }
      if (line.unsavedNote() != 0) {
        notesFrom = Math.min(notesFrom, line.unsavedNote());
      }
    }
    journal.save(states, replayFrom, notesFrom, whole);
  }
}
