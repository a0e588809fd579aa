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
import org.jspecify.annotations.Nullable;

/**
 * A channel as a blocking wire. The event loop fills the inbox and stops reading the socket while
 * the inbox is full, so TCP itself holds the sender; the reader lets it go on when three quarters
 * are read. Reading and writing wait in ways that suit virtual threads.
 */
final class ChannelWire implements ByteWire {

  /** Longest wait for the socket to take what is written; after it the wire is closed. */
  static final Duration WRITE_LIMIT = Duration.ofSeconds(5);

  /** Most bytes the event loop has in hand for one wire: a long write never keeps it busy. */
  private static final int PIECE_BYTES = 64 * 1024;

  private final String name;
  private final Channel channel;
  private final ByteInbox inbox;
  private final Function<ByteBuffer, Object> toOutbound;
  private volatile @Nullable CompletableFuture<Void> writing;
  private volatile boolean closed;

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
    while (bytes.hasRemaining()) {
      int count = Math.min(bytes.remaining(), PIECE_BYTES);
      ByteBuffer piece = ByteBuffer.allocate(count);
      piece.put(bytes.slice(bytes.position(), count)).flip();
      bytes.position(bytes.position() + count);
      writePiece(piece);
    }
  }

  private void writePiece(ByteBuffer piece) throws IOException {
    var written = new CompletableFuture<Void>();
    writing = written;
    if (closed) {
      throw closedByUs();
    }
    channel
        .writeAndFlush(toOutbound.apply(piece))
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
    closed = true;
    inbox.close();
    CompletableFuture<Void> pending = writing;
    if (pending != null) {
      pending.completeExceptionally(closedByUs()); // at once, however busy the event loop is
    }
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

  private IOException closedByUs() {
    return new IOException(name + ": closed by the gateway");
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
