package io.medtwin.transports.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A listening TCP port that serves many connections at a time. Bytes flow from each to its {@link
 * Visitor}, on the connection's event loop; what is sent flows straight to the channel.
 */
public final class ConnectionHall implements AutoCloseable {

  /** Connections the system may hold before the event loop accepts them. */
  private static final int BACKLOG = 64;

  private final String name;
  private final int most;
  private final Predicate<InetAddress> allowed;
  private final Function<Caller, @Nullable Visitor> door;
  private final Set<Channel> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong refused = new AtomicLong();
  private @Nullable Channel server;
  private volatile boolean closed;

  private ConnectionHall(
      String name,
      int most,
      Predicate<InetAddress> allowed,
      Function<Caller, @Nullable Visitor> door) {
    this.name = name;
    this.most = most;
    this.allowed = allowed;
    this.door = door;
  }

  /**
   * Binds and listens.
   *
   * @param name the link, for messages
   * @param most connections at a time; one more is closed and counted
   * @param allowed who may connect; the connection of anyone else is closed and counted
   * @param door who looks after a new connection; null to close and count it
   * @throws IOException the address cannot be bound
   */
  public static ConnectionHall listen(
      String name,
      InetSocketAddress at,
      int most,
      Predicate<InetAddress> allowed,
      Function<Caller, @Nullable Visitor> door)
      throws IOException, InterruptedException {
    var hall = new ConnectionHall(name, most, allowed, door);
    var bootstrap = Sockets.server(BACKLOG, true, true, hall::arrived);
    hall.server = Sockets.await(name, bootstrap.bind(at));
    return hall;
  }

  /** The bound port. */
  public int port() {
    return Sockets.portOf(server);
  }

  /** Connections that are open now. */
  public int connections() {
    return open.size();
  }

  /** Connections that were closed because there was no place for them. */
  public long refused() {
    return refused.get();
  }

  /** Releases the port and ends every connection. */
  @Override
  public void close() {
    closed = true;
    if (server != null) {
      server.close();
    }
    open.forEach(Channel::close);
  }

  /** On the event loop of the new connection. */
  private void arrived(Channel channel) {
    InetAddress from =
        channel.remoteAddress() instanceof InetSocketAddress address ? address.getAddress() : null;
    if (closed || from == null || !allowed.test(from) || open.size() >= most) {
      turnAway(channel);
      return;
    }
    var visitor = door.apply(new Caller(channel, from.getHostAddress()));
    if (visitor == null) {
      turnAway(channel);
      return;
    }
    open.add(channel);
    channel.closeFuture().addListener(unused -> open.remove(channel));
    channel
        .pipeline()
        .addLast(new VisitorHandler(name + " from " + from.getHostAddress(), visitor));
    if (closed) {
      channel.close();
    }
  }

  private void turnAway(Channel channel) {
    refused.incrementAndGet();
    channel.close();
  }

  /** Brings what a channel reads to its visitor; runs on the channel's event loop. */
  private static final class VisitorHandler extends ChannelInboundHandlerAdapter {

    private final String name;
    private final Visitor visitor;
    private @Nullable IOException cause;

    VisitorHandler(String name, Visitor visitor) {
      this.name = name;
      this.visitor = visitor;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      var bytes = (ByteBuf) message;
      byte[] chunk;
      try {
        chunk = ByteBufUtil.getBytes(bytes);
      } finally {
        bytes.release();
      }
      visitor.came(chunk);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      visitor.ended(cause);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
      cause = new IOException(name + ": " + thrown.getMessage(), thrown);
      context.close();
    }
  }
}
