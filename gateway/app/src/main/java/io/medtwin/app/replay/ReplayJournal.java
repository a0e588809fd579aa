package io.medtwin.app.replay;

import io.medtwin.journal.Entry;
import io.medtwin.journal.ForgetfulJournal;
import io.medtwin.journal.Receipt;
import io.medtwin.journal.Received;
import io.medtwin.testkit.ReportText;
import org.jspecify.annotations.Nullable;

/**
 * A journal that keeps nothing: what comes is written down and handed on at once, on the thread
 * that appends it. So a day takes no more memory than a minute.
 */
final class ReplayJournal extends ForgetfulJournal {

  private final ReplayOutput output;
  private Runnable turn = () -> {};

  ReplayJournal(ReplayOutput output) {
    this.output = output;
  }

  /** What is to be done behind each entry. */
  void behindEach(Runnable newTurn) {
    turn = newTurn;
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
    super.append(entry, receipt);
    turn.run();
  }
}
