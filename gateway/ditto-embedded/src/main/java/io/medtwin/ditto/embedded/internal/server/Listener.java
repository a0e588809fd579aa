package io.medtwin.ditto.embedded.internal.server;

import io.medtwin.ditto.embedded.internal.twins.Twins;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listening socket and all connections; can refuse, drop and come back on the same port. Any
 * thread.
 */
public final class Listener implements AutoCloseable {
  static final AttributeKey<String> SUBJECT = AttributeKey.valueOf(Listener.class, "subject");

  /**
   * Largest request body and largest WebSocket message, in bytes: a thing at its limit, doubled for
   * UTF-8, and slack.
   */
  private static final int MESSAGE_BYTES_MAX = 256 * 1024;

  /** Two are enough for what one test or demo sends, and leave the cores to the gateway. */
  private static final int LOOPS = 2;

  private static final long CLOSING_SECONDS_MAX = 5;
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

  private final Twins twins;
  private final Users users;
  private final Commands commands;
  private final Tally tally;
  private final String host;
  private final int outboundMax;
  private final int inWorkMax;
  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(
          LOOPS, new DefaultThreadFactory("ditto-embedded", true), NioIoHandler.newFactory());
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private @Nullable Channel server;
  private int port;

  /** Prepares, listens to nothing yet. */
  public Listener(
      Twins twins,
      TroublePlan plan,
      Tally tally,
      String host,
      int port,
      Map<String, String> users,
      int outboundMax,
      int inWorkMax) {
    this.twins = twins;
    this.users = new Users(users);
    this.tally = tally;
    this.commands = new Commands(twins, plan, tally);
    this.host = host;
    this.port = port;
    this.outboundMax = outboundMax;
    this.inWorkMax = inWorkMax;
  }

  /** Listens, again on the port of the first time. Does nothing when it listens already. */
  public synchronized void open() throws IOException {
    if (server != null) {
      return;
    }
    var bound =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new Pipeline())
            .bind(host, port)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException("ditto-embedded: cannot listen on " + host + ":" + port, bound.cause());
    }
    server = bound.channel();
    port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
  }

  /** Stops listening: new connections are refused, those that are open go on. */
  public synchronized void refuse() {
    if (server != null) {
      server.close().awaitUninterruptibly();
      server = null;
    }
  }

  /** Closes all connections without a word: no WebSocket close frame, no answer. */
  public void drop() {
    connections.close().awaitUninterruptibly();
  }

  /** The port it listens on, or did. */
  public synchronized int port() {
    return port;
  }

  @Override
  public void close() {
    refuse();
    drop();
    loops.shutdownGracefully(0, CLOSING_SECONDS_MAX, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /** What a new connection is made of. */
  private final class Pipeline extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      connections.add(channel);
      channel
          .pipeline()
          .addLast(
              new HttpServerCodec(),
              new HttpObjectAggregator(MESSAGE_BYTES_MAX),
              new HttpApi(twins, users, commands, tally, outboundMax),
              new WebSocketServerProtocolHandler(
                  WebSocketServerProtocolConfig.newBuilder()
                      .websocketPath(HttpApi.SOCKET_PATH)
                      .checkStartsWith(true)
                      .maxFramePayloadLength(MESSAGE_BYTES_MAX)
                      .build()),
              new Upgrade());
    }
  }

  /** Turns a connection into a session once the handshake is done; closes what fails. */
  private final class Upgrade extends ChannelInboundHandlerAdapter {
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
      if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
        String subject = context.channel().attr(SUBJECT).get();
        context
            .pipeline()
            .addLast(
                new WebSocketFrameAggregator(MESSAGE_BYTES_MAX),
                new FlowControlHandler(), // what is decoded already waits too while a session does
                // not read
                new SocketSession(twins, commands, tally, subject, outboundMax, inWorkMax));
      }
      super.userEventTriggered(context, event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      LOG.debug("Connection {} closed: {}", context.channel().remoteAddress(), cause.toString());
      context.close();
    }
  }
}
