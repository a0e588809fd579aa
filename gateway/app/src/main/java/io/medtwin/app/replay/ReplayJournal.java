package io.medtwin.app.replay;

import io.medtwin.journal.Entry;
import io.medtwin.journal.Journal;
import io.medtwin.journal.JournalState;
import io.medtwin.journal.JournalState.Health;
import io.medtwin.journal.Kept;
import io.medtwin.journal.Note;
import io.medtwin.journal.Receipt;
import io.medtwin.journal.Received;
import io.medtwin.journal.Replay;
import io.medtwin.journal.Saved;
import io.medtwin.journal.UnclaimedDevice;
import io.medtwin.testkit.ReportText;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A journal that keeps nothing: what comes is written down and handed on at once, on the thread
 * that appends it. So a day takes no more memory than a minute.
 */
final class ReplayJournal implements Journal {

  private final ReplayOutput output;
  private Reader reader = entries -> {};
  private Runnable turn = () -> {};
  private long position;

  ReplayJournal(ReplayOutput output) {
    this.output = output;
  }

  /** What is to be done behind each entry. */
  void behindEach(Runnable newTurn) {
    turn = newTurn;
  }

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
    switch (entry) {
      case Entry.Heard heard -> {
        for (Received received : heard.reports()) {
          output.reports++;
          output
              .line(received.device())
              .append('#')
              .append(received.sequence())
              .append(' ')
              .append(ReportText.of(received.report()));
          output.end();
        }
      }
      case Entry.LinkUp up -> {
        output.line(up.device()).append("link up");
        output.end();
      }
      case Entry.LinkDown down -> {
        output.line(down.device()).append("link down ").append(down.why());
        output.end();
      }
      case Entry.Muted _, Entry.Unmuted _ -> {}
    }
    position++;
    reader.take(List.of(new Kept(position, entry)));
    if (receipt != null) {
      receipt.kept();
    }
    turn.run();
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
