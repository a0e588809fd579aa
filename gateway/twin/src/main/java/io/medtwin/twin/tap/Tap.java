package io.medtwin.twin.tap;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One onlooker's view of one device. Those who tell it never wait: what does not fit is counted as
 * missed. Read by one thread; {@link Taps} opens and closes it.
 */
public final class Tap {

  /** Most bytes of one event that are shown. */
  public static final int MOST_BYTES = 1_024;

  /** Most events that wait for the onlooker. */
  static final int MOST_EVENTS = 512;

  private final String device;
  private final ArrayBlockingQueue<TapEvent> events = new ArrayBlockingQueue<>(MOST_EVENTS);
  private final @Nullable Consumer<TapEvent> straight;
  private final LongAdder missed = new LongAdder();

  Tap(String device) {
    this(device, null);
  }

  /**
   * @param straight told at once, by those who tell it; null for an onlooker who takes
   */
  Tap(String device, @Nullable Consumer<TapEvent> straight) {
    this.device = device;
    this.straight = straight;
  }

  /** The device that is looked at. */
  public String device() {
    return device;
  }

  /** Tells the onlooker; returns at once. */
  public void tell(TapEvent event) {
    if (straight != null) {
      straight.accept(event);
    } else if (!events.offer(event)) {
      missed.increment();
    }
  }

  /** Waits for events, and takes all there are; empty after the wait. */
  public List<TapEvent> take(long wait, TimeUnit unit) throws InterruptedException {
    var taken = new ArrayList<TapEvent>();
    var first = events.poll(wait, unit);
    if (first != null) {
      taken.add(first);
      events.drainTo(taken);
    }
    return taken;
  }

  /** Events that did not fit so far. */
  public long missed() {
    return missed.sum();
  }
}
