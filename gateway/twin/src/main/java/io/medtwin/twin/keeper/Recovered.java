package io.medtwin.twin.keeper;

import io.medtwin.journal.Kept;
import io.medtwin.journal.Note;
import io.medtwin.journal.Replay;
import io.medtwin.journal.Saved;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes a journal into the devices' lines, and counts what it took. */
final class Recovered implements Replay {

  /** Most damages told one by one. */
  private static final int DAMAGES_LIMIT = 10;

  /** Most messages remembered; beyond it, one that is sent again is taken again. */
  private static final int MESSAGES_LIMIT = 65_536;

  /** Most devices remembered that an older configuration had. */
  private static final int FORMER_LIMIT = 10_000;

  private final Lines lines;
  private final Instant now;
  private final Set<String> former = new HashSet<>();
  private final Set<Long> messages = new HashSet<>();
  private final List<String> damages = new ArrayList<>();
  private int saved;
  private long entries;
  private long notes;

  Recovered(Lines lines, Instant now) {
    this.lines = lines;
    this.now = now;
  }

  @Override
  public void saved(Saved state) {
    var line = lines.find(state.device());
    if (line.isPresent()) {
      try {
        line.get().restore(state.body(), now);
        saved++;
      } catch (IOException | IllegalArgumentException | DateTimeException e) {
        damaged("the saved state of " + state.device() + " cannot be read: " + e.getMessage());
      }
    } else {
      former(state.device());
    }
  }

  @Override
  public void entry(Kept entry) {
    entries++;
    lines
        .find(entry.entry().device())
        .ifPresentOrElse(
            line -> line.take(entry.position(), entry.entry()),
            () -> former(entry.entry().device()));
  }

  private void former(String device) {
    if (former.size() < FORMER_LIMIT) {
      former.add(device);
    }
  }

  /** Devices that the journal has and the configuration has not. */
  Set<String> former() {
    return former;
  }

  @Override
  public void note(Note note) {
    notes++;
    lines.find(note.device()).ifPresent(line -> line.repeat(note));
  }

  @Override
  public void message(long message) {
    if (messages.size() < MESSAGES_LIMIT) {
      messages.add(message);
    }
  }

  @Override
  public void damaged(String why) {
    if (damages.size() < DAMAGES_LIMIT) {
      damages.add(why);
    }
  }

  Set<Long> messages() {
    return messages;
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
