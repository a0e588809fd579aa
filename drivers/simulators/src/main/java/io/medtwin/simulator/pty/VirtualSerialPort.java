package io.medtwin.simulator.pty;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A serial port without hardware, seen from the device. Its {@link #path} is a symbolic link that
 * leads to a pseudo terminal and stays the same over {@link #unplug} and {@link #plug}, as {@code
 * /dev/serial/by-id/...} does over an adapter pulled out and pushed in.
 *
 * <p>What is written while no program has the port open, or faster than it reads, is lost as on a
 * real line; nobody ever finds old bytes. Baud rate and parity have no effect: the kernel carries
 * the bytes. May be used by several threads; {@link #read} blocks in native code for at most 50 ms
 * at a time, so give it a platform thread. Linux and macOS.
 */
public final class VirtualSerialPort implements Closeable {
  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Path link;
  private final @Nullable Path ownedDirectory;
  private volatile @Nullable PseudoTerminal terminal;
  private volatile boolean closed;
  private long lostBytes;

  private VirtualSerialPort(Path link, @Nullable Path ownedDirectory) {
    this.link = link;
    this.ownedDirectory = ownedDirectory;
  }

  /**
   * A plugged-in port whose link lies in a new temporary directory, removed by {@link #close}.
   *
   * @throws IOException the system gave no pseudo terminal
   */
  public static VirtualSerialPort open() throws IOException {
    var directory = Files.createTempDirectory("medtwin-serial");
    return plugged(new VirtualSerialPort(directory.resolve("port"), directory));
  }

  /**
   * A plugged-in port whose link lies at {@code link}, in a directory that exists. A link already
   * there is replaced.
   *
   * @throws IOException the system gave no pseudo terminal, or the link cannot be made
   */
  public static VirtualSerialPort open(Path link) throws IOException {
    return plugged(new VirtualSerialPort(link, null));
  }

  private static VirtualSerialPort plugged(VirtualSerialPort port) throws IOException {
    try {
      port.plug();
      return port;
    } catch (IOException e) {
      port.close();
      throw e;
    }
  }

  /** What to configure in a gateway; leads nowhere while unplugged. */
  public Path path() {
    return link;
  }

  /**
   * The terminal the link leads to now, {@code /dev/pts/7}; another one after each {@link #plug}.
   *
   * @throws IllegalStateException the port is unplugged
   */
  public Path slavePath() {
    var now = terminal;
    if (now == null) {
      throw new IllegalStateException("port " + link.getFileName() + " is unplugged");
    }
    return Path.of(now.slavePath());
  }

  /** Whether the port is there to be opened. */
  public boolean isPlugged() {
    return terminal != null;
  }

  /** Whether a program has the port open. */
  public boolean isOpenElsewhere() throws IOException {
    var now = terminal;
    return now != null && now.isSlaveOpen();
  }

  /** Bytes that nobody was there to read. */
  public synchronized long lostBytes() {
    return lostBytes;
  }

  /**
   * Takes the port away: the link vanishes, and a program that has it open sees its line hang up.
   * Does nothing on an unplugged port.
   */
  public synchronized void unplug() throws IOException {
    var now = terminal;
    terminal = null;
    Files.deleteIfExists(link);
    if (now != null) {
      now.close();
    }
  }

  /**
   * Brings the port back at the same path. Does nothing on a plugged-in port.
   *
   * @throws IOException the port is closed, or the system gave no pseudo terminal
   */
  public synchronized void plug() throws IOException {
    if (closed) {
      throw new IOException("port " + link.getFileName() + " is closed");
    }
    if (terminal != null) {
      return;
    }
    var fresh = PseudoTerminal.open();
    try {
      var prepared = link.resolveSibling(link.getFileName() + ".new");
      Files.deleteIfExists(prepared);
      Files.createSymbolicLink(prepared, Path.of(fresh.slavePath()));
      Files.move(prepared, link, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      fresh.close();
      throw e;
    }
    terminal = fresh;
  }

  /**
   * Reads what the program at the other end wrote.
   *
   * @param into has room for at least one byte
   * @param atMost longest wait
   * @return bytes read; 0 if none came in time, nobody has the port open or it is unplugged; -1
   *     after {@link #close}
   * @throws InterruptedException this thread was interrupted
   */
  public int read(ByteBuffer into, Duration atMost) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!closed) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      long left = Math.max(0, deadline - System.nanoTime());
      var now = terminal;
      int read = now == null ? 0 : now.read(into, Duration.ofNanos(left));
      if (read > 0 || left == 0) {
        return Math.max(0, read);
      }
      if (now == null || !now.isSlaveOpen()) { // a hung-up line polls as ready: do not spin
        LockSupport.parkNanos(Math.min(left, IDLE_NANOS));
      }
    }
    return -1;
  }

  /**
   * Sends bytes to the program at the other end, without waiting for it.
   *
   * @param bytes all are taken
   * @return how many went out; the others are lost and counted in {@link #lostBytes}
   */
  public synchronized int write(ByteBuffer bytes) throws IOException {
    int before = bytes.remaining();
    var now = terminal;
    if (now != null && now.isSlaveOpen()) {
      while (bytes.hasRemaining() && now.write(bytes) > 0) {
        // the kernel takes at most its buffer at a time
      }
    }
    int lost = bytes.remaining();
    lostBytes += lost;
    bytes.position(bytes.limit());
    return before - lost;
  }

  /** Unplugs for good. May be called more than once. */
  @Override
  public void close() {
    closed = true;
    try {
      unplug();
      if (ownedDirectory != null) {
        Files.deleteIfExists(ownedDirectory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("closing port " + link.getFileName(), e);
    }
  }
}
