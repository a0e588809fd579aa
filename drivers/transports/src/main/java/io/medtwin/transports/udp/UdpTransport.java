package io.medtwin.transports.udp;

import io.medtwin.spi.LinkKind;
import io.medtwin.spi.transport.ByteWire;
import io.medtwin.spi.transport.Transport;
import io.medtwin.transports.internal.netty.Datagrams;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams of one device read as a stream, each write sent as one datagram. UDP cannot hold a
 * sender, so what exceeds the inbox (256 datagrams, 1 MiB) is dropped and counted. A wire without a
 * configured peer keeps to the first sender; datagrams of others are counted, never mixed in.
 */
public final class UdpTransport implements Transport {

  private final UdpConfig config;
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong foreign = new AtomicLong();

  /** Binds nothing yet. */
  public UdpTransport(UdpConfig config) {
    this.config = config;
  }

  @Override
  public LinkKind kind() {
    return LinkKind.UDP;
  }

  @Override
  public String name() {
    return config.peerHost() == null
        ? "udp-listen:" + config.bindHost() + ":" + config.bindPort()
        : "udp:" + config.peerHost() + ":" + config.peerPort();
  }

  /** Binds; says nothing of whether anyone is there. */
  @Override
  public ByteWire open() throws IOException, InterruptedException {
    return Datagrams.open(
        name(),
        new InetSocketAddress(config.bindHost(), config.bindPort()),
        peer(),
        dropped,
        foreign);
  }

  /** Datagrams lost because the driver did not keep up, since the start. */
  public long droppedDatagrams() {
    return dropped.get();
  }

  /** Datagrams that did not come from the peer, since the start. */
  public long foreignDatagrams() {
    return foreign.get();
  }

  private @Nullable InetSocketAddress peer() {
    String host = config.peerHost();
    return host == null ? null : new InetSocketAddress(host, config.peerPort());
  }
}
