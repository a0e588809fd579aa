package io.medtwin.runtime.session;

/**
 * How the driver of one link behaves: its faults in a row, and whether it does what a driver does.
 * The session judges, the watch looks; any thread.
 */
final class Conduct {

  /** Faults of the driver in a row, without a report between, after which it is left alone. */
  static final int MOST_FAULTS = 5;

  /** Looks, one a second, in which a driver may do nothing of what a driver does. */
  static final int MOST_IDLE_LOOKS = 10;

  /** Further looks after which a driver that was thrown out is given up. */
  static final int MOST_LOOKS_TO_LEAVE = 3;

  private int faults;
  private int idleLooks;
  private Doorway.Look last = new Doorway.Look(0, 0, false, false);

  /** What a look asks for. */
  enum Verdict {
    LET_BE,
    THROW_OUT,
    GIVE_UP
  }

  /**
   * A look, once a second.
   *
   * @param isRunning whether the driver is at work at all
   */
  synchronized Verdict look(boolean isRunning, Doorway.Look now) {
    boolean alive = !isRunning || now.isAliveSince(last);
    last = now;
    idleLooks = alive ? 0 : idleLooks + 1;
    if (idleLooks >= MOST_IDLE_LOOKS + MOST_LOOKS_TO_LEAVE) {
      return Verdict.GIVE_UP;
    }
    return idleLooks == MOST_IDLE_LOOKS ? Verdict.THROW_OUT : Verdict.LET_BE;
  }

  /**
   * A session is over.
   *
   * @param faulty whether the driver did something wrong in it
   * @param wasWorthIt whether it told something, or lasted
   */
  synchronized void judge(boolean faulty, boolean wasWorthIt) {
    int before = wasWorthIt ? 0 : faults;
    faults = faulty || idleLooks >= MOST_IDLE_LOOKS ? before + 1 : 0;
  }

  /** Whether it has to be left alone. */
  synchronized boolean isTooBad() {
    return faults >= MOST_FAULTS;
  }

  /** It is as bad as can be. */
  synchronized void condemn() {
    faults = MOST_FAULTS;
  }

  /** One more try: the next fault makes it too bad again. */
  synchronized void pardon() {
    faults = MOST_FAULTS - 1;
  }
}
