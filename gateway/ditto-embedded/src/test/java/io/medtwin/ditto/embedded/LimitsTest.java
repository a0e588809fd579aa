package io.medtwin.ditto.embedded;

import static io.medtwin.ditto.embedded.Socket.merge;
import static io.medtwin.ditto.embedded.Socket.status;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final String PUMP_PATH = "/api/2/things/a:1";

  @Test
  void aHundredParallelMergesToOneThingLoseNothing() throws Exception {
    int merges = 100;
    try (EmbeddedDitto ditto =
            EmbeddedDitto.start(EmbeddedDittoConfig.inMemory(() -> Instant.EPOCH));
        Http http = new Http(ditto, "ditto");
        Socket watcher = new Socket(ditto, "ditto");
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      http.put(PUMP_PATH, "{}");
      watcher.subscribe("");
      List<Callable<Integer>> writers = new ArrayList<>();
      for (int n = 0; n < merges; n++) {
        String patch = "{\"attributes\":{\"a%d\":%d,\"last\":%d}}".formatted(n, n, n);
        writers.add(() -> http.patch(PUMP_PATH, patch).statusCode());
      }
      for (Future<Integer> status : threads.invokeAll(writers)) {
        assertThat(status.get()).isEqualTo(204);
      }
      HttpResponse<String> read = http.get(PUMP_PATH + "/attributes");
      assertThat(JsonObject.of(read.body()).getSize()).isEqualTo(merges + 1);
      for (int revision = 2; revision <= merges + 1; revision++) {
        assertThat(watcher.next().getValue("revision").map(JsonValue::asInt)).contains(revision);
      }
    }
  }

  @Test
  void aSocketIsNotReadWhileTooManyOfItsCommandsAreUnanswered() throws Exception {
    int inWork = 5;
    try (EmbeddedDitto ditto =
            EmbeddedDitto.start(
                EmbeddedDittoConfig.inMemory(() -> Instant.EPOCH).withLimits(200, inWork));
        Http http = new Http(ditto, "ditto");
        Socket socket = new Socket(ditto, "ditto")) {
      http.put(PUMP_PATH, "{}");
      ditto.faults().hangNext(inWork);
      for (int n = 0; n < inWork; n++) {
        socket.send(merge("a:1", "/attributes", "{\"n\":" + n + "}", ""));
      }
      socket.sendLater(merge("a:1", "/attributes", "{\"held\":1}", ""));
      try (Socket free = new Socket(ditto, "ditto")) {
        assertThat(status(free.ask(merge("a:1", "/attributes", "{\"free\":1}", ""))))
            .isEqualTo(204);
      }
      assertThat(http.get(PUMP_PATH + "/attributes").body()).isEqualTo("{\"free\":1}");
      assertThat(ditto.counters().commands()).isEqualTo(1 + inWork + 1 + 1);
    }
  }

  @Test
  void fiveHundredCommandsInAFloodAreAllAnsweredInOrder() throws Exception {
    int commands = 500;
    try (EmbeddedDitto ditto =
            EmbeddedDitto.start(EmbeddedDittoConfig.inMemory(() -> Instant.EPOCH));
        Http http = new Http(ditto, "ditto");
        Socket socket = new Socket(ditto, "ditto")) {
      http.put(PUMP_PATH, "{}");
      for (int n = 0; n < commands; n++) {
        socket.sendLater(
            merge("a:1", "/attributes", "{\"n\":" + n + "}", "\"correlation-id\":\"" + n + "\""));
      }
      for (int n = 0; n < commands; n++) {
        assertThat(Socket.string(socket.next(), "/headers/correlation-id"))
            .isEqualTo(String.valueOf(n));
      }
      assertThat(http.get(PUMP_PATH).headers().firstValue("etag"))
          .contains("\"rev:" + (commands + 1) + "\"");
    }
  }

  @Test
  void aSlowConsumerLosesEventsAndHoldsNobodyUp() throws Exception {
    int bytes = 60_000;
    int outbound = 10;
    try (EmbeddedDitto ditto =
            EmbeddedDitto.start(
                EmbeddedDittoConfig.inMemory(() -> Instant.EPOCH).withLimits(outbound, 100));
        Http http = new Http(ditto, "ditto")) {
      http.put(PUMP_PATH, "{}");
      HttpResponse<Stream<String>> unread = http.lines(PUMP_PATH, "accept", "text/event-stream");
      Set<Integer> statuses = new HashSet<>();
      for (int n = 0; ditto.counters().eventsDropped() == 0; n++) {
        assertThat(n).as("writes until the unread stream drops").isLessThan(5_000);
        statuses.add(
            http.put(PUMP_PATH + "/attributes/blob", "\"" + n + "x".repeat(bytes) + "\"")
                .statusCode());
      }
      assertThat(statuses).containsExactlyInAnyOrder(201, 204);
      Iterator<String> lines = unread.body().iterator();
      assertThat(lines.next()).startsWith("data:");
    }
  }
}
