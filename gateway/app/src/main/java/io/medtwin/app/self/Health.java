package io.medtwin.app.self;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Whether a gateway does its work, by what was proven: a twin that was acknowledged, not a socket
 * that is open. Pure; its words do not change while nothing else does.
 *
 * @param state how it is
 * @param why what is wrong, the worst first; empty where all is well
 */
public record Health(State state, List<String> why) {

  /** So long may a start take. */
  static final Duration START = Duration.ofSeconds(15);

  /**
   * The gateway's own twin is told each 10 s, so a minute without any acknowledgement proves that
   * nothing is delivered.
   */
  static final Duration SILENCE = Duration.ofMinutes(1);

  /** What waits for so long is late. */
  static final Duration LATE = Duration.ofMinutes(1);

  /** A disk that will be full so soon is told. */
  static final int DISK_DAYS = 7;

  /** A certificate that ends so soon is told. */
  static final int CERTIFICATE_DAYS = 30;

  /** How it is. */
  public enum State {
    /** It does what it is for. */
    OK("ok"),
    /** It does, and somebody should look at it. */
    DEGRADED("degraded"),
    /** It does not. */
    FAILING("failing");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** As written in the twin. */
    public String word() {
      return word;
    }
  }

  /**
   * What is seen of a gateway.
   *
   * @param up since when it runs
   * @param journalFails whether the disk takes nothing
   * @param isReached whether there is a connection to Ditto
   * @param sinceAcknowledged since when no twin was acknowledged; null where none was
   * @param oldestPending since when the oldest report waits; zero where none does
   * @param notWritten devices whose twins Ditto does not let it write
   * @param failedPlugins plugins that could not be loaded
   * @param diskFullDays days until the disk is full, where it fills
   * @param certificateDays days until the first certificate ends, where there is one
   */
  public record Seen(
      Duration up,
      boolean journalFails,
      boolean isReached,
      @Nullable Duration sinceAcknowledged,
      Duration oldestPending,
      int notWritten,
      int failedPlugins,
      OptionalDouble diskFullDays,
      OptionalDouble certificateDays) {}

  public Health {
    why = List.copyOf(why);
  }

  /** What follows from what is seen. */
  public static Health of(Seen seen) {
    var failing = new ArrayList<String>();
    var degraded = new ArrayList<String>();
    boolean starts = seen.up().compareTo(START) < 0;
    if (seen.journalFails()) {
      failing.add("the journal cannot be written: what comes is in memory only");
    }
    if (!seen.isReached()) {
      (starts ? degraded : failing).add("Ditto is not reached");
    } else if (isSilent(seen)) {
      failing.add("Ditto is reached, but acknowledged no twin for more than a minute");
    } else if (seen.sinceAcknowledged() == null) {
      degraded.add("no twin was acknowledged yet");
    }
    if (seen.oldestPending().compareTo(LATE) > 0) {
      degraded.add("reports wait for more than a minute");
    }
    if (seen.notWritten() > 0) {
      degraded.add("Ditto does not let it write every twin");
    }
    if (seen.failedPlugins() > 0) {
      degraded.add("plugins could not be loaded");
    }
    if (seen.diskFullDays().orElse(DISK_DAYS) < DISK_DAYS) {
      degraded.add("the disk will be full within a week");
    }
    double days = seen.certificateDays().orElse(CERTIFICATE_DAYS);
    if (days < CERTIFICATE_DAYS) {
      degraded.add(
          days <= 0 ? "a certificate has expired" : "a certificate expires within 30 days");
    }
    var state =
        !failing.isEmpty() ? State.FAILING : !degraded.isEmpty() ? State.DEGRADED : State.OK;
    failing.addAll(degraded);
    return new Health(state, failing);
  }

  private static boolean isSilent(Seen seen) {
    var since = seen.sinceAcknowledged() == null ? seen.up() : seen.sinceAcknowledged();
    return since.compareTo(SILENCE) > 0;
  }
}
