package io.medtwin.transports.mllp;

import io.medtwin.spi.LinkKind;
import io.medtwin.spi.transport.MessageWire;
import io.medtwin.spi.transport.Transport;
import io.medtwin.transports.internal.netty.Caller;
import io.medtwin.transports.internal.netty.ConnectionHall;
import io.medtwin.transports.internal.netty.Visitor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A port that HL7 senders dial. Bound by the first {@link #open} (or by {@link #listen}) until
 * {@link #close}; connections have a place only while a session is open. Its messages: address =
 * the sender's IP address, no device (only the content tells), content type {@code
 * application/hl7-v2}.
 */
public final class MllpTransport implements Transport, AutoCloseable {

  private final MllpConfig config;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicLong messages = new AtomicLong();
  private final AtomicLong unanswered = new AtomicLong();
  private final AtomicLong noiseBytes = new AtomicLong();
  private final AtomicLong droppedFrames = new AtomicLong();
  private volatile @Nullable ConnectionHall hall;
  private volatile @Nullable MllpWire current;
  private boolean closed;

  /** Binds nothing yet. */
  public MllpTransport(MllpConfig config) {
    this.config = config;
  }

  @Override
  public LinkKind kind() {
    return LinkKind.MLLP;
  }

  @Override
  public String name() {
    return "mllp:" + config.host() + ":" + config.port();
  }

  /**
   * Binds the port now.
   *
   * @return the bound port
   * @throws IOException the port cannot be bound, or this transport is closed
   */
  public int listen() throws IOException, InterruptedException {
    return hall().port();
  }

  @Override
  public MessageWire open() throws IOException, InterruptedException {
    hall();
    var wire = new MllpWire(name(), config.limits(), new Counting());
    var before = current;
    if (before != null) {
      before.close();
    }
    current = wire;
    return wire;
  }

  /** What the port saw so far. */
  public MllpCounters counters() {
    var port = hall;
    return new MllpCounters(
        port == null ? 0 : port.connections(),
        messages.get(),
        noiseBytes.get(),
        droppedFrames.get(),
        port == null ? 0 : port.refused(),
        unanswered.get());
  }

  /** Releases the port and ends every connection. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (hall != null) {
        hall.close();
      }
    } finally {
      lock.unlock();
    }
    var wire = current;
    if (wire != null) {
      wire.close();
    }
  }

  private ConnectionHall hall() throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      if (closed) {
        throw new IOException(name() + ": closed by the gateway");
      }
      if (hall == null) {
        hall =
            ConnectionHall.listen(
                name(),
                new InetSocketAddress(config.host(), config.port()),
                config.limits().connections(),
                this::isAllowed,
                this::arrived);
      }
      return hall;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Visitor arrived(Caller caller) {
    var wire = current;
    return wire == null ? null : wire.arrived(caller);
  }

  private boolean isAllowed(InetAddress peer) {
    return config.allowedPeers().isEmpty() || config.allowedPeers().contains(peer.getHostAddress());
  }

  private final class Counting implements MllpWire.Tally {
    @Override
    public void message() {
      messages.incrementAndGet();
    }

    @Override
    public void unanswered() {
      unanswered.incrementAndGet();
    }

    @Override
    public void trouble(long noise, long dropped) {
      noiseBytes.addAndGet(noise);
      droppedFrames.addAndGet(dropped);
    }
  }
}
