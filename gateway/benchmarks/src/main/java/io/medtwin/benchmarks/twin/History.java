package io.medtwin.benchmarks.twin;

import java.util.OptionalLong;

/**
 * What the observer saw of one twin. Not for several threads.
 *
 * <p>Reordered: a value older than the one before. Duplicate: an effect that was there before, by
 * {@code (epoch, seq)}.
 */
public final class History {

  private long number;
  private long observedAtMillis;
  private long epoch = -1;
  private long seq = -1;
  private long events;
  private long reordered;
  private long duplicates;

  /** Takes an event. */
  public void see(Seen seen) {
    events++;
    OptionalLong now = seen.number();
    if (now.isPresent()) {
      if (now.getAsLong() < number) {
        reordered++;
      }
      number = now.getAsLong();
      observedAtMillis = seen.observedAtMillis();
    }
    if (seen.epoch().isPresent() && seen.seq().isPresent()) {
      long nextEpoch = seen.epoch().getAsLong();
      long nextSeq = seen.seq().getAsLong();
      if (nextEpoch < epoch || nextEpoch == epoch && nextSeq <= seq) {
        duplicates++;
      }
      epoch = nextEpoch;
      seq = nextSeq;
    }
  }

  /** The last message that is in the twin. */
  public long number() {
    return number;
  }

  /** When it was sent. */
  public long observedAtMillis() {
    return observedAtMillis;
  }

  /** Writer's epoch. */
  public long epoch() {
    return epoch;
  }

  /** Events so far. */
  public long events() {
    return events;
  }

  /** Values older than the one before. */
  public long reordered() {
    return reordered;
  }

  /** Effects that were there before. */
  public long duplicates() {
    return duplicates;
  }
}
