package io.medtwin.transports.internal.netty;

import io.medtwin.spi.transport.ByteWire;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/** Opens TCP connections; home of the event loops that every socket shares. */
public final class Sockets {

  /** Unread bytes of one connection at which the socket is no longer read: 256 KiB. */
  static final int TCP_INBOX_BYTES = 256 * 1024;

  /** Most bytes one read of a socket brings, on top of {@link #TCP_INBOX_BYTES}. */
  static final int TCP_READ_BYTES = 16 * 1024;

  /** Chunks at which an inbox of many tiny reads counts as full. */
  static final int TCP_INBOX_CHUNKS = 4096;

  private static final int LOOP_THREADS = 2;

  /** Seconds idle, seconds between probes, probes: a dead peer is noticed within a minute. */
  private static final Map<ChannelOption<Integer>, Integer> KEEP_ALIVE =
      Map.of(
          NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), 30,
          NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), 10,
          NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), 3);

  private Sockets() {}

  /** Two daemon threads for all sockets of the process, started with the first of them. */
  static EventLoopGroup loops() {
    return Loops.GROUP;
  }

  private static final class Loops {
    static final EventLoopGroup GROUP =
        new MultiThreadIoEventLoopGroup(
            LOOP_THREADS, new DefaultThreadFactory("sockets", true), NioIoHandler.newFactory());
  }

  /**
   * Connects, blocking until it is done, has failed, or the thread is interrupted.
   *
   * @param name the link, for messages
   * @throws IOException nobody answered, or no such host
   */
  public static ByteWire connect(
      String name, InetSocketAddress address, Duration limit, boolean keepAlive, boolean noDelay)
      throws IOException, InterruptedException {
    if (address.isUnresolved()) {
      throw new IOException(
          name + ": no address is known for host " + address.getHostString() + "; check its name");
    }
    var inbox = new ByteInbox(name, TCP_INBOX_CHUNKS, TCP_INBOX_BYTES);
    var bootstrap =
        new Bootstrap()
            .group(loops())
            .channel(NioSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(limit.toMillis()))
            .option(ChannelOption.TCP_NODELAY, noDelay)
            .option(ChannelOption.SO_KEEPALIVE, keepAlive)
            .option(ChannelOption.RECVBUF_ALLOCATOR, receiveBuffers())
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new StreamHandler(name, inbox));
                  }
                });
    if (keepAlive) {
      KEEP_ALIVE.forEach(bootstrap::option);
    }
    Channel channel = await(name, bootstrap.connect(address));
    return streamWire(name, channel, inbox);
  }

  /**
   * What listens on a TCP port, not bound yet.
   *
   * @param backlog connections the system may hold before the event loop accepts them
   * @param arrived is told each new connection, on its event loop
   */
  static ServerBootstrap server(
      int backlog, boolean keepAlive, boolean noDelay, Consumer<Channel> arrived) {
    var bootstrap =
        new ServerBootstrap()
            .group(loops())
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, backlog)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, noDelay)
            .childOption(ChannelOption.SO_KEEPALIVE, keepAlive)
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, receiveBuffers())
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    arrived.accept(channel);
                  }
                });
    if (keepAlive) {
      KEEP_ALIVE.forEach(bootstrap::childOption);
    }
    return bootstrap;
  }

  /** Port of a bound channel; 0 without one. */
  static int portOf(@Nullable Channel server) {
    return server != null && server.localAddress() instanceof InetSocketAddress address
        ? address.getPort()
        : 0;
  }

  static ChannelWire streamWire(String name, Channel channel, ByteInbox inbox) {
    return new ChannelWire(name, channel, inbox, Unpooled::wrappedBuffer);
  }

  static AdaptiveRecvByteBufAllocator receiveBuffers() {
    return new AdaptiveRecvByteBufAllocator(64, 2048, TCP_READ_BYTES);
  }

  /** Waits for a channel to be connected or bound; an interrupt closes it. */
  static Channel await(String name, ChannelFuture opening)
      throws IOException, InterruptedException {
    var opened = new CompletableFuture<Channel>();
    opening.addListener(
        done -> {
          if (done.isSuccess()) {
            opened.complete(opening.channel());
          } else {
            opened.completeExceptionally(done.cause());
          }
        });
    try {
      return opened.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw new IOException(name + ": " + (cause == null ? e : cause).getMessage(), cause);
    } catch (InterruptedException e) {
      opening.channel().close();
      throw e;
    }
  }

  /** Brings what a stream channel reads into its inbox; runs on the channel's event loop. */
  static final class StreamHandler extends ChannelInboundHandlerAdapter {

    private final String name;
    private final ByteInbox inbox;

    StreamHandler(String name, ByteInbox inbox) {
      this.name = name;
      this.inbox = inbox;
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
      if (!inbox.offer(chunk)) {
        // Full is impossible while reading is stopped in time: it is a wire that ended meanwhile.
        context.close();
        return;
      }
      if (inbox.isFull()) {
        context.channel().config().setAutoRead(false);
        if (inbox.isNearlyEmpty()) { // the reader was quicker than this line
          context.channel().config().setAutoRead(true);
        }
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      inbox.end();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      inbox.fail(new IOException(name + ": " + cause.getMessage(), cause));
      context.close();
    }
  }
}
