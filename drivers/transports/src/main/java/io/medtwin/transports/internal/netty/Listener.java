package io.medtwin.transports.internal.netty;

import io.medtwin.spi.transport.ByteWire;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A listening TCP port that serves one connection at a time, the newest. A connection that nobody
 * took yet waits unread, so the sender is held by TCP; one newer takes its place.
 */
public final class Listener implements AutoCloseable {

  /** Connections the system may hold before the event loop accepts them. */
  private static final int BACKLOG = 8;

  private final String name;
  private final Predicate<InetAddress> allowed;
  private final AtomicLong superseded = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Channel server;
  private @Nullable ChannelWire waiting;
  private @Nullable ChannelWire current;
  private boolean closed;

  private Listener(String name, Predicate<InetAddress> allowed) {
    this.name = name;
    this.allowed = allowed;
  }

  /**
   * Binds and listens.
   *
   * @param name the link, for messages
   * @param allowed who may connect; the connection of anyone else is closed and counted
   * @throws IOException the address cannot be bound
   */
  public static Listener listen(
      String name,
      InetSocketAddress at,
      Predicate<InetAddress> allowed,
      boolean keepAlive,
      boolean noDelay)
      throws IOException, InterruptedException {
    var listener = new Listener(name, allowed);
    var bootstrap =
        Sockets.server(BACKLOG, keepAlive, noDelay, listener::arrived)
            .childOption(ChannelOption.AUTO_READ, false);
    Channel bound = Sockets.await(name, bootstrap.bind(at));
    listener.bound(bound);
    return listener;
  }

  /** The bound port. */
  public int port() {
    lock.lock();
    try {
      return Sockets.portOf(server);
    } finally {
      lock.unlock();
    }
  }

  /** Connections that a newer one replaced. */
  public long superseded() {
    return superseded.get();
  }

  /** Connections closed because their address is not allowed. */
  public long refused() {
    return refused.get();
  }

  /**
   * The newest connection, waiting for one.
   *
   * @throws IOException nobody connected within {@code atMost}, or the listener is closed
   */
  public ByteWire accept(Duration atMost) throws IOException, InterruptedException {
    long nanosLeft = TimeUnit.NANOSECONDS.convert(atMost);
    lock.lockInterruptibly();
    try {
      while (waiting == null) {
        if (closed) {
          throw new IOException(name + ": closed by the gateway");
        }
        if (nanosLeft <= 0) {
          throw new IOException(
              name + ": no device dialled in within " + atMost + "; the port stays open");
        }
        nanosLeft = changed.awaitNanos(nanosLeft);
      }
      ChannelWire accepted = waiting;
      waiting = null;
      current = accepted;
      accepted.start();
      return accepted;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (server != null) {
        server.close();
      }
      if (waiting != null) {
        waiting.close();
      }
      if (current != null) {
        current.close();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void bound(Channel channel) {
    lock.lock();
    try {
      server = channel;
    } finally {
      lock.unlock();
    }
  }

  /** On the event loop of the new connection. */
  private void arrived(Channel channel) {
    InetAddress from =
        channel.remoteAddress() instanceof InetSocketAddress address ? address.getAddress() : null;
    if (from == null || !allowed.test(from)) {
      refused.incrementAndGet();
      channel.close();
      return;
    }
    String connection = name + " from " + from.getHostAddress();
    var inbox = new ByteInbox(connection, Sockets.TCP_INBOX_CHUNKS, Sockets.TCP_INBOX_BYTES);
    channel.pipeline().addLast(new Sockets.StreamHandler(connection, inbox));
    ChannelWire wire = Sockets.streamWire(connection, channel, inbox);
    lock.lock();
    try {
      if (closed) {
        channel.close();
        return;
      }
      supersede(waiting, connection);
      supersede(current, connection);
      current = null;
      waiting = wire;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void supersede(@Nullable ChannelWire older, String by) {
    if (older != null && older.isOpen()) {
      superseded.incrementAndGet();
      older.fail(new IOException(name + ": a newer connection took over (" + by + ")"));
    }
  }
}
