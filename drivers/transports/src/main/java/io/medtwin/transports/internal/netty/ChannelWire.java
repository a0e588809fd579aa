package io.medtwin.transports.internal.netty;

import io.medtwin.spi.transport.ByteWire;
import io.netty.channel.Channel;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * A channel as a blocking wire. The event loop fills the inbox and stops reading the socket while
 * the inbox is full, so TCP itself holds the sender; the reader lets it go on when three quarters
 * are read. Reading and writing wait in ways that suit virtual threads.
 */
final class ChannelWire implements ByteWire {

  /** Longest wait for the socket to take what is written; after it the wire is closed. */
  static final Duration WRITE_LIMIT = Duration.ofSeconds(5);

  private final String name;
  private final Channel channel;
  private final ByteInbox inbox;
  private final Function<ByteBuffer, Object> toOutbound;

  /**
   * @param name for messages
   * @param channel an open channel whose handler fills {@code inbox}
   * @param toOutbound makes what the channel writes of the bytes to send
   */
  ChannelWire(
      String name, Channel channel, ByteInbox inbox, Function<ByteBuffer, Object> toOutbound) {
    this.name = name;
    this.channel = channel;
    this.inbox = inbox;
    this.toOutbound = toOutbound;
  }

  @Override
  public int read(ByteBuffer into, Duration atMost) throws IOException, InterruptedException {
    int count = inbox.read(into, atMost);
    if (count > 0 && !channel.config().isAutoRead() && inbox.isNearlyEmpty()) {
      channel.config().setAutoRead(true);
    }
    return count;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    if (!bytes.hasRemaining()) {
      return;
    }
    ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    var written = new CompletableFuture<Void>();
    channel
        .writeAndFlush(toOutbound.apply(copy))
        .addListener(
            done -> {
              if (done.isSuccess()) {
                written.complete(null);
              } else {
                written.completeExceptionally(done.cause());
              }
            });
    try {
      written.get(WRITE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(name + ": cannot write, " + reason(e), e.getCause());
    } catch (TimeoutException e) {
      close(); // a part may be out: the stream cannot be continued
      throw new IOException(
          name + ": the other side took nothing for " + WRITE_LIMIT + "; closing", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      var interrupted = new InterruptedIOException(name + ": interrupted while writing; closing");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  @Override
  public void close() {
    inbox.close();
    channel.close();
  }

  /** Ends the wire for a reason its reader is told. */
  void fail(IOException cause) {
    inbox.fail(cause);
    channel.close();
  }

  /** Begins to read the socket. */
  void start() {
    channel.config().setAutoRead(true);
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  private static String reason(ExecutionException e) {
    Throwable cause = e.getCause();
    if (cause == null) {
      return "unknown";
    }
    String text = cause.getMessage();
    return text == null ? "the connection is closed" : text;
  }
}
