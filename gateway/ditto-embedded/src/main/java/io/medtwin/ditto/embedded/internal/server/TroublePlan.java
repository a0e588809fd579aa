package io.medtwin.ditto.embedded.internal.server;

import java.util.ArrayDeque;

/** Troubles ordered for the next commands, first come first served over all sockets; any thread. */
public final class TroublePlan {
  private static final Trouble NONE = new Trouble.None();

  private final ArrayDeque<Planned> plan = new ArrayDeque<>();

  /** Orders a trouble for the next commands that have none yet. */
  public synchronized void next(int commands, Trouble trouble) {
    if (commands < 1) {
      throw new IllegalArgumentException("commands must be at least 1, got " + commands);
    }
    plan.add(new Planned(commands, trouble));
  }

  /** Forgets what was ordered. */
  public synchronized void clear() {
    plan.clear();
  }

  synchronized Trouble take() {
    Planned first = plan.poll();
    if (first == null) {
      return NONE;
    }
    if (first.commands > 1) {
      plan.addFirst(new Planned(first.commands - 1, first.trouble));
    }
    return first.trouble;
  }

  private record Planned(int commands, Trouble trouble) {}
}
