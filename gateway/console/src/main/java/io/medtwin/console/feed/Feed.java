package io.medtwin.console.feed;

import io.medtwin.console.api.FlowJson;
import io.medtwin.console.api.GatewayJson;
import io.medtwin.console.api.Rates;
import io.medtwin.console.line.GatewayLine;
import io.medtwin.console.web.EventStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the line and tells clients. While nobody listens it takes rates and trends only. Any
 * thread may ask; one thread works.
 */
public final class Feed implements AutoCloseable {

  /** From one look at devices to the next. */
  public static final Duration PULSE = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
  private static final Duration SLOW = Duration.ofSeconds(2);

  /** Most clients that wait for their first event; the server lets fewer in. */
  private static final int MOST_JOINING = 256;

  /** A client and whether it may still listen. */
  private record Client(EventStream stream, BooleanSupplier allowed) {}

  private final GatewayLine line;
  private final InstantSource clock;
  private final long pulseNanos;
  private final FlowHistory history = new FlowHistory();
  private final Trends trends = new Trends();
  private final DeviceEvents devices;
  private final ArrayBlockingQueue<Client> joining = new ArrayBlockingQueue<>(MOST_JOINING);
  private final Thread thread;

  private volatile Rates rates = Rates.UNKNOWN;
  private volatile long lookedNanos = System.nanoTime();
  private volatile boolean reached;
  private volatile boolean closed;

  // owned by the thread
  private final List<Client> clients = new ArrayList<>();
  private Instant trendDue = Instant.MIN;
  private Instant slowDue = Instant.MIN;
  private String troubleLogged = "";

  private Feed(GatewayLine line, InstantSource clock, Duration pulse) {
    this.line = line;
    this.clock = clock;
    this.pulseNanos = pulse.toNanos();
    this.devices = new DeviceEvents(line);
    this.thread = Thread.ofPlatform().name("console-feed").daemon().unstarted(this::run);
  }

  /** Begins to look. */
  public static Feed start(GatewayLine line, InstantSource clock, Duration pulse) {
    var feed = new Feed(line, clock, pulse);
    feed.thread.start();
    return feed;
  }

  /**
   * A client that listens from now on; its first events are everything.
   *
   * @param allowed whether it may still listen; asked each 2 s
   */
  public void join(EventStream stream, BooleanSupplier allowed) {
    if (closed || !joining.offer(new Client(stream, allowed))) {
      stream.end();
    }
  }

  /** What flowed in the last seconds. */
  public Rates rates() {
    return rates;
  }

  /** Trends of a device as JSON. */
  public byte[] trends(String device) {
    return trends.json(device);
  }

  /** How long ago it last looked. */
  public Duration sinceLook() {
    return Duration.ofNanos(System.nanoTime() - lookedNanos);
  }

  /** Whether Ditto was reached since the console started. */
  public boolean wasReached() {
    return reached;
  }

  private void run() {
    long due = System.nanoTime();
    while (!closed) {
      try {
        long wait = due - System.nanoTime();
        var first = wait > 0 ? joining.poll(wait, TimeUnit.NANOSECONDS) : joining.poll();
        if (first != null) {
          greetSafely(first);
          if (due - System.nanoTime() > 0) {
            continue;
          }
        }
        look();
        due = Math.max(due + pulseNanos, System.nanoTime());
      } catch (InterruptedException e) {
        break; // closed
      }
    }
    clients.forEach(client -> client.stream().end());
    joining.forEach(client -> client.stream().end());
  }

  private void look() {
    try {
      var now = clock.instant();
      history.take(line.flow());
      rates = history.rates();
      reached |= line.facts().reach().equals("connected");
      if (isDue(trendDue, now, Trends.STEP)) {
        trends.take(line.devices(), now);
        trendDue = now.plus(Trends.STEP);
      }
      boolean slow = isDue(slowDue, now, SLOW);
      clients.removeIf(client -> !client.stream().isOpen());
      if (slow) {
        endThoseNotAllowed();
        slowDue = now.plus(SLOW);
      }
      if (clients.isEmpty()) {
        devices.forget();
      } else {
        devices.changes(now).ifPresent(this::tell);
        if (slow) {
          tell(gateway(now));
          tell(flow());
        }
      }
      troubleLogged = "";
      lookedNanos = System.nanoTime();
    } catch (RuntimeException e) {
      troubled(e);
    }
  }

  /** A time that is due, also where the clock went back. */
  private static boolean isDue(Instant due, Instant now, Duration step) {
    return !now.isBefore(due) || now.plus(step).isBefore(due);
  }

  private void endThoseNotAllowed() {
    clients.removeIf(
        client -> {
          boolean allowed = client.allowed().getAsBoolean();
          if (!allowed) {
            client.stream().end();
          }
          return !allowed;
        });
  }

  private void greetSafely(Client client) {
    try {
      greet(client);
    } catch (RuntimeException e) {
      client.stream().end();
      troubled(e);
    }
  }

  /** The newcomer learns what the others know; what changed since comes with the next look. */
  private void greet(Client client) {
    var now = clock.instant();
    if (clients.isEmpty()) {
      var unused = devices.changes(now);
    }
    clients.add(client);
    boolean there =
        client.stream().send(gateway(now))
            && client.stream().send(devices.all(now))
            && client.stream().send(flow());
    if (!there) {
      clients.remove(client);
    }
  }

  private byte[] gateway(Instant now) {
    return EventStream.event("gateway", GatewayJson.of(line, now));
  }

  private byte[] flow() {
    return EventStream.event("flow", FlowJson.of(line, rates));
  }

  private void tell(byte[] event) {
    clients.removeIf(client -> !client.stream().send(event));
  }

  private void troubled(RuntimeException e) {
    var trouble = e.toString();
    if (!trouble.equals(troubleLogged)) {
      troubleLogged = trouble;
      LOG.error("console: looking at the gateway failed; trying again", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
