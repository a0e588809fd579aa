package io.medtwin.console;

import static io.medtwin.console.TestConsole.json;
import static io.medtwin.console.TestConsole.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.console.TestConsole.Listener;
import io.medtwin.console.web.Limits;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What too much of anything does. */
class LimitsTest {

  private static final int TEN_MIB = 10 * 1024 * 1024;

  @TempDir Path folder;
  private TestConsole console;

  @BeforeEach
  void start() throws Exception {
    console = new TestConsole(folder);
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void aLongBodyIsRefusedBeforeItIsRead() throws Exception {
    var answer =
        console.raw(
            "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: "
                + TEN_MIB
                + "\r\n\r\n{"); // the rest never comes: nobody waits for it

    assertThat(answer).startsWith("HTTP/1.1 413").contains("E-TOO-LARGE").contains("close");
  }

  @Test
  void aBodyThatDoesNotSayHowLongItIsIsReadNoFurtherThanTheLimit() throws Exception {
    try (var socket = new Socket("localhost", console.port())) {
      socket.setSoTimeout(20_000);
      var out = socket.getOutputStream();
      out.write(
          ("POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                  + "Transfer-Encoding: chunked\r\n\r\n"
                  + Integer.toHexString(TEN_MIB)
                  + "\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.write(new byte[Limits.BODY_BYTES + 1]);
      out.flush();

      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 413");
    }
    assertThat(console.get("/api/v1/devices").statusCode()).isEqualTo(200);
  }

  @Test
  void tenMegabytesDoNotFitThroughTheDoor() throws Exception {
    long sent = 0;
    try (var socket = new Socket("localhost", console.port())) {
      socket.setSendBufferSize(64 * 1024);
      var out = socket.getOutputStream();
      out.write(
          ("PUT /api/v1/devices/ox-1/mute HTTP/1.1\r\nHost: localhost\r\n"
                  + "Content-Type: application/json\r\nContent-Length: "
                  + 64L * TEN_MIB
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      var part = new byte[64 * 1024];
      while (sent < 64L * TEN_MIB) {
        out.write(part);
        sent += part.length;
      }
    } catch (IOException e) {
      // the connection was closed under the flood
    }

    assertThat(sent).isLessThan(64L * TEN_MIB);
    assertThat(console.get("/api/v1/devices").statusCode()).isEqualTo(200);
  }

  @Test
  void longHeadersAreRefused() throws Exception {
    var answer =
        console.raw(
            "GET /api/v1/devices HTTP/1.1\r\nHost: localhost\r\nX-Long: "
                + "x".repeat(20_000)
                + "\r\n\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 431")
        .contains("application/json")
        .contains("nosniff")
        .doesNotContain("Jetty");
  }

  @Test
  void twoHundredListenersThatComeAndGoLeaveNothingBehind() throws Exception {
    console.get("/api/v1/devices");
    int threads = Thread.activeCount();
    var listeners = new ArrayList<Listener>();
    int heard = 0;
    for (int i = 0; i < 200; i++) {
      var listener = console.listen("/api/v1/events");
      listeners.add(listener);
      heard += listener.status() == 200 ? 1 : 0;
      if (listener.status() != 200) {
        assertThat(listener.status()).isEqualTo(429);
      }
    }
    assertThat(heard).isEqualTo(Limits.STREAMS);
    assertThat(console.console.listeners()).isEqualTo(Limits.STREAMS);
    listeners.getFirst().next("devices");

    for (Listener listener : listeners) {
      listener.close();
    }

    until(
        "nobody listens",
        () -> {
          console.line.reports.incrementAndGet(); // something to tell
          return console.console.listeners() == 0;
        });
    assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 12); // those of the pool
    assertThat(console.get("/api/v1/devices").statusCode()).isEqualTo(200);
    try (var next = console.listen("/api/v1/events")) {
      assertThat(next.next("gateway").path("id").asString()).isEqualTo("gw-1");
    }
  }

  @Test
  void aListenerThatDoesNotReadIsDroppedAndAnotherHearsEverything() throws Exception {
    console.line.more = 200; // half a megabyte each time
    try (var slow = console.listen("/api/v1/events");
        var quick = console.listen("/api/v1/events");
        var reader = Executors.newSingleThreadExecutor()) {
      assertThat(slow.status()).isEqualTo(200);
      var counted =
          reader.submit(
              () -> {
                long last = -1;
                while (last < 1_000_000) {
                  var events = quick.next("devices");
                  long now = events.path("devices").get(0).path("counts").path("received").asLong();
                  assertThat(now).isGreaterThan(last);
                  last = now;
                }
                return last;
              });

      until(
          "the slow one is dropped",
          () -> {
            console.line.reports.incrementAndGet();
            return console.console.droppedListeners() == 1;
          });
      console.line.reports.set(1_000_000);

      assertThat(counted.get(20, java.util.concurrent.TimeUnit.SECONDS)).isEqualTo(1_000_000);
      until("one is left", () -> console.console.listeners() == 1);
    }
  }

  @Test
  void aLineThatFailsStopsNeitherTheFeedNorTheServer() throws Exception {
    try (var listener = console.listen("/api/v1/events")) {
      listener.next("flow");
      console.line.broken = new IllegalStateException("scripted");
      assertThat(console.get("/api/v1/devices").statusCode()).isEqualTo(500);
      assertThat(console.get("/api/v1/devices").body())
          .contains("E-BUG")
          .doesNotContain("scripted");
      console.line.saturation = "88";
      console.line.broken = null;

      assertThat(listener.next("devices").toString()).contains("\"88\"");
    }
  }

  @Test
  void aWaveIsToldStretchByStretchAndAMissingSampleIsNone() throws Exception {
    console.line.stretches.add(ScriptedLine.stretch(1));
    try (var wave = console.listen("/api/v1/devices/ox-1/wave?metric=spo2.pleth")) {
      assertThat(wave.next("stretch").path("raw").toString()).isEqualTo("[1,null,3]");
      console.line.stretches.add(ScriptedLine.stretch(2));
      assertThat(wave.next("stretch").path("number").asInt()).isEqualTo(2);
    }
    until(
        "its thread is gone",
        () -> {
          console.line.stretches.add(ScriptedLine.stretch(console.line.stretches.size() + 1));
          return console.console.listeners() == 0;
        });
  }

  @Test
  void aTapTellsStepsAndWhatItMissedAndEndsWithItsClient() throws Exception {
    console.line.demo = true;
    try (var tap = console.listen("/api/v1/devices/ox-1/tap")) {
      until("it looks", () -> console.line.taps.isAny());
      console
          .line
          .taps
          .of("ox-1")
          .forEach(
              one -> {
                one.tell(
                    new io.medtwin.twin.tap.TapEvent.Bytes(
                        ManualClock.BEGIN, false, new byte[] {2, (byte) 0xff}, 2));
                for (int i = 0; i < 5_000; i++) {
                  one.tell(
                      new io.medtwin.twin.tap.TapEvent.Discarded(ManualClock.BEGIN, "no frame", 1));
                }
              });

      var step = tap.next("step");
      assertThat(step.path("kind").asString()).isEqualTo("bytes");
      assertThat(step.path("hex").asString()).isEqualTo("02ff");
      assertThat(tap.next("missed").path("count").asLong()).isPositive();
    }
    until(
        "nobody looks",
        () -> {
          console
              .line
              .taps
              .of("ox-1")
              .forEach(
                  one ->
                      one.tell(
                          new io.medtwin.twin.tap.TapEvent.Discarded(
                              ManualClock.BEGIN, "no frame", 1)));
          return !console.line.taps.isAny();
        });
  }

  @Test
  void manyBrowsersCostOneSearchOfTheFleet() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(console.get("/api/v1/fleet").statusCode()).isEqualTo(200);
    }

    // 2 s count: a machine that is very slow may need a second one
    assertThat(console.fleet.searches.get()).isBetween(1, 3);
  }

  @Test
  void aDittoThatDoesNotAnswerIsSaidSo() throws Exception {
    console.fleet.silent = true;

    var answer = console.get("/api/v1/fleet");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(json(answer).path("error").path("message").asString())
        .contains("connection refused");
  }

  @Test
  void trendsKeepTheLastTenMinutes() throws Exception {
    for (int i = 0; i < 130; i++) {
      console.line.saturation = Integer.toString(i);
      int before = i;
      console.clock.pass(Duration.ofSeconds(5));
      until("taken", () -> lastTrend().equals(Integer.toString(before) + ".0"));
    }

    var values = values();
    assertThat(values.size()).isEqualTo(120);
    assertThat(values.get(0).asDouble()).isEqualTo(10);
    assertThat(values.get(119).asDouble()).isEqualTo(129);
  }

  private String lastTrend() {
    try {
      var values = values();
      return values.isEmpty() ? "" : values.get(values.size() - 1).toString();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private tools.jackson.databind.JsonNode values() throws Exception {
    return json(console.get("/api/v1/devices/ox-1/trends"))
        .path("metrics")
        .path("spo2.saturation")
        .path("values");
  }
}
