package io.medtwin.app.view;

import java.io.PrintStream;
import java.util.List;

/**
 * Shows a few lines again and again: in place on a terminal, and not at all where output goes to a
 * file or pipe.
 */
public final class Screen {

  private final PrintStream out;
  private final boolean terminal;
  private int drawn;

  /** A screen on {@code out}. */
  public Screen(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Whether lines are drawn in place. */
  public boolean isTerminal() {
    return terminal;
  }

  /** Draws over what was drawn before. */
  public void draw(List<String> lines) {
    var text = new StringBuilder();
    if (terminal && drawn > 0) {
      text.append("\u001b[").append(drawn).append("F");
    }
    for (String line : lines) {
      text.append(line).append(terminal ? "\u001b[K\n" : "\n");
    }
    if (terminal) {
      text.append("\u001b[J");
    }
    out.print(text);
    out.flush();
    drawn = lines.size();
  }

  /** Prints a line that stays, below what was drawn. */
  public void say(String line) {
    out.println(line);
    drawn = 0;
  }
}
