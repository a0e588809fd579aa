package io.medtwin.twin.tap;

import io.medtwin.spi.Message;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one link carries, from the moment in which a driver begins on it. Those who tell
 * it never wait: what does not fit is counted, and the count stands where it is missing. Told by
 * the link's thread, taken by one other; {@link Taps} opens and closes it.
 */
public final class Recording {

  /** Most bytes that wait to be taken. */
  public static final long BYTES_MAX = 8 << 20;

  /** Most steps that wait to be taken. */
  public static final int STEPS_MAX = 65_536;

  /** What a step costs beside its bytes, roughly. */
  private static final int STEP_BYTES = 64;

  private final String link;
  private final @Nullable String device;
  private final Deque<Step> waiting = new ArrayDeque<>();
  private @Nullable Instant began;
  private long firstNanos;
  private long waitingBytes;
  private long lost;

  /** What may become of a line. */
  public enum Change {
    OPENED,
    CLOSED,
    ENDED,
    LOST,
    FAILED
  }

  /** One thing that happened. */
  public sealed interface Step {

    /** Nanoseconds since the recording began. */
    long nanos();

    /**
     * Bytes of a stream.
     *
     * @param nanos when they were read or written
     * @param sent whether the driver wrote them
     * @param bytes all of them, as a copy
     */
    record Bytes(long nanos, boolean sent, byte[] bytes) implements Step {}

    /**
     * A message that came.
     *
     * @param nanos when it was handed to the driver
     * @param message with its content
     */
    record Came(long nanos, Message message) implements Step {}

    /**
     * The line itself.
     *
     * @param nanos when
     * @param change what became of it
     * @param why in the system's words, or empty
     */
    record Line(long nanos, Change change, String why) implements Step {}

    /**
     * Steps are missing here.
     *
     * @param nanos when the next one fitted again
     * @param count how many
     */
    record Missing(long nanos, long count) implements Step {}
  }

  /**
   * @param device whose messages alone are wanted, or null for all of the link
   */
  Recording(String link, @Nullable String device) {
    this.link = link;
    this.device = device;
  }

  /** The link. */
  public String link() {
    return link;
  }

  /** Whose messages alone are wanted, or null for all of the link. */
  public @Nullable String device() {
    return device;
  }

  /** A driver begins on the open link, or it could not be opened: what came before is left out. */
  public synchronized void begin(Instant now, long nanoTime) {
    if (began == null) {
      began = now;
      firstNanos = nanoTime;
      notifyAll();
    }
  }

  /** When it began, or null as long as it did not. */
  public synchronized @Nullable Instant began() {
    return began;
  }

  /** Tells it bytes, which are its own from now on. */
  public synchronized void bytes(long nanoTime, boolean sent, byte[] bytes) {
    tell(new Step.Bytes(nanoTime - firstNanos, sent, bytes), bytes.length);
  }

  /** Tells it a message. */
  public synchronized void message(long nanoTime, Message message) {
    tell(new Step.Came(nanoTime - firstNanos, message), message.payload().remaining());
  }

  /** Tells it what became of the line. */
  public synchronized void line(long nanoTime, Change change, String why) {
    tell(new Step.Line(nanoTime - firstNanos, change, why), why.length());
  }

  private void tell(Step step, int bytes) {
    if (began == null) {
      return;
    }
    if (waiting.size() >= STEPS_MAX || waitingBytes + bytes + STEP_BYTES > BYTES_MAX) {
      lost++;
      return;
    }
    if (lost > 0) {
      waiting.add(new Step.Missing(step.nanos(), lost));
      lost = 0;
    }
    waiting.add(step);
    waitingBytes += bytes + STEP_BYTES;
    notifyAll();
  }

  /** Waits for steps, and takes all there are; empty after the wait. */
  public synchronized List<Step> take(long waitMillis) throws InterruptedException {
    if (waiting.isEmpty()) {
      wait(waitMillis);
    }
    var taken = new ArrayList<>(waiting);
    if (lost > 0 && !taken.isEmpty()) {
      taken.add(new Step.Missing(taken.getLast().nanos(), lost));
      lost = 0;
    }
    waiting.clear();
    waitingBytes = 0;
    return taken;
  }
}
