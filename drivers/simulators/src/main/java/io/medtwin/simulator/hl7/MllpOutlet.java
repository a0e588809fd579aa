package io.medtwin.simulator.hl7;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medtwin.simulator.device.Outlet;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sending side of one MLLP connection: one message at a time, the next when the one before is
 * acknowledged (AA, CA). On AE, CE, or no answer within the limit, the same bytes again, on a new
 * connection where the old one is gone; on AR, CR the message is given up. {@link #MAX_WAITING}
 * messages wait, further ones are lost and counted.
 */
public final class MllpOutlet implements Outlet<List<String>> {

  /** Messages that wait for their turn. */
  public static final int MAX_WAITING = 1_024;

  private static final Logger LOG = LoggerFactory.getLogger(MllpOutlet.class);

  private static final int START = 0x0B;
  private static final int END = 0x1C;
  private static final int CARRIAGE_RETURN = 0x0D;
  private static final int MAX_ANSWER_BYTES = 64 * 1024;
  private static final int CONNECT_MILLIS = 2_000;

  private final InetSocketAddress to;
  private final Duration answerLimit;
  private final Duration retryDelay;
  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong repeated = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private @Nullable Thread sender;
  private volatile @Nullable Socket socket;
  private boolean closed;

  /**
   * Connects to nobody yet.
   *
   * @param answerLimit longest wait for an acknowledgement
   * @param retryDelay pause before a message is sent again
   */
  public MllpOutlet(InetSocketAddress to, Duration answerLimit, Duration retryDelay) {
    this.to = to;
    this.answerLimit = answerLimit;
    this.retryDelay = retryDelay;
  }

  /** Messages acknowledged. */
  public long taken() {
    return taken.get();
  }

  /** Times that a message was sent again. */
  public long repeated() {
    return repeated.get();
  }

  /** Messages given up because they were rejected. */
  public long refused() {
    return refused.get();
  }

  /** Messages for which there was no room. */
  public long lost() {
    return lost.get();
  }

  @Override
  public void send(List<String> said) {
    for (String message : said) {
      if (!waiting.offer(message)) {
        lost.incrementAndGet();
      }
    }
  }

  @Override
  public synchronized void plug() throws IOException {
    if (closed) {
      throw new IOException(to + ": station is closed");
    }
    if (sender == null) {
      sender = Thread.ofVirtual().name("simulator-mllp").start(this::run);
    }
  }

  @Override
  public synchronized void unplug() {
    var running = sender;
    sender = null;
    if (running != null) {
      running.interrupt();
    }
    hangUp();
  }

  @Override
  public synchronized void close() {
    closed = true;
    unplug();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        var message = waiting.take();
        while (!Thread.currentThread().isInterrupted() && !isSettled(message)) {
          repeated.incrementAndGet();
          LockSupport.parkNanos(retryDelay.toNanos());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      hangUp();
    }
  }

  /** Sends a message once; whether it needs no further try. */
  private boolean isSettled(String message) {
    try {
      var open = connected();
      open.getOutputStream().write(frame(message));
      var code = answer(open.getInputStream(), field(message, "MSH", 9));
      if (code.endsWith("A")) {
        taken.incrementAndGet();
        return true;
      }
      if (code.endsWith("R")) {
        refused.incrementAndGet();
        LOG.warn("{}: the receiver rejects a message ({}); it is given up", to, code);
        return true;
      }
      return false;
    } catch (IOException e) {
      LOG.debug("{}: {}; trying again", to, e.toString());
      hangUp();
      return false;
    }
  }

  private Socket connected() throws IOException {
    var open = socket;
    if (open == null || open.isClosed()) {
      open = new Socket();
      socket = open;
      open.connect(to, CONNECT_MILLIS);
      open.setTcpNoDelay(true);
      open.setSoTimeout(Math.toIntExact(answerLimit.toMillis()));
    }
    return open;
  }

  private void hangUp() {
    var open = socket;
    socket = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        LOG.debug("{}: could not be closed: {}", to, e.toString());
      }
    }
  }

  /** The code of the answer to that message; answers to others are passed over. */
  private static String answer(InputStream from, String id) throws IOException {
    while (true) {
      var answer = unframed(from);
      if (field(answer, "MSA", 2).equals(id)) {
        return field(answer, "MSA", 1);
      }
    }
  }

  private static String unframed(InputStream from) throws IOException {
    var bytes = new ByteArrayOutputStream();
    while (read(from) != START) {}
    for (int next = read(from); ; next = read(from)) {
      if (next == END && read(from) == CARRIAGE_RETURN) {
        return bytes.toString(UTF_8);
      }
      bytes.write(next);
      if (bytes.size() > MAX_ANSWER_BYTES) {
        throw new IOException("an answer of more than " + MAX_ANSWER_BYTES + " bytes");
      }
    }
  }

  private static int read(InputStream from) throws IOException {
    int next = from.read();
    if (next < 0) {
      throw new EOFException("the receiver closed");
    }
    return next;
  }

  private static byte[] frame(String message) {
    var content = message.getBytes(UTF_8);
    var framed = new byte[content.length + 3];
    framed[0] = START;
    System.arraycopy(content, 0, framed, 1, content.length);
    framed[framed.length - 2] = END;
    framed[framed.length - 1] = CARRIAGE_RETURN;
    return framed;
  }

  /** A field of the first segment of that name; MSH counts its separator as the first. */
  private static String field(String message, String segment, int index) {
    for (String line : message.split("\r", -1)) {
      if (line.startsWith(segment + "|")) {
        var fields = line.split("\\|", -1);
        return index < fields.length ? fields[index] : "";
      }
    }
    return "";
  }
}
