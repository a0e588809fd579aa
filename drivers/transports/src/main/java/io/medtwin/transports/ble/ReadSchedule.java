package io.medtwin.transports.ble;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * When which read is due. A read that could not be asked for in time is asked for once, not as
 * often as it was missed. Times are those of one running counter of nanoseconds. Used by one
 * thread.
 */
final class ReadSchedule {

  private final List<ReadPoll> polls;
  private final long[] due;

  /** A schedule whose reads are all due at once. */
  ReadSchedule(List<ReadPoll> polls, long now) {
    this.polls = List.copyOf(polls);
    this.due = new long[polls.size()];
    Arrays.fill(due, now);
  }

  /** The reads that are due, each due again one period from now. */
  List<ReadPoll> takeDue(long now) {
    var ready = new ArrayList<ReadPoll>();
    for (int i = 0; i < due.length; i++) {
      if (now - due[i] >= 0) {
        due[i] = now + polls.get(i).period().toNanos();
        ready.add(polls.get(i));
      }
    }
    return ready;
  }

  /** How long until something is due; at most {@code atMost}. */
  long untilDue(long now, long atMost) {
    long wait = atMost;
    for (long one : due) {
      wait = Math.min(wait, one - now);
    }
    return Math.max(wait, 0);
  }
}
