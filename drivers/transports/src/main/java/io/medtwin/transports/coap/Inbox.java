package io.medtwin.transports.coap;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one link: at most {@link #CAPACITY} items, filled by protocol threads without
 * blocking, emptied by the link's thread. Once finished or closed it stays so, and waiting ends.
 *
 * @param <T> what waits
 */
final class Inbox<T> {

  /** Most items that wait; what happens at the limit is the caller's choice of method. */
  static final int CAPACITY = 256;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<T> items = new ArrayDeque<>();
  private @Nullable String closedWhy;

  /** Adds an item, or says no where the inbox is full or closed. */
  boolean offer(T item) {
    lock.lock();
    try {
      if (closedWhy != null || items.size() == CAPACITY) {
        return false;
      }
      items.add(item);
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Adds an item, dropping the oldest where the inbox is full. Returns how many were dropped. */
  int offerNewest(T item) {
    lock.lock();
    try {
      if (closedWhy != null) {
        return 1;
      }
      int dropped = 0;
      if (items.size() == CAPACITY) {
        items.remove();
        dropped = 1;
      }
      items.add(item);
      changed.signal();
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the next item, waiting for it.
   *
   * @return the item, or null if none came in time
   * @throws IOException nothing waits and nothing more will come, with the reason
   */
  @Nullable T poll(Duration atMost) throws IOException, InterruptedException {
    long remaining = TimeUnit.NANOSECONDS.convert(atMost);
    lock.lockInterruptibly();
    try {
      while (true) {
        var item = items.poll();
        if (item != null) {
          return item;
        }
        if (closedWhy != null) {
          throw new IOException(closedWhy);
        }
        if (remaining <= 0) {
          return null;
        }
        remaining = changed.awaitNanos(remaining);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes nothing more, for a reason; what waits can still be taken. Only the first reason counts.
   */
  void finish(String why) {
    lock.lock();
    try {
      if (closedWhy == null) {
        closedWhy = why;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Closes for a reason and hands back what nobody took. Only the first reason counts. */
  List<T> close(String why) {
    lock.lock();
    try {
      if (closedWhy == null) {
        closedWhy = why;
      }
      var left = new ArrayList<>(items);
      items.clear();
      changed.signalAll();
      return left;
    } finally {
      lock.unlock();
    }
  }

  /** How many wait. */
  int size() {
    lock.lock();
    try {
      return items.size();
    } finally {
      lock.unlock();
    }
  }
}
