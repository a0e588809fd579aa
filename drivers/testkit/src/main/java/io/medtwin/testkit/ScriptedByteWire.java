package io.medtwin.testkit;

import io.medtwin.spi.transport.ByteWire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;

/**
 * A wire that plays prepared bytes in prepared pieces, without a clock: a read returns at once, and
 * a silence is over when it begins. A responder answers what the driver writes, for polled
 * protocols. Used by one thread.
 */
public final class ScriptedByteWire implements ByteWire {

  /** What a wire does when its script is over. */
  public enum Ending {
    /** The other side closed: reads return -1. */
    CLOSED,
    /** Nothing more comes: reads return 0. */
    SILENT
  }

  private final Deque<ByteBuffer> pieces = new ArrayDeque<>();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Ending ending;
  private Function<byte[], byte[]> responder = request -> new byte[0];
  private VirtualTime time = new VirtualTime();
  private boolean closed;

  /** A wire that ends as given once its pieces are read. */
  public ScriptedByteWire(Ending ending) {
    this.ending = ending;
  }

  /**
   * A wire that plays {@code bytes} in pieces of at most {@code pieceSize}, then is closed by the
   * other side.
   */
  public static ScriptedByteWire of(byte[] bytes, int pieceSize) {
    var wire = new ScriptedByteWire(Ending.CLOSED);
    for (int from = 0; from < bytes.length; from += pieceSize) {
      wire.then(ByteBuffer.wrap(bytes, from, Math.min(pieceSize, bytes.length - from)).slice());
    }
    return wire;
  }

  /** Adds a piece: one read returns at most this much. */
  public ScriptedByteWire then(ByteBuffer piece) {
    if (piece.hasRemaining()) {
      pieces.add(piece.duplicate());
    }
    return this;
  }

  /** Answers each write of the driver with bytes that come next; an empty answer is a silence. */
  public ScriptedByteWire answering(Function<byte[], byte[]> newResponder) {
    responder = newResponder;
    return this;
  }

  /** Lets silences pass in the time that a {@link RecordingSession} tells. */
  public ScriptedByteWire in(VirtualTime newTime) {
    time = newTime;
    return this;
  }

  /** All bytes the driver wrote. */
  public byte[] written() {
    return written.toByteArray();
  }

  @Override
  public int read(ByteBuffer into, Duration atMost) throws IOException {
    if (closed) {
      throw new IOException("wire was closed");
    }
    var piece = pieces.peek();
    if (piece == null) {
      if (ending == Ending.CLOSED) {
        return -1;
      }
      time.pass(atMost);
      return 0;
    }
    int count = Math.min(piece.remaining(), into.remaining());
    into.put(piece.slice().limit(count));
    piece.position(piece.position() + count);
    if (!piece.hasRemaining()) {
      pieces.remove();
    }
    return count;
  }

  @Override
  public void write(ByteBuffer bytes) {
    var request = new byte[bytes.remaining()];
    bytes.get(request);
    written.writeBytes(request);
    then(ByteBuffer.wrap(responder.apply(request)));
  }

  @Override
  public void close() {
    closed = true;
  }
}
