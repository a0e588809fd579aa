package io.medtwin.transports.serial;

import com.fazecast.jSerialComm.SerialPort;
import io.medtwin.spi.transport.ByteWire;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An open serial port. A read waits in the operating system in slices of 100 ms, between which it
 * notices that it is closed or interrupted; so a wait may last up to 100 ms longer than asked. A
 * write is handed to a thread of its own, because flow control may hold it in the operating system
 * for ever. The port itself is released only when neither is inside it, since the number of a
 * released port may at once belong to another file.
 */
public final class SerialWire implements ByteWire {

  /** Longest wait for the line to take what is written; after it the wire is closed. */
  static final Duration WRITE_LIMIT = Duration.ofSeconds(5);

  static final int READ_SLICE_MILLIS = 100;

  private static final int READ_BYTES = 4096;
  private static final int WRITE_BYTES = 256;
  private static final long CLOSE_LIMIT_MILLIS = 800;
  private static final long LEAVE_LIMIT_MILLIS = 350;

  /** A slice that ends sooner without a byte was no wait: then this side waits itself. */
  private static final long SHORT_SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final String name;
  private final SerialPort port;
  private final byte[] scratch = new byte[READ_BYTES];
  private final ReentrantLock reading = new ReentrantLock();
  private final ReentrantLock writing = new ReentrantLock();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable CompletableFuture<Void> write;

  SerialWire(String name, SerialPort port) {
    this.name = name;
    this.port = port;
  }

  @Override
  public int read(ByteBuffer into, Duration atMost) throws IOException, InterruptedException {
    long start = System.nanoTime();
    long limit = TimeUnit.NANOSECONDS.convert(atMost);
    reading.lockInterruptibly();
    try {
      while (true) {
        long sliceStart = System.nanoTime();
        requireOpen();
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        int count = port.readBytes(scratch, Math.min(scratch.length, into.remaining()));
        if (count > 0) {
          into.put(scratch, 0, count);
          return count;
        }
        if (count < 0) {
          requireOpen();
          throw gone();
        }
        long now = System.nanoTime();
        if (now - start >= limit) {
          return 0;
        }
        if (now - sliceStart < SHORT_SLICE_NANOS) {
          pause(Duration.ofMillis(READ_SLICE_MILLIS / 10));
        }
      }
    } finally {
      reading.unlock();
    }
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    requireOpen();
    var copy = new byte[bytes.remaining()];
    bytes.get(copy);
    var done = new CompletableFuture<Void>();
    write = done;
    Thread.ofPlatform().daemon().name(name + " write").start(() -> writeAll(copy, done));
    if (closing.get()) {
      done.completeExceptionally(closedByUs());
    }
    try {
      done.get(WRITE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause() == null ? name : e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      close(); // a part may be out: the dialogue cannot be continued
      throw new IOException(
          name
              + ": the line took nothing for "
              + WRITE_LIMIT
              + "; check flow control and the cable; closing",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      var interrupted = new InterruptedIOException(name + ": interrupted while writing; closing");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  /**
   * Holds the line in the break state.
   *
   * @param duration more than zero, up to {@link SerialConfig#MAX_BREAK}
   * @throws IOException the port is closed or cannot send a break
   */
  public void sendBreak(Duration duration) throws IOException, InterruptedException {
    if (duration.isNegative()
        || duration.isZero()
        || duration.compareTo(SerialConfig.MAX_BREAK) > 0) {
      throw new IllegalArgumentException(
          "a break lasts more than zero, up to " + SerialConfig.MAX_BREAK + "; got " + duration);
    }
    requireOpen();
    if (!port.setBreak()) {
      throw new IOException(name + ": this port cannot send a break");
    }
    try {
      pause(duration);
    } finally {
      port.clearBreak();
    }
  }

  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    closed.countDown();
    CompletableFuture<Void> pending = write;
    boolean stuck = pending != null && pending.completeExceptionally(closedByUs());
    Thread releasing =
        Thread.ofPlatform().daemon().name(name + " close").start(() -> release(stuck));
    try {
      releasing.join(CLOSE_LIMIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it goes on releasing by itself
    }
  }

  private void writeAll(byte[] bytes, CompletableFuture<Void> done) {
    writing.lock();
    try {
      int sent = 0;
      while (sent < bytes.length && !done.isDone()) {
        int count = port.writeBytes(bytes, Math.min(WRITE_BYTES, bytes.length - sent), sent);
        if (count <= 0) {
          done.completeExceptionally(gone());
          return;
        }
        sent += count;
      }
      done.complete(null);
    } finally {
      writing.unlock();
    }
  }

  private void release(boolean stuck) {
    if (stuck) {
      port.flushIOBuffers(); // wakes a write that flow control holds
    }
    boolean readerLeft = leave(reading);
    boolean writerLeft = leave(writing);
    port.closePort();
    if (writerLeft) {
      writing.unlock();
    }
    if (readerLeft) {
      reading.unlock();
    }
  }

  private static boolean leave(ReentrantLock lock) {
    try {
      return lock.tryLock(LEAVE_LIMIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Waits, but not beyond closing. */
  private void pause(Duration duration) throws IOException, InterruptedException {
    if (closed.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
      throw closedByUs();
    }
  }

  private void requireOpen() throws IOException {
    if (closing.get()) {
      throw closedByUs();
    }
  }

  private IOException closedByUs() {
    return new IOException(name + ": closed by the gateway");
  }

  private IOException gone() {
    return new IOException(name + ": the port is gone; adapter unplugged or line hung up");
  }
}
