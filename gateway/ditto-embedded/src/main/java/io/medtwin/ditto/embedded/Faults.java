package io.medtwin.ditto.embedded;

import io.medtwin.ditto.embedded.internal.server.Listener;
import io.medtwin.ditto.embedded.internal.server.Trouble;
import io.medtwin.ditto.embedded.internal.server.TroublePlan;
import java.io.IOException;
import java.time.Duration;

/**
 * Faults on command, for outage and crash tests. Those for "the next commands" queue up behind one
 * another and count over HTTP and all WebSockets together. Any thread.
 */
public final class Faults {
  private final TroublePlan plan;
  private final Listener listener;

  Faults(TroublePlan plan, Listener listener) {
    this.plan = plan;
    this.listener = listener;
  }

  /**
   * The next commands are refused with this status (429 and 503 with Ditto's own errors) and not
   * carried out.
   */
  public void answerNext(int commands, int status) {
    plan.next(commands, new Trouble.Refuse(status));
  }

  /** The next commands are carried out and answered this much later. */
  public void delayNext(int commands, Duration by) {
    plan.next(commands, new Trouble.Delay(by));
  }

  /** The next commands are neither carried out nor ever answered. */
  public void hangNext(int commands) {
    plan.next(commands, new Trouble.Hang());
  }

  /**
   * The next commands are carried out, but their answers are lost: the case a client must not count
   * twice.
   */
  public void loseAnswersOfNext(int commands) {
    plan.next(commands, new Trouble.LoseAnswer());
  }

  /**
   * From now on at most so many commands a second, over all connections; those beyond are answered
   * 429 and not carried out, until the second is over. 0 takes the limit away.
   */
  public void limitRate(int perSecond) {
    plan.limit(perSecond);
  }

  /** Forgets the faults ordered for coming commands, and the limit of their rate. */
  public void clear() {
    plan.clear();
  }

  /** Cuts every connection without a close frame; new ones are welcome. */
  public void dropConnections() {
    listener.drop();
  }

  /** Refuses new connections until {@link #acceptConnections}; open ones go on. */
  public void refuseConnections() {
    listener.refuse();
  }

  /**
   * Accepts connections again, on the same port.
   *
   * @throws IOException when another process took the port meanwhile
   */
  public void acceptConnections() throws IOException {
    listener.open();
  }

  /**
   * Goes away: refuses and drops. {@link #acceptConnections} brings it back with what it had
   * stored.
   */
  public void goDown() {
    listener.refuse();
    listener.drop();
  }

  /**
   * Goes away and comes back on the same port; what was stored stays, connections and subscriptions
   * do not.
   *
   * @throws IOException when another process took the port meanwhile
   */
  public void restart() throws IOException {
    goDown();
    listener.open();
  }
}
