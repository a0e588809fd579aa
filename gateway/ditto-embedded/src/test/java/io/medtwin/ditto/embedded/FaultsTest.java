package io.medtwin.ditto.embedded;

import static io.medtwin.ditto.embedded.Socket.envelope;
import static io.medtwin.ditto.embedded.Socket.merge;
import static io.medtwin.ditto.embedded.Socket.status;
import static io.medtwin.ditto.embedded.Socket.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.ditto.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private static final String PUMP = "a:1";
  private static final String PUMP_PATH = "/api/2/things/a:1";

  private EmbeddedDitto ditto;
  private Http http;
  private Socket socket;

  @BeforeEach
  void start() throws Exception {
    ditto = EmbeddedDitto.start(EmbeddedDittoConfig.inMemory(() -> Instant.EPOCH));
    http = new Http(ditto, "ditto");
    socket = new Socket(ditto, "ditto");
    http.put(PUMP_PATH, "{\"attributes\":{\"a\":1}}");
  }

  @AfterEach
  void stop() {
    socket.close();
    http.close();
    ditto.close();
  }

  private String a() throws Exception {
    return http.get(PUMP_PATH + "/attributes/a").body();
  }

  @Test
  void theNextCommandsAreRefusedAndNotCarriedOut() throws Exception {
    ditto.faults().answerNext(2, 429);
    ditto.faults().answerNext(1, 503);
    JsonObject tooMany =
        socket.ask(merge(PUMP, "/attributes", "{\"a\":2}", "\"correlation-id\":\"c-1\""));
    assertThat(status(tooMany)).isEqualTo(429);
    assertThat(string(tooMany, "/headers/correlation-id")).isEqualTo("c-1");
    assertThat(http.put(PUMP_PATH + "/attributes/a", "3").statusCode()).isEqualTo(429);
    assertThat(http.put(PUMP_PATH + "/attributes/a", "4").statusCode()).isEqualTo(503);
    assertThat(a()).isEqualTo("1");
    assertThat(ditto.counters().answered(429)).isEqualTo(2);
    assertThat(ditto.counters().answered(503)).isEqualTo(1);
    assertThat(ditto.counters().commands()).isEqualTo(5);
  }

  @Test
  void aHangingCommandIsNeverAnsweredAndHoldsNothingElseUp() throws Exception {
    ditto.faults().hangNext(1);
    socket.send(merge(PUMP, "/attributes", "{\"a\":2}", ""));
    assertThat(
            socket
                .ask(envelope(PUMP, "retrieve", "/attributes/a", "", ""))
                .getValue("value")
                .map(Object::toString))
        .contains("1");
    assertThat(socket.waiting()).isZero();
  }

  @Test
  void anAnswerIsLostAfterTheCommandWasCarriedOut() throws Exception {
    ditto.faults().loseAnswersOfNext(1);
    socket.send(merge(PUMP, "/attributes", "{\"a\":2}", ""));
    assertThat(
            socket
                .ask(envelope(PUMP, "retrieve", "/attributes/a", "", ""))
                .getValue("value")
                .map(Object::toString))
        .contains("2");
  }

  @Test
  void aDelayedCommandIsOvertaken() throws Exception {
    ditto.faults().delayNext(1, Duration.ofMillis(50));
    socket.send(envelope(PUMP, "modify", "/attributes/a", "2", "\"correlation-id\":\"slow\""));
    socket.send(envelope(PUMP, "retrieve", "/attributes/a", "", "\"correlation-id\":\"quick\""));
    assertThat(string(socket.next(), "/headers/correlation-id")).isEqualTo("quick");
    assertThat(string(socket.next(), "/headers/correlation-id")).isEqualTo("slow");
  }

  @Test
  void clearedFaultsDoNotHappen() throws Exception {
    ditto.faults().hangNext(5);
    ditto.faults().clear();
    assertThat(a()).isEqualTo("1");
  }

  @Test
  void commandsBeyondTheRateAreRefusedAndNotCarriedOut() throws Exception {
    ditto.faults().limitRate(1);
    int stored = 0;
    for (int i = 2; i < 6; i++) {
      int status = http.put(PUMP_PATH + "/attributes/a", Integer.toString(i)).statusCode();
      stored += status == 204 ? 1 : 0;
      assertThat(status).isIn(204, 429);
    }
    assertThat(ditto.counters().answered(429)).isEqualTo(4 - stored).isPositive();
    ditto.faults().limitRate(0);
    assertThat(http.put(PUMP_PATH + "/attributes/a", "7").statusCode()).isEqualTo(204);
    assertThat(a()).isEqualTo("7");
  }

  @Test
  void droppedConnectionsEndAndNewOnesAreWelcome() throws Exception {
    ditto.faults().dropConnections();
    assertThat(socket.ended()).isNotEmpty();
    try (Socket again = new Socket(ditto, "ditto")) {
      assertThat(status(again.ask(envelope(PUMP, "retrieve", "/", "", "")))).isEqualTo(200);
    }
  }

  @Test
  void refusingConnectionsLeavesOpenOnesAlone() throws Exception {
    ditto.faults().refuseConnections();
    try (Http late = new Http(ditto, "ditto")) {
      assertThatThrownBy(() -> late.get(PUMP_PATH)).isInstanceOf(ConnectException.class);
      assertThat(status(socket.ask(envelope(PUMP, "retrieve", "/", "", "")))).isEqualTo(200);
      ditto.faults().acceptConnections();
      assertThat(late.get(PUMP_PATH).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aRestartKeepsPortAndTwins() throws Exception {
    int port = ditto.port();
    ditto.faults().restart();
    assertThat(socket.ended()).isNotEmpty();
    assertThat(ditto.port()).isEqualTo(port);
    try (Http late = new Http(ditto, "ditto")) {
      assertThat(late.get(PUMP_PATH + "/attributes/a").body()).isEqualTo("1");
    }
  }

  @Test
  void aTakenPortIsSaidAtStart() {
    assertThatThrownBy(
            () ->
                EmbeddedDitto.start(
                    EmbeddedDittoConfig.inMemory(() -> Instant.EPOCH).withPort(ditto.port())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(":" + ditto.port());
  }
}
