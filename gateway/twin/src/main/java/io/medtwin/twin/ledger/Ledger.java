package io.medtwin.twin.ledger;

import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.profile.Profile;

/**
 * Counts of one device, a line for each metric of its profile and one for each other kind of
 * report. What is pending is not kept here: whoever holds it counts it. Owned by one thread.
 */
public final class Ledger {

  /** Lines beside those of the metrics, after them. */
  public enum Other {
    ALERTS("alerts"),
    EVENTS("events"),
    /** Parameters without a place in the profile. */
    VENDOR("vendor"),
    /** What the device says of itself, and what a hub says of it. */
    DEVICE("device"),
    /** Parameters that the profile keeps out. */
    WITHHELD("withheld"),
    /** Metrics that an earlier profile had; what was pending of them is rejected. */
    FORMER("former");

    private final String word;

    Other(String word) {
      this.word = word;
    }

    /** Name of the line. */
    public String word() {
      return word;
    }
  }

  private final Profile profile;
  private final long[] received;
  private final long[] delivered;
  private final long[] coalesced;
  private final long[] rejected;
  private final long[] expired;

  /** An empty ledger. */
  public Ledger(Profile profile) {
    this.profile = profile;
    int lines = profile.metrics().size() + Other.values().length;
    received = new long[lines];
    delivered = new long[lines];
    coalesced = new long[lines];
    rejected = new long[lines];
    expired = new long[lines];
  }

  /** How many lines there are. */
  public int lines() {
    return received.length;
  }

  /** The line of a metric. */
  public int line(Metric metric) {
    return metric.index();
  }

  /** The line of another kind. */
  public int line(Other other) {
    return profile.metrics().size() + other.ordinal();
  }

  /** Name of a line: {@code channel/name} of a metric, or the word of another kind. */
  public String name(int line) {
    int metrics = profile.metrics().size();
    if (line >= metrics) {
      return Other.values()[line - metrics].word();
    }
    var metric = profile.metrics().get(line);
    return metric.channel() + "/" + metric.name();
  }

  /** One came. */
  public void received(int line) {
    received[line]++;
  }

  /** One was confirmed. */
  public void delivered(int line, int count) {
    delivered[line] += count;
  }

  /** One needs no telling of its own. */
  public void coalesced(int line, int count) {
    coalesced[line] += count;
  }

  /** One was refused, by the profile or the backend. */
  public void rejected(int line, int count) {
    rejected[line] += count;
  }

  /** One was given up. */
  public void expired(int line, int count) {
    expired[line] += count;
  }

  /** The balance of a line, of which so many are pending. */
  public Balance balance(int line, long pending) {
    return new Balance(
        received[line], delivered[line], coalesced[line], pending, rejected[line], expired[line]);
  }

  /** The counts of a line, to be put back by {@link #restore}. */
  public long[] counts(int line) {
    return new long[] {
      received[line], delivered[line], coalesced[line], rejected[line], expired[line]
    };
  }

  /**
   * Adds the counts of a metric that the profile no longer has; what was pending of it is rejected.
   */
  public void former(long[] counts) {
    int line = line(Other.FORMER);
    received[line] += counts[0];
    delivered[line] += counts[1];
    coalesced[line] += counts[2];
    rejected[line] += counts[0] - counts[1] - counts[2] - counts[4];
    expired[line] += counts[4];
  }

  /** Puts back what {@link #counts} gave. */
  public void restore(int line, long[] counts) {
    received[line] = counts[0];
    delivered[line] = counts[1];
    coalesced[line] = counts[2];
    rejected[line] = counts[3];
    expired[line] = counts[4];
  }
}
