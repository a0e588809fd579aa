package io.medtwin.transports.mllp;

import io.medtwin.spi.Message;
import io.medtwin.spi.transport.Delivery;
import io.medtwin.spi.transport.MessageWire;
import io.medtwin.transports.internal.netty.Caller;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One session over all connections of a port: what they bring, in the order it came. A sender has
 * at most {@link MllpConfig.Limits#unanswered} messages here and all of them together {@link
 * MllpConfig.Limits#waitingBytes}; beyond, sockets are not read and TCP holds the senders, until
 * half of it is answered.
 */
final class MllpWire implements MessageWire {

  private final String name;
  private final MllpConfig.Limits limits;
  private final Tally tally;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<MllpDelivery> inbox = new ArrayDeque<>();
  private final Set<MllpConnection> connections = new HashSet<>();
  private long waitingBytes;
  private boolean full;
  private boolean closed;

  /** Told what happens, by any thread. */
  interface Tally {
    void message();

    void unanswered();

    void trouble(long noiseBytes, long droppedFrames);
  }

  MllpWire(String name, MllpConfig.Limits limits, Tally tally) {
    this.name = name;
    this.limits = limits;
    this.tally = tally;
  }

  @Override
  public @Nullable Delivery next(Duration atMost) throws IOException, InterruptedException {
    long remaining = TimeUnit.NANOSECONDS.convert(atMost);
    lock.lockInterruptibly();
    try {
      while (true) {
        if (closed) {
          throw new IOException(name + ": closed by the gateway");
        }
        var delivery = inbox.poll();
        if (delivery != null) {
          return delivery;
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

  @Override
  public void send(Message message) throws IOException {
    throw new IOException(name + ": a sender over MLLP takes answers only");
  }

  /** Ends all connections: whoever waits for an answer dials in again and repeats. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      inbox.clear();
      changed.signalAll();
      connections.forEach(MllpConnection::close);
    } finally {
      lock.unlock();
    }
  }

  /** A new connection; null where this wire is closed. */
  @Nullable MllpConnection arrived(Caller caller) {
    lock.lock();
    try {
      if (closed) {
        return null;
      }
      var connection = new MllpConnection(this, caller, limits);
      connections.add(connection);
      connection.read(!full);
      return connection;
    } finally {
      lock.unlock();
    }
  }

  void left(MllpConnection connection) {
    lock.lock();
    try {
      connection.over();
      connections.remove(connection);
    } finally {
      lock.unlock();
    }
  }

  void took(MllpConnection connection, MllpDelivery delivery, int bytes) {
    tally.message();
    lock.lock();
    try {
      if (closed) {
        return;
      }
      inbox.add(delivery);
      changed.signal();
      waitingBytes += bytes;
      connection.owe(delivery);
      weigh(connection);
    } finally {
      lock.unlock();
    }
  }

  void settled(MllpConnection connection, MllpDelivery delivery, @Nullable Message answer) {
    if (answer == null) {
      tally.unanswered();
    }
    lock.lock();
    try {
      waitingBytes -= delivery.message().payload().remaining();
      connection.pay(delivery, answer);
      weigh(connection);
    } finally {
      lock.unlock();
    }
  }

  void count(long noiseBytes, long droppedFrames) {
    if (noiseBytes > 0 || droppedFrames > 0) {
      tally.trouble(noiseBytes, droppedFrames);
    }
  }

  boolean isReading(MllpConnection connection) {
    lock.lock();
    try {
      return connection.isReading();
    } finally {
      lock.unlock();
    }
  }

  /** Under the lock: whether sockets are read now. */
  private void weigh(MllpConnection connection) {
    boolean before = full;
    full =
        waitingBytes >= limits.waitingBytes() || (full && waitingBytes > limits.waitingBytes() / 2);
    if (full == before) {
      connection.read(!full);
    } else {
      connections.forEach(each -> each.read(!full));
    }
  }
}
