package io.medtwin.transports.internal.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One open connection of a {@link ConnectionHall}. Any thread may call any method; none blocks. */
public final class Caller {

  private final Channel channel;
  private final String address;

  Caller(Channel channel, String address) {
    this.channel = channel;
    this.address = address;
  }

  /** Address of the other side, without its port. */
  public String address() {
    return address;
  }

  /**
   * Sends all of it, after what was sent before. A side that leaves 64 KiB of it unread (the
   * channel's high-water mark) is not listening: its connection ends.
   */
  public void send(byte[] bytes) {
    channel.writeAndFlush(Unpooled.wrappedBuffer(bytes));
    if (channel.isOpen() && !channel.isWritable()) {
      channel.close();
    }
  }

  /** Whether the socket is read; while it is not, TCP holds the other side. */
  public void read(boolean reading) {
    channel.config().setAutoRead(reading);
  }

  /** Runs something later on the connection's event loop, unless it is over by then. */
  public void later(Duration wait, Runnable then) {
    var unused =
        channel
            .eventLoop()
            .schedule(
                () -> {
                  if (channel.isOpen()) {
                    then.run();
                  }
                },
                wait.toMillis(),
                TimeUnit.MILLISECONDS);
  }

  /** Ends the connection. */
  public void close() {
    channel.close();
  }
}
