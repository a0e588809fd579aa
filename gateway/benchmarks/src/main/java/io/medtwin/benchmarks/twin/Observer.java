package io.medtwin.benchmarks.twin;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Watches every change of the endpoint over a WebSocket of its own. An event is written when the
 * command is carried out, just before it is answered: what is seen here is acknowledged.
 */
public final class Observer implements WebSocket.Listener, AutoCloseable {

  /** So long after the end of a gateway its last events may still be on their way. */
  private static final long LATE_NANOS = 100_000_000;

  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(30);

  private final Map<String, History> histories = new HashMap<>();
  private final Map<String, ArrayDeque<Long>> alertsSent = new HashMap<>();
  private final Map<String, Map<Long, Long>> valuesSent = new HashMap<>();
  private final Recorder latencies = recorder();
  private final Recorder alertLatencies = recorder();
  private final Recorder valueLatencies = recorder();
  private final AtomicLong merges = new AtomicLong();
  private final StringBuilder text = new StringBuilder();
  private final URI endpoint;
  private final HttpClient http = HttpClient.newHttpClient();
  private volatile @Nullable WebSocket socket;
  private volatile long firstNanos;
  private volatile long forgottenNanos = System.nanoTime() - 2 * LATE_NANOS;

  private Observer(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** Starts to watch. */
  public static Observer of(URI endpoint) throws Exception {
    var observer = new Observer(endpoint);
    observer.connect();
    return observer;
  }

  /** Watches again after the endpoint went away. */
  public void connect() throws Exception {
    var login = Base64.getEncoder().encodeToString("ditto:ditto".getBytes(StandardCharsets.UTF_8));
    text.setLength(0);
    socket =
        http.newWebSocketBuilder()
            .header("Authorization", "Basic " + login)
            .buildAsync(
                URI.create("ws://" + endpoint.getHost() + ":" + endpoint.getPort() + "/ws/2"), this)
            .get(10, TimeUnit.SECONDS);
    socket.sendText("START-SEND-EVENTS", true).get(10, TimeUnit.SECONDS);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      long now = System.nanoTime();
      Seen.of(text.toString()).ifPresent(seen -> see(seen, now));
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    // the endpoint went away, on purpose: connect() comes later
  }

  private synchronized void see(Seen seen, long now) {
    merges.incrementAndGet();
    histories.computeIfAbsent(seen.thingId(), unused -> new History()).see(seen);
    if (seen.number().isPresent()) {
      if (firstNanos == 0 && now - forgottenNanos > LATE_NANOS) {
        firstNanos = now;
      }
      var probe = valuesSent.get(seen.thingId());
      if (probe == null) {
        latencies.recordValue(
            Math.clamp(
                (System.currentTimeMillis() - seen.observedAtMillis()) * 1000, 0, LONGEST_MICROS));
      } else {
        Long sent = probe.remove(seen.number().getAsLong());
        if (sent != null) {
          valueLatencies.recordValue(Math.clamp((now - sent) / 1000, 0, LONGEST_MICROS));
        }
      }
    }
    var waiting = alertsSent.get(seen.thingId());
    if (waiting != null) {
      for (int i = 0; i < seen.alerts().size() && !waiting.isEmpty(); i++) {
        alertLatencies.recordValue(Math.clamp((now - waiting.remove()) / 1000, 0, LONGEST_MICROS));
      }
    }
  }

  /** A probe is about to send an alert, or its end. */
  public synchronized void alertSent(String thingId) {
    alertsSent.computeIfAbsent(thingId, unused -> new ArrayDeque<>()).add(System.nanoTime());
  }

  /** A probe is about to send a value, alone. */
  public synchronized void valueSent(String thingId, long number) {
    valuesSent.computeIfAbsent(thingId, unused -> new HashMap<>()).put(number, System.nanoTime());
  }

  /** Alerts that were sent and not seen. */
  public synchronized long alertsMissing() {
    return alertsSent.values().stream().mapToLong(ArrayDeque::size).sum();
  }

  /** Waits until every twin fulfils something; returns when it did, in {@code nanoTime}. */
  public long await(Iterable<String> things, Predicate<String> fulfilled, long limitNanos)
      throws InterruptedException, TimeoutException {
    long end = System.nanoTime() + limitNanos;
    while (true) {
      boolean all = true;
      for (String thing : things) {
        if (!fulfilled.test(thing)) {
          all = false;
          break;
        }
      }
      if (all) {
        return System.nanoTime();
      }
      if (System.nanoTime() > end) {
        throw new TimeoutException("not every twin is as it should be");
      }
      Thread.sleep(2);
    }
  }

  /** A copy of what was seen of a twin's last value: number and time. */
  public synchronized long number(String thingId) {
    var history = histories.get(thingId);
    return history == null ? 0 : history.number();
  }

  /** When the value that is in the twin was sent; 0: none. */
  public synchronized long observedAtMillis(String thingId) {
    var history = histories.get(thingId);
    return history == null ? 0 : history.observedAtMillis();
  }

  /** Values older than the one before, over all twins. */
  public synchronized long reordered() {
    return histories.values().stream().mapToLong(History::reordered).sum();
  }

  /** Effects that were there before, over all twins. */
  public synchronized long duplicates() {
    return histories.values().stream().mapToLong(History::duplicates).sum();
  }

  /** Changes seen so far. */
  public long merges() {
    return merges.get();
  }

  /** When the first value was in a twin, in {@code nanoTime}; 0: not yet. */
  public long firstNanos() {
    return firstNanos;
  }

  /** Forgets the first value: the next one is that of a gateway that starts after this. */
  public synchronized void forgetFirst() {
    forgottenNanos = System.nanoTime();
    firstNanos = 0;
  }

  /** Wire to acknowledged of the values in merges since the last call, in microseconds. */
  public Histogram latencies() {
    return latencies.getIntervalHistogram();
  }

  /** The same of alerts. */
  public Histogram alertLatencies() {
    return alertLatencies.getIntervalHistogram();
  }

  /** The same of values that came alone. */
  public Histogram valueLatencies() {
    return valueLatencies.getIntervalHistogram();
  }

  private static Recorder recorder() {
    return new Recorder(1, LONGEST_MICROS, 3);
  }

  @Override
  public void close() {
    WebSocket open = socket;
    if (open != null) {
      open.abort();
    }
    http.shutdownNow();
  }
}
