package io.medtwin.twin.keeper;

import io.medtwin.journal.Kept;
import io.medtwin.journal.Note;
import io.medtwin.journal.Replay;
import io.medtwin.journal.Saved;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;

/** Takes a journal into the devices' lines, and counts what it took. */
final class Recovered implements Replay {

  /** Most damages told one by one. */
  private static final int DAMAGES_LIMIT = 10;

  private final Lines lines;
  private final List<String> damages = new ArrayList<>();
  private int saved;
  private long entries;
  private long notes;

  Recovered(Lines lines) {
    this.lines = lines;
  }

  @Override
  public void saved(Saved state) {
    var line = lines.find(state.device());
    if (line.isPresent()) {
      try {
        line.get().restore(state.body());
        saved++;
      } catch (IOException | IllegalArgumentException | DateTimeException e) {
        damaged("the saved state of " + state.device() + " cannot be read: " + e.getMessage());
      }
    }
  }

  @Override
  public void entry(Kept entry) {
    entries++;
    lines
        .find(entry.entry().device())
        .ifPresent(line -> line.take(entry.position(), entry.entry()));
  }

  @Override
  public void note(Note note) {
    notes++;
    lines.find(note.device()).ifPresent(line -> line.repeat(note));
  }

  @Override
  public void damaged(String why) {
    if (damages.size() < DAMAGES_LIMIT) {
      damages.add(why);
    }
  }

  List<String> damages() {
    return damages;
  }

  boolean isAnything() {
    return saved > 0 || entries > 0 || notes > 0;
  }

  int saved() {
    return saved;
  }

  long entries() {
    return entries;
  }

  long notes() {
    return notes;
  }
}
