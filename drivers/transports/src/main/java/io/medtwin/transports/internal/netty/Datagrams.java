package io.medtwin.transports.internal.netty;

import io.medtwin.spi.transport.ByteWire;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Opens UDP sockets whose datagrams, from one peer, are read as a stream of bytes. */
public final class Datagrams {

  /** Unread datagrams of one socket; a datagram beyond is dropped and counted. */
  public static final int INBOX_DATAGRAMS = 256;

  /** Unread bytes of one socket; a datagram beyond is dropped and counted. */
  static final int INBOX_BYTES = 1024 * 1024;

  /** Largest UDP payload over IPv4: 65535 less the headers. */
  private static final int LARGEST_DATAGRAM = 65_507;

  private Datagrams() {}

  /**
   * Binds, and fixes the peer if one is given; otherwise whoever sends first is the peer until the
   * wire is closed.
   *
   * @param name the link, for messages
   * @param dropped counts datagrams lost to a full inbox
   * @param foreign counts datagrams of someone who is not the peer
   * @throws IOException the address cannot be bound
   */
  public static ByteWire open(
      String name,
      InetSocketAddress bind,
      @Nullable InetSocketAddress peer,
      AtomicLong dropped,
      AtomicLong foreign)
      throws IOException, InterruptedException {
    if (peer != null && peer.isUnresolved()) {
      throw new IOException(
          name + ": no address is known for host " + peer.getHostString() + "; check its name");
    }
    var inbox = new ByteInbox(name, INBOX_DATAGRAMS, INBOX_BYTES);
    var handler = new DatagramHandler(name, inbox, peer, dropped, foreign);
    var bootstrap =
        new Bootstrap()
            .group(Sockets.loops())
            .channel(NioDatagramChannel.class)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(LARGEST_DATAGRAM))
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(handler);
                  }
                });
    Channel channel = Sockets.await(name, bootstrap.bind(bind));
    if (peer != null) {
      Sockets.await(name, channel.connect(peer));
    }
    return new Wire(new ChannelWire(name, channel, inbox, handler::toPeer), name, handler);
  }

  /** Refuses to write before anyone is known to write to. */
  private record Wire(ChannelWire wire, String name, DatagramHandler handler) implements ByteWire {

    @Override
    public int read(ByteBuffer into, Duration atMost) throws IOException, InterruptedException {
      return wire.read(into, atMost);
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      if (handler.peer == null) {
        throw new IOException(
            name + ": no datagram has come yet, so there is no peer to write to; configure one");
      }
      if (bytes.remaining() > LARGEST_DATAGRAM) {
        throw new IOException(
            name + ": a datagram takes " + LARGEST_DATAGRAM + " bytes, not " + bytes.remaining());
      }
      wire.write(bytes);
    }

    @Override
    public void close() {
      wire.close();
    }
  }

  /** Brings the peer's datagrams into the inbox; runs on the channel's event loop. */
  private static final class DatagramHandler extends SimpleChannelInboundHandler<DatagramPacket> {

    private final String name;
    private final ByteInbox inbox;
    private final AtomicLong dropped;
    private final AtomicLong foreign;
    private volatile @Nullable InetSocketAddress peer;

    DatagramHandler(
        String name,
        ByteInbox inbox,
        @Nullable InetSocketAddress peer,
        AtomicLong dropped,
        AtomicLong foreign) {
      this.name = name;
      this.inbox = inbox;
      this.peer = peer;
      this.dropped = dropped;
      this.foreign = foreign;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
      InetSocketAddress known = peer;
      if (known == null) {
        peer = datagram.sender();
      } else if (!known.equals(datagram.sender())) {
        foreign.incrementAndGet();
        return;
      }
      if (!inbox.offer(ByteBufUtil.getBytes(datagram.content()))) {
        dropped.incrementAndGet();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      // A connected socket hears of ICMP "port unreachable" here: nobody is there.
      inbox.fail(new IOException(name + ": " + cause.getMessage(), cause));
      context.close();
    }

    Object toPeer(ByteBuffer bytes) {
      InetSocketAddress to = peer;
      return to == null
          ? Unpooled.wrappedBuffer(bytes)
          : new DatagramPacket(Unpooled.wrappedBuffer(bytes), to);
    }
  }
}
