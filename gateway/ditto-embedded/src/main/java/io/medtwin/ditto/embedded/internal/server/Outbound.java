package io.medtwin.ditto.embedded.internal.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Events on their way to one client: at most so many wait for a slow one, the rest is dropped and
 * counted.
 */
final class Outbound {
  private final Channel channel;
  private final int max;
  private final Tally tally;
  private final AtomicInteger waiting = new AtomicInteger();
  private final ChannelFutureListener gone = future -> left();

  Outbound(Channel channel, int max, Tally tally) {
    this.channel = channel;
    this.max = max;
    this.tally = tally;
  }

  /** Makes sure of a place before the event is built; true must be followed by {@link #send}. */
  boolean enter() {
    if (waiting.incrementAndGet() > max) {
      waiting.decrementAndGet();
      tally.eventDropped();
      return false;
    }
    return true;
  }

  /**
   * Always by way of the event loop's queue: written at once there, an event could overtake one
   * from elsewhere.
   */
  void send(Object message) {
    tally.eventSent();
    try {
      channel.eventLoop().execute(() -> channel.writeAndFlush(message).addListener(gone));
    } catch (RejectedExecutionException closing) {
      left();
    }
  }

  private void left() {
    waiting.decrementAndGet();
  }
}
