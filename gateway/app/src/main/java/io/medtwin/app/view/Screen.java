package io.medtwin.app.view;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Shows a few lines again and again: in place on a terminal, and not at all where output goes to a
 * file or pipe. Below them is the line where a person types; a redraw leaves it alone. {@link
 * #entered} may be called by any thread, all else belongs to one.
 */
public final class Screen {

  private static final String SAVE = "\u001b7";
  private static final String RESTORE = "\u001b8";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintStream out;
  private final boolean terminal;
  private final int rows;
  private final AtomicInteger entered = new AtomicInteger();
  private int drawn;

  /**
   * A screen on {@code out}.
   *
   * @param rows height of the terminal; lines that do not fit are counted in the last one
   */
  public Screen(PrintStream out, boolean terminal, int rows) {
    this.out = out;
    this.terminal = terminal;
    this.rows = rows;
  }

  /** Whether lines are drawn in place. */
  public boolean isTerminal() {
    return terminal;
  }

  /** Somebody typed a line: its Enter moved everything on the terminal by one. */
  public void entered() {
    entered.incrementAndGet();
  }

  /** Draws over what was drawn before. */
  public void draw(List<String> lines) {
    var fitting = terminal ? fitting(lines) : lines;
    int typed = entered.getAndSet(0);
    boolean inPlace = terminal && drawn == fitting.size() && typed == 0;
    var text = new StringBuilder();
    if (inPlace) {
      text.append(SAVE);
    }
    if (terminal && drawn > 0) {
      text.append("\u001b[").append(drawn + typed).append("F");
    }
    for (String line : fitting) {
      text.append(line).append(terminal ? CLEAR_LINE + "\n" : "\n");
    }
    if (inPlace) {
      text.append(RESTORE);
    } else if (terminal) {
      text.append(CLEAR_BELOW);
    }
    out.print(text);
    out.flush();
    drawn = fitting.size();
  }

  /** Prints a line that stays, below what was drawn. */
  public void say(String line) {
    out.println(line);
    drawn = 0;
  }

  private List<String> fitting(List<String> lines) {
    int room = Math.max(2, rows - 1); // one for typing
    if (lines.size() <= room) {
      return lines;
    }
    var fitting = new ArrayList<>(lines.subList(0, room - 1));
    fitting.add("… " + (lines.size() - room + 1) + " more lines than this terminal has room for");
    return fitting;
  }
}
