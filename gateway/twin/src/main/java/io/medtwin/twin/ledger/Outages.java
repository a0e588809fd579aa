package io.medtwin.twin.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells outages of the backend by looking at it again and again. Owned by one thread; any thread
 * may read the list. Shorter ones than {@link #BLIP} are none, and neither is a start that takes up
 * to {@link #START}.
 */
public final class Outages {

  /** Most outages kept; the oldest is let go. */
  public static final int MOST = 50;

  /** What is shorter is no outage. */
  public static final Duration BLIP = Duration.ofSeconds(2);

  /** So long may the first connection of a life take. */
  public static final Duration START = Duration.ofSeconds(10);

  /** Counts are asked for no more often than this while something is open. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Deque<Course> kept = new ArrayDeque<>();
  private @Nullable Course open;
  private Instant lastReached;
  private boolean wasReached;
  private Instant nextLook;
  private volatile List<Outage> list = List.of();

  /**
   * Counts at one moment; they cost a look at every device.
   *
   * @param received reports that came so far
   * @param expired reports given up so far
   * @param oldestPending arrival of the oldest report that waits for the backend, or null
   */
  public record Totals(long received, long expired, @Nullable Instant oldestPending) {}

  private static final class Course {
    final Instant from;
    final Totals before;
    @Nullable Instant to;
    @Nullable Instant drainedAt;
    long stored;
    long lost;

    Course(Instant from, Totals before) {
      this.from = from;
      this.before = before;
    }

    void count(Totals now) {
      stored = to == null ? now.received() - before.received() : stored;
      lost = now.expired() - before.expired();
    }

    Outage outage() {
      return new Outage(from, to, drainedAt, stored, lost);
    }
  }

  /** None so far; the gateway starts now. */
  public Outages(Instant start) {
    this.lastReached = start;
    this.nextLook = start;
  }

  /** The outages, the latest last; that which is under way among them. Any thread. */
  public List<Outage> list() {
    return list;
  }

  /**
   * Looks once more.
   *
   * @param isReached whether the backend is connected now
   * @param totals asked for when an outage begins and ends, and each second until it is drained
   */
  public void look(Instant now, boolean isReached, Supplier<Totals> totals) {
    if (isReached) {
      if (open != null) {
        reached(open, now, totals.get());
      }
      lastReached = now;
      wasReached = true;
    } else if (open == null) {
      open = new Course(lastReached, totals.get());
      nextLook = now;
    }
    if (isAnythingOpen() && isTime(now)) {
      nextLook = now.plus(LOOK);
      follow(now, totals.get());
    }
  }

  private boolean isAnythingOpen() {
    return open != null || kept.stream().anyMatch(course -> course.drainedAt == null);
  }

  /** Also where somebody set the clock back. */
  private boolean isTime(Instant now) {
    return !now.isBefore(nextLook) || nextLook.isAfter(now.plus(LOOK));
  }

  private void reached(Course course, Instant now, Totals totals) {
    open = null;
    if (isLong(course, now)) {
      course.count(totals);
      course.to = now;
      if (kept.size() == MOST) {
        kept.removeFirst();
      }
      kept.add(course);
    }
    nextLook = now;
    publish(now);
  }

  private boolean isLong(Course course, Instant now) {
    return !now.isBefore(course.from.plus(wasReached ? BLIP : START));
  }

  private void follow(Instant now, Totals totals) {
    if (open != null) {
      open.count(totals);
    }
    for (Course course : kept) {
      if (course.drainedAt == null && course.to != null) {
        course.count(totals);
        var oldest = totals.oldestPending();
        if (open == null && (oldest == null || !oldest.isBefore(course.to))) {
          course.drainedAt = now;
        }
      }
    }
    publish(now);
  }

  private void publish(Instant now) {
    var all = new ArrayList<Outage>();
    kept.forEach(course -> all.add(course.outage()));
    if (open != null && isLong(open, now)) {
      all.add(open.outage());
    }
    list = List.copyOf(all);
  }
}
