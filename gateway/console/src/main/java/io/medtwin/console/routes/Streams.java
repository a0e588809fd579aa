package io.medtwin.console.routes;

import io.medtwin.console.access.Caller;
import io.medtwin.console.access.Role;
import io.medtwin.console.api.TapJson;
import io.medtwin.console.api.WaveJson;
import io.medtwin.console.feed.Feed;
import io.medtwin.console.json.JsonWriter;
import io.medtwin.console.line.GatewayLine;
import io.medtwin.console.line.Refusal;
import io.medtwin.console.web.Call;
import io.medtwin.console.web.EventStream;
import io.medtwin.console.web.Failure;
import io.medtwin.console.web.Reply;
import io.medtwin.twin.keeper.Stretch;
import io.medtwin.twin.tap.Tap;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams of events. Those of {@code /events} come from the {@link Feed}; a wave and a tap have a
 * virtual thread each, which ends with its client.
 */
final class Streams {

  private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

  /** From one look at a wave to the next. */
  private static final Duration WAVE_STEP = Duration.ofMillis(200);

  /** A stream that has nothing to say says so, and asks whether its client may still listen. */
  private static final long QUIET_NANOS = Duration.ofSeconds(10).toNanos();

  /** A tap ends after so long; the page opens another where somebody still looks. */
  private static final long LONGEST_TAP_NANOS = Duration.ofMinutes(10).toNanos();

  private static final long TAP_WAIT_MILLIS = 500;

  private final GatewayLine line;
  private final Feed feed;
  private final Guard guard;

  Streams(GatewayLine line, Feed feed, Guard guard) {
    this.line = line;
    this.feed = feed;
    this.guard = guard;
  }

  static Failure noSuchDevice() {
    return Failure.notFound("this gateway has no such device");
  }

  void checkDevice(Call call) throws Failure {
    var device = call.part("device");
    if (line.devices().stream().noneMatch(view -> view.device().equals(device))) {
      throw noSuchDevice();
    }
  }

  /** Everything, as it happens. */
  Reply events(Call call, Caller caller) {
    var allowed = guard.still(call, () -> Role.VIEWER);
    return new Reply.Events(stream -> feed.join(stream, allowed));
  }

  /** A wave. */
  Reply wave(Call call, Caller caller) throws Failure {
    checkDevice(call);
    var device = call.part("device");
    var metric = call.query("metric").filter(text -> !text.isBlank());
    if (metric.isEmpty()) {
      throw Failure.invalid(
          "?metric= is missing", java.util.List.of("such as ?metric=ecg-ii.wave"));
    }
    var allowed = guard.still(call, () -> Role.VIEWER);
    return new Reply.Events(
        stream -> begin("wave", () -> wave(device, metric.get(), stream, allowed)));
  }

  private void wave(String device, String metric, EventStream stream, BooleanSupplier allowed)
      throws InterruptedException {
    long last = 0;
    long spoke = System.nanoTime();
    long asked = spoke;
    try {
      do {
        for (Stretch stretch : line.wave(device, metric, last)) {
          last = stretch.number();
          spoke = System.nanoTime();
          stream.send(EventStream.event("stretch", WaveJson.of(stretch)));
        }
        long now = System.nanoTime();
        if (now - spoke > QUIET_NANOS) {
          spoke = now;
          stream.send(EventStream.COMMENT);
        }
        if (now - asked > QUIET_NANOS) {
          asked = now;
          if (!allowed.getAsBoolean()) {
            return;
          }
        }
      } while (!stream.awaitGone(WAVE_STEP));
    } finally {
      stream.end();
    }
  }

  /** Role that is needed to see the bytes of a device: of a demo they are nobody's. */
  Role tapper() {
    return guard.isClaimed() || !line.facts().demo() ? Role.BIOMED : Role.VIEWER;
  }

  /** A look over a device's shoulder. */
  Reply tap(Call call, Caller caller) throws Failure {
    checkDevice(call);
    var device = call.part("device");
    var allowed = guard.still(call, this::tapper);
    if (call.method().equals("HEAD")) {
      return new Reply.Events(EventStream::end);
    }
    LOG.info("console: {} looks at the bytes of {}", caller.name(), device);
    return new Reply.Events(
        stream ->
            begin(
                "tap",
                () -> {
                  Tap tap;
                  try {
                    tap = line.tap(device);
                  } catch (Refusal e) {
                    stream.send(EventStream.event("refused", Errors.json(Errors.of(e).trouble())));
                    stream.end();
                    return;
                  }
                  tap(tap, stream, allowed);
                }));
  }

  private void tap(Tap tap, EventStream stream, BooleanSupplier allowed)
      throws InterruptedException {
    long began = System.nanoTime();
    long spoke = began;
    long missed = 0;
    try {
      while (stream.isOpen() && System.nanoTime() - began < LONGEST_TAP_NANOS) {
        var events = tap.take(TAP_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        if (!events.isEmpty()) {
          var all = new java.io.ByteArrayOutputStream();
          events.forEach(event -> all.writeBytes(EventStream.event("step", TapJson.of(event))));
          stream.send(all.toByteArray()); // one turn of the queue for all that came together
          spoke = System.nanoTime();
        }
        long nowMissed = tap.missed();
        if (nowMissed > missed) {
          long count = nowMissed - missed;
          missed = nowMissed;
          stream.send(
              EventStream.event("missed", JsonWriter.object(out -> out.number("count", count))));
        }
        if (System.nanoTime() - spoke > QUIET_NANOS) {
          spoke = System.nanoTime();
          stream.send(EventStream.COMMENT);
        }
        if (!allowed.getAsBoolean()) {
          return;
        }
      }
    } finally {
      line.untap(tap);
      stream.end();
    }
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  private static void begin(String name, Work work) {
    var unused =
        Thread.ofVirtual()
            .name("console-" + name)
            .start(
                () -> {
                  try {
                    work.run();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  } catch (RuntimeException e) {
                    LOG.error("console: a {} broke off", name, e);
                  }
                });
  }
}
