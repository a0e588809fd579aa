package io.medtwin.journal;

import io.medtwin.journal.JournalState.Health;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A journal that keeps nothing, for tools that run a line over what they have and need no second
 * life of it: what is appended is handed on at once, on the thread that appends it, and forgotten.
 * Used by one thread.
 */
public class ForgetfulJournal implements Journal {

  private Reader reader = entries -> {};
  private long position;

  @Override
  public End recover(Replay replay) {
    return new End(0, 0);
  }

  @Override
  public void start(Reader newReader) {
    reader = newReader;
  }

  @Override
  public void append(Entry entry, @Nullable Receipt receipt) throws InterruptedException {
    position++;
    reader.take(List.of(new Kept(position, entry)));
    if (receipt != null) {
      receipt.kept();
    }
  }

  @Override
  public void await(Receipt receipt) {
    receipt.kept();
  }

  @Override
  public void note(Note note, @Nullable Runnable then) {
    if (then != null) {
      then.run();
    }
  }

  @Override
  public void save(List<Saved> states, long replayFrom, long notesFrom, boolean whole) {}

  @Override
  public void unclaimed(List<UnclaimedDevice> newer, List<UnclaimedDevice> gone) {}

  @Override
  public List<UnclaimedDevice> unclaimed() {
    return List.of();
  }

  @Override
  public boolean wantsWholeState() {
    return false;
  }

  @Override
  public JournalState state() {
    return new JournalState(Health.OK, "", Instant.EPOCH, 0, position, 0, 0, 0, 0, 0);
  }

  @Override
  public void close() {}
}
