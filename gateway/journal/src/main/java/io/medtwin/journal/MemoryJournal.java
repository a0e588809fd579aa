package io.medtwin.journal;

import io.medtwin.journal.JournalState.Health;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A journal without a disk, for tests and for tools that run a line over what they have: it keeps
 * the contract of a durable one as long as the process lives. Entries are handed on by the thread
 * that appends them. It grows without limit, so it is not for a gateway.
 */
public final class MemoryJournal implements Journal {

  private final List<Kept> entries = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();
  private final Map<String, Saved> states = new LinkedHashMap<>();
  private final Map<List<String>, UnclaimedDevice> unclaimed = new LinkedHashMap<>();
  private @Nullable Reader reader;

  /** An empty journal. */
  public MemoryJournal() {}

  /** A journal that has what another one has: a new life of it. */
  public MemoryJournal(MemoryJournal before) {
    synchronized (before) {
      entries.addAll(before.entries);
      notes.addAll(before.notes);
      states.putAll(before.states);
      unclaimed.putAll(before.unclaimed);
    }
  }

  /** The entries so far. */
  public synchronized List<Kept> entries() {
    return List.copyOf(entries);
  }

  /** The notes so far. */
  public synchronized List<Note> notes() {
    return List.copyOf(notes);
  }

  @Override
  public synchronized End recover(Replay replay) {
    states.values().forEach(replay::saved);
    int note = 0;
    for (Kept kept : entries) {
      while (note < notes.size() && notes.get(note).after() < kept.position()) {
        repeat(notes.get(note++), replay);
      }
      if (kept.entry() instanceof Entry.Heard heard) {
        heard.reports().stream()
            .mapToLong(Received::message)
            .filter(message -> message != 0)
            .forEach(replay::message);
      }
      var state = states.get(kept.entry().device());
      if (state == null || kept.position() > state.position()) {
        replay.entry(kept);
      }
    }
    while (note < notes.size()) {
      repeat(notes.get(note++), replay);
    }
    return new End(entries.size(), notes.isEmpty() ? 0 : notes.getLast().id());
  }

  private void repeat(Note note, Replay replay) {
    var state = states.get(note.device());
    if (state == null || note.id() > state.note()) {
      replay.note(note);
    }
  }

  @Override
  public synchronized void start(Reader to) {
    reader = to;
  }

  @Override
  public synchronized void append(Entry entry, @Nullable Receipt receipt)
      throws InterruptedException {
    var kept = new Kept(entries.size() + 1L, entry);
    entries.add(kept);
    if (receipt != null) {
      receipt.kept();
    }
    if (reader != null) {
      reader.take(List.of(kept));
    }
  }

  @Override
  public void await(Receipt receipt) {
    receipt.kept();
  }

  @Override
  public void note(Note note, @Nullable Runnable then) {
    synchronized (this) {
      notes.add(note);
    }
    if (then != null) {
      then.run();
    }
  }

  @Override
  public synchronized void save(List<Saved> newer, long replayFrom, long notesFrom, boolean whole) {
    newer.forEach(state -> states.put(state.device(), state));
  }

  @Override
  public synchronized void unclaimed(List<UnclaimedDevice> newer, List<UnclaimedDevice> gone) {
    gone.forEach(device -> unclaimed.remove(List.of(device.hub(), device.address())));
    newer.forEach(device -> unclaimed.put(List.of(device.hub(), device.address()), device));
  }

  @Override
  public synchronized List<UnclaimedDevice> unclaimed() {
    return List.copyOf(unclaimed.values());
  }

  @Override
  public boolean wantsWholeState() {
    return false;
  }

  @Override
  public synchronized JournalState state() {
    return new JournalState(Health.OK, "", Instant.EPOCH, 0, entries.size(), 0, 0, 0, 0, 0);
  }

  @Override
  public void close() {}
}
