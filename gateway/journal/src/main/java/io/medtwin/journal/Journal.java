package io.medtwin.journal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one durable thing. Any thread may append; one thread of the journal's own writes everything
 * that waits in one commit (group commit), tells receipts, and hands entries on in order.
 *
 * <p>While the disk fails the line goes on from memory: entries are handed on, their receipts are
 * told so, and it tries again until it can write, with a whole new state of all devices.
 */
public interface Journal extends AutoCloseable {

  /** Most reports that wait to be written; {@link #append} blocks beyond it. */
  int WAITING_LIMIT = 16_384;

  /** Where kept entries go. Called by the journal's thread; may block, which holds the devices. */
  interface Reader {
    void take(List<Kept> entries) throws InterruptedException;
  }

  /**
   * Reads what is on disk. Once, before {@link #start}.
   *
   * @return the last position and the last note there are
   */
  End recover(Replay replay);

  /**
   * Where a journal ends.
   *
   * @param position last entry
   * @param note last note
   */
  record End(long position, long note) {}

  /** Begins to write, and to hand entries on to {@code reader}. */
  void start(Reader reader);

  /**
   * Appends an entry. Reports block while the journal is full; link changes never do.
   *
   * @param receipt told when it is on disk, or null where nobody waits
   * @throws InterruptedException the caller is to stop
   */
  void append(Entry entry, @Nullable Receipt receipt) throws InterruptedException;

  /**
   * Appends nothing.
   *
   * @param receipt told when everything appended before is on disk
   */
  void await(Receipt receipt);

  /**
   * Appends a note; never blocks.
   *
   * @param then run by the journal's thread once the note is on disk, or at once where the disk
   *     fails; must not block
   */
  void note(Note note, @Nullable Runnable then);

  /**
   * Saves states of devices; never blocks. What lies before is no longer needed for a restart.
   *
   * @param states new states, of those devices that changed
   * @param replayFrom first entry that is not in the saved state of its device
   * @param notesFrom first note that is not in the saved state of its device
   * @param whole whether all devices are in it, as {@link #wantsWholeState} asks for
   */
  void save(List<Saved> states, long replayFrom, long notesFrom, boolean whole);

  /**
   * Keeps what is known of devices that nobody configured; never blocks. No restart depends on it:
   * while the disk fails it is left out.
   *
   * @param newer as they are now; the rest stays as it was kept
   * @param gone devices that somebody configured since
   */
  void unclaimed(List<UnclaimedDevice> newer, List<UnclaimedDevice> gone);

  /** Unclaimed devices as an earlier life of the gateway kept them; after {@link #recover}. */
  List<UnclaimedDevice> unclaimed();

  /** Whether the next {@link #save} must have all devices: the disk failed and is tried again. */
  boolean wantsWholeState();

  /** How it is. */
  JournalState state();

  /** Writes what waits, and closes. */
  @Override
  void close();
}
