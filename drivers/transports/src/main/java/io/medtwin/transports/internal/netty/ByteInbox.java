package io.medtwin.transports.internal.netty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Bytes between the event loop that brings them and the thread that reads them: chunks in order,
 * bounded. Any thread may call any method; a reader waits on a {@link ReentrantLock}'s condition,
 * so a virtual thread parks and its carrier is free.
 */
final class ByteInbox {

  /** Why nothing more will come. */
  private sealed interface Ending {
    /** The other side said goodbye. */
    record EndOfStream() implements Ending {}

    /** The way broke; what came before is still read. */
    record Failed(IOException cause) implements Ending {}

    /** Our own side closed; nothing more is read. */
    record Closed() implements Ending {}
  }

  private final String name;
  private final int maxChunks;
  private final int maxBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>();
  private int bytes;
  private @Nullable Ending ending;

  /**
   * @param name the wire, for messages
   * @param maxChunks chunks at which it counts as full, 1 or more
   * @param maxBytes bytes at which it counts as full, 1 or more
   */
  ByteInbox(String name, int maxChunks, int maxBytes) {
    this.name = name;
    this.maxChunks = maxChunks;
    this.maxBytes = maxBytes;
  }

  /** Adds bytes unless it is full or ended; the array belongs to the inbox from now on. */
  boolean offer(byte[] chunk) {
    lock.lock();
    try {
      if (ending != null || full()) {
        return false;
      }
      if (chunk.length > 0) {
        chunks.add(ByteBuffer.wrap(chunk));
        bytes += chunk.length;
        changed.signal();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether an {@link #offer} would be refused for want of room. */
  boolean isFull() {
    lock.lock();
    try {
      return full();
    } finally {
      lock.unlock();
    }
  }

  /** Whether at most a quarter of the room is used, so that a stopped sender may go on. */
  boolean isNearlyEmpty() {
    lock.lock();
    try {
      return bytes <= maxBytes / 4 && chunks.size() <= maxChunks / 4;
    } finally {
      lock.unlock();
    }
  }

  /** As {@link io.medtwin.spi.transport.ByteWire#read}. */
  int read(ByteBuffer into, Duration atMost) throws IOException, InterruptedException {
    long nanosLeft = TimeUnit.NANOSECONDS.convert(atMost);
    lock.lockInterruptibly();
    try {
      while (true) {
        ByteBuffer first = chunks.peek();
        if (first != null) {
          return take(first, into);
        }
        if (ending != null) {
          return atEnd(ending);
        }
        if (nanosLeft <= 0) {
          return 0;
        }
        nanosLeft = changed.awaitNanos(nanosLeft);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more comes because the other side closed; what came is still read. */
  void end() {
    finish(new Ending.EndOfStream());
  }

  /** Nothing more comes because the way broke; what came is still read. */
  void fail(IOException cause) {
    finish(new Ending.Failed(cause));
  }

  /** Our side closed: readers end with an exception, what waits is dropped. */
  void close() {
    lock.lock();
    try {
      ending = new Ending.Closed();
      chunks.clear();
      bytes = 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void finish(Ending how) {
    lock.lock();
    try {
      if (ending == null) {
        ending = how;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private int atEnd(Ending how) throws IOException {
    return switch (how) {
      case Ending.EndOfStream() -> -1;
      case Ending.Failed(IOException cause) -> throw new IOException(cause.getMessage(), cause);
      case Ending.Closed() -> throw new IOException(name + ": closed by the gateway");
    };
  }

  private int take(ByteBuffer first, ByteBuffer into) {
    int total = 0;
    ByteBuffer next = first;
    while (next != null && into.hasRemaining()) {
      int count = Math.min(next.remaining(), into.remaining());
      into.put(into.position(), next, next.position(), count);
      into.position(into.position() + count);
      next.position(next.position() + count);
      total += count;
      if (!next.hasRemaining()) {
        chunks.remove();
      }
      next = chunks.peek();
    }
    bytes -= total;
    return total;
  }

  private boolean full() {
    return chunks.size() >= maxChunks || bytes >= maxBytes;
  }
}
