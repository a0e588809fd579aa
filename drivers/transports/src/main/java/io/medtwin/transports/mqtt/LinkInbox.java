package io.medtwin.transports.mqtt;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The unsettled messages of one transport, across its wires: what a wire leaves unsettled when it
 * closes is the first thing its successor gets, as long as the broker connection lives. Bounded;
 * any thread may call any method.
 */
final class LinkInbox {

  /** Longest wait for room; far below the keep-alive, whose answers wait behind it. */
  private static final long ROOM_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final String name;
  private final int limit;
  private final Runnable onWithheldRoom;
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong withheldTotal = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final ArrayDeque<Parcel> waiting = new ArrayDeque<>();
  private final Set<Parcel> handedOut = new LinkedHashSet<>();
  private @Nullable MqttWire current;
  private long withheld;

  /**
   * @param name the link, for messages
   * @param limit most unsettled messages held
   * @param onWithheldRoom told when an inbox that turned messages away has room again
   */
  LinkInbox(String name, int limit, Runnable onWithheldRoom) {
    this.name = name;
    this.limit = limit;
    this.onWithheldRoom = onWithheldRoom;
  }

  /** Makes {@code wire} the one that reads; a wire before it is closed. */
  void attach(MqttWire wire) {
    lock.lock();
    try {
      detachCurrent();
      current = wire;
    } finally {
      lock.unlock();
    }
  }

  /** Takes a wire off; what it left unsettled waits for the next, QoS 0 is given up. */
  void detach(MqttWire wire) {
    lock.lock();
    try {
      if (current == wire) {
        detachCurrent();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a message in, or turns it away: at QoS 0 it is lost and counted, at QoS 1 it stays with
   * the broker, unacknowledged. Where a session reads, a QoS 1 message waits for room first, and so
   * does what comes after it: TCP then holds the broker, which need not keep to our receive maximum
   * (mosquitto 2.0.11 does not).
   */
  void offer(Parcel parcel) {
    lock.lock();
    try {
      boolean room = parcel.isConfirmed() ? awaitRoom() : hasRoom();
      if (room && (parcel.isConfirmed() || current != null)) {
        waiting.add(parcel);
        changed.signal();
      } else if (parcel.isConfirmed()) {
        withheld++;
        withheldTotal.incrementAndGet();
      } else {
        dropped.incrementAndGet();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean hasRoom() {
    return waiting.size() + handedOut.size() < limit;
  }

  private boolean awaitRoom() {
    long nanosLeft = ROOM_LIMIT_NANOS;
    try {
      while (!hasRoom() && current != null && withheld == 0 && nanosLeft > 0) {
        nanosLeft = room.awaitNanos(nanosLeft);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the client is closing: the broker keeps the message
    }
    return hasRoom();
  }

  @Nullable Parcel next(MqttWire wire, Duration atMost) throws IOException, InterruptedException {
    long nanosLeft = TimeUnit.NANOSECONDS.convert(atMost);
    lock.lockInterruptibly();
    try {
      while (true) {
        if (current != wire) {
          throw wire.whyEnded();
        }
        Parcel parcel = waiting.poll();
        if (parcel != null) {
          if (parcel.isSettled()) {
            continue; // settled late, for the wire before
          }
          handedOut.add(parcel);
          return parcel;
        }
        if (nanosLeft <= 0) {
          return null;
        }
        nanosLeft = changed.awaitNanos(nanosLeft);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The broker connection broke: everything unsettled comes again from the broker. */
  void lost(IOException cause) {
    lock.lock();
    try {
      if (current != null) {
        current.fail(new IOException(name + ": " + cause.getMessage(), cause));
        current = null;
      }
      waiting.clear();
      handedOut.clear();
      withheld = 0;
      changed.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A parcel of this inbox was settled. */
  void settled(Parcel parcel) {
    boolean roomForWithheld;
    lock.lock();
    try {
      if (!handedOut.remove(parcel)) {
        waiting.remove(parcel);
      }
      room.signal();
      roomForWithheld = withheld > 0 && waiting.size() + handedOut.size() <= limit / 4;
      if (roomForWithheld) {
        withheld = 0;
      }
    } finally {
      lock.unlock();
    }
    if (roomForWithheld) {
      onWithheldRoom.run();
    }
  }

  void countRefused() {
    refused.incrementAndGet();
  }

  long dropped() {
    return dropped.get();
  }

  long withheld() {
    return withheldTotal.get();
  }

  long refused() {
    return refused.get();
  }

  private void detachCurrent() {
    current = null;
    List<Parcel> unsettled = new ArrayList<>(handedOut);
    handedOut.clear();
    for (Parcel parcel : unsettled.reversed()) {
      if (parcel.isConfirmed() && !parcel.isSettled()) {
        waiting.addFirst(parcel);
      }
    }
    changed.signalAll();
    room.signalAll();
  }
}
