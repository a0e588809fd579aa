package io.medtwin.ditto.embedded;

import static io.medtwin.ditto.embedded.Socket.envelope;
import static io.medtwin.ditto.embedded.Socket.merge;
import static io.medtwin.ditto.embedded.Socket.status;
import static io.medtwin.ditto.embedded.Socket.string;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was observed of a real server's WebSocket, one test each. */
class SocketProtocolTest {
  private static final String PUMP = "clinic.north.pump:1";
  private static final String ID = "\"correlation-id\":\"c-1\"";

  private EmbeddedDitto ditto;
  private Socket socket;
  private Socket other;

  @BeforeEach
  void connect() throws Exception {
    ditto =
        EmbeddedDitto.start(
            EmbeddedDittoConfig.inMemory(() -> Instant.parse("2026-02-19T08:00:00Z"))
                .withUsers(Map.of("ditto", "ditto", "nurse", "nurse")));
    socket = new Socket(ditto, "ditto");
    other = new Socket(ditto, "ditto");
  }

  @AfterEach
  void disconnect() {
    socket.close();
    other.close();
    ditto.close();
  }

  private void create(String attributes) throws Exception {
    JsonObject answer =
        socket.ask(
            envelope(
                PUMP,
                "create",
                "/",
                "{\"thingId\":\"" + PUMP + "\",\"attributes\":" + attributes + "}",
                ""));
    assertThat(status(answer)).isEqualTo(201);
  }

  private String attributes() throws Exception {
    return socket
        .ask(envelope(PUMP, "retrieve", "/attributes", "", ""))
        .getValue("value")
        .map(JsonValue::toString)
        .orElse("none");
  }

  @Test
  void anAnswerCarriesTopicPathStatusAndCorrelationId() throws Exception {
    JsonObject answer = socket.ask(envelope(PUMP, "modify", "/", "{\"attributes\":{\"a\":1}}", ID));
    assertThat(string(answer, "/topic"))
        .isEqualTo("clinic.north.pump/1/things/twin/commands/create");
    assertThat(string(answer, "/headers/correlation-id")).isEqualTo("c-1");
    assertThat(string(answer, "/headers/etag")).isEqualTo("\"rev:1\"");
    assertThat(status(answer)).isEqualTo(201);
    JsonObject again = socket.ask(envelope(PUMP, "modify", "/attributes/a", "2", ID));
    assertThat(string(again, "/topic"))
        .isEqualTo("clinic.north.pump/1/things/twin/commands/modify");
    assertThat(string(again, "/path")).isEqualTo("/attributes/a");
    assertThat(status(again)).isEqualTo(204);
    assertThat(again.contains(JsonPointer.of("/value"))).isFalse();
  }

  @Test
  void aSecondCreateConflicts() throws Exception {
    create("{}");
    JsonObject answer =
        socket.ask(envelope(PUMP, "create", "/", "{\"thingId\":\"" + PUMP + "\"}", ID));
    assertThat(status(answer)).isEqualTo(409);
    assertThat(string(answer, "/topic")).isEqualTo("clinic.north.pump/1/things/twin/errors");
    assertThat(string(answer, "/value/error")).isEqualTo("things:thing.conflict");
    assertThat(string(answer, "/headers/correlation-id")).isEqualTo("c-1");
  }

  @Test
  void aMergeWithoutItsContentTypeIsUnsupported() throws Exception {
    create("{}");
    JsonObject answer = socket.ask(envelope(PUMP, "merge", "/attributes", "{\"a\":1}", ID));
    assertThat(status(answer)).isEqualTo(415);
    assertThat(string(answer, "/value/error")).isEqualTo("mediatype.unsupported");
    assertThat(string(answer, "/headers/correlation-id")).isEqualTo("c-1");
  }

  @Test
  void ifEqualSkipAnswersAnEqualValueWith412() throws Exception {
    create("{\"a\":1}");
    JsonObject answer =
        socket.ask(merge(PUMP, "/attributes", "{\"a\":1}", "\"if-equal\":\"skip\""));
    assertThat(status(answer)).isEqualTo(412);
    assertThat(string(answer, "/value/error")).isEqualTo("things:precondition.failed");
  }

  @Test
  void ifEqualSkipMinimizingMergeSendsOnlyWhatChanged() throws Exception {
    create("{\"a\":1,\"b\":{\"c\":2,\"d\":3}}");
    other.subscribe("");
    JsonObject answer =
        socket.ask(
            merge(
                PUMP,
                "/attributes",
                "{\"a\":1,\"b\":{\"c\":2,\"d\":4}}",
                "\"if-equal\":\"skip-minimizing-merge\""));
    assertThat(status(answer)).isEqualTo(204);
    assertThat(other.next().getValue("value").map(JsonValue::toString))
        .contains("{\"b\":{\"d\":4}}");
  }

  @Test
  void tagsAndConditionsFailWithTwoDifferentCodes() throws Exception {
    create("{\"seq\":5}");
    JsonObject tag =
        socket.ask(merge(PUMP, "/attributes", "{\"seq\":6}", "\"if-match\":\"\\\"rev:9\\\"\""));
    JsonObject condition =
        socket.ask(
            merge(PUMP, "/attributes", "{\"seq\":6}", "\"condition\":\"lt(attributes/seq,5)\""));
    assertThat(status(tag)).isEqualTo(412);
    assertThat(status(condition)).isEqualTo(412);
    assertThat(string(tag, "/value/error")).isEqualTo("things:precondition.failed");
    assertThat(string(condition, "/value/error")).isEqualTo("things:condition.failed");
    assertThat(attributes()).isEqualTo("{\"seq\":5}");
  }

  @Test
  void epochAndSequenceFenceOffWhatIsOlder() throws Exception {
    create("{}");
    String link = "{\"features\":{\"link\":{\"properties\":{\"epoch\":%d,\"seq\":%d}}}}";
    String newer =
        "\"condition\":\"or(not(exists(features/link/properties/seq)),lt(features/link/properties/epoch,%1$d),"
            + "and(eq(features/link/properties/epoch,%1$d),lt(features/link/properties/seq,%2$d)))\"";
    int[][] writes = {{1, 7, 204}, {1, 7, 412}, {1, 6, 412}, {1, 8, 204}, {2, 1, 204}, {1, 9, 412}};
    for (int[] write : writes) {
      JsonObject answer =
          socket.ask(
              merge(
                  PUMP,
                  "/",
                  link.formatted(write[0], write[1]),
                  newer.formatted(write[0], write[1])));
      assertThat(status(answer)).as("epoch %s seq %s", write[0], write[1]).isEqualTo(write[2]);
    }
  }

  @Test
  void anUnwantedAnswerIsNotSentButTheEventIs() throws Exception {
    create("{}");
    other.subscribe("");
    socket.send(envelope(PUMP, "modify", "/attributes/a", "1", "\"response-required\":false"));
    assertThat(string(other.next(), "/topic"))
        .isEqualTo("clinic.north.pump/1/things/twin/events/created");
    assertThat(attributes()).isEqualTo("{\"a\":1}"); // and this is the first text since
  }

  @Test
  void requestedAcknowledgementsAreGivenOrTimeOut() throws Exception {
    create("{}");
    JsonObject persisted =
        socket.ask(
            envelope(
                PUMP,
                "modify",
                "/attributes/a",
                "1",
                "\"requested-acks\":[\"twin-persisted\"]," + ID));
    assertThat(status(persisted)).isEqualTo(201);
    JsonObject both =
        socket.ask(
            envelope(
                PUMP,
                "modify",
                "/attributes/a",
                "2",
                "\"requested-acks\":[\"twin-persisted\",\"search-persisted\"]," + ID));
    assertThat(status(both)).isEqualTo(200);
    assertThat(string(both, "/topic")).isEqualTo("clinic.north.pump/1/things/twin/acks");
    JsonObject unknown =
        socket.ask(
            envelope(
                PUMP,
                "modify",
                "/attributes/a",
                "3",
                "\"requested-acks\":[\"nobody\"],\"timeout\":\"10ms\"," + ID));
    assertThat(status(unknown)).isEqualTo(408);
    assertThat(string(unknown, "/headers/correlation-id")).isEqualTo("c-1");
  }

  @Test
  void malformedJsonIsAnsweredWithoutCorrelationId() throws Exception {
    JsonObject answer =
        socket.ask(
            "{\"topic\":\"clinic.north.pump/1/things/twin/commands/modify\",\"headers\":{"
                + ID
                + "}");
    assertThat(status(answer)).isEqualTo(400);
    assertThat(string(answer, "/value/error")).isEqualTo("json.invalid");
    assertThat(string(answer, "/headers/correlation-id")).isNull();
    assertThat(status(socket.ask("what?"))).isEqualTo(400);
  }

  @Test
  void aSessionGetsNoEventsOfItsOwnButAnotherOfTheSameSubjectDoes() throws Exception {
    socket.subscribe("");
    other.subscribe("");
    create("{}");
    JsonObject event = other.next();
    assertThat(string(event, "/topic")).isEqualTo("clinic.north.pump/1/things/twin/events/created");
    assertThat(string(event, "/headers/ditto-originator")).isEqualTo("nginx:ditto");
    assertThat(event.getValue("revision").map(JsonValue::asInt)).contains(1);
    assertThat(string(event, "/timestamp")).isEqualTo("2026-02-19T08:00:00Z");
    assertThat(status(other.ask(merge(PUMP, "/attributes", "{\"a\":1}", "")))).isEqualTo(204);
    JsonObject merged = socket.next();
    assertThat(string(merged, "/topic")).isEqualTo("clinic.north.pump/1/things/twin/events/merged");
    assertThat(merged.getValue("revision").map(JsonValue::asInt)).contains(2);
    assertThat(socket.waiting()).isZero();
  }

  @Test
  void aLiveEventNeedsItsRevision() throws Exception {
    String live =
        "{\"topic\":\"clinic.north.pump/1/things/live/events/modified\",\"path\":\"/attributes/a\",\"headers\":{},\"value\":1%s}";
    assertThat(status(socket.ask(live.formatted("")))).isEqualTo(400);
    socket.send(live.formatted(",\"revision\":1"));
    assertThat(status(socket.ask(envelope(PUMP, "retrieve", "/", "", "")))).isEqualTo(404);
  }

  @Test
  void nobodyAnswersALiveCommand() throws Exception {
    create("{\"a\":1}");
    JsonObject answer =
        socket.ask(
            "{\"topic\":\"clinic.north.pump/1/things/live/commands/modify\",\"path\":\"/attributes/a\",\"headers\":{},\"value\":2}");
    assertThat(status(answer)).isEqualTo(408);
    assertThat(attributes()).isEqualTo("{\"a\":1}");
  }

  @Test
  void subscriptionsAreAcknowledgedFilteredAndEnded() throws Exception {
    create("{}");
    for (String kind : new String[] {"MESSAGES", "LIVE-COMMANDS", "LIVE-EVENTS"}) {
      other.send("START-SEND-" + kind);
      assertThat(other.text()).isEqualTo("START-SEND-" + kind + ":ACK");
      other.send("STOP-SEND-" + kind);
      assertThat(other.text()).isEqualTo("STOP-SEND-" + kind + ":ACK");
    }
    other.subscribe(
        "?namespaces=clinic.north.pump,attic&filter=gt(attributes/seq,1)&extraFields=attributes/seq");
    socket.ask(merge(PUMP, "/attributes", "{\"seq\":1}", ""));
    socket.ask(merge(PUMP, "/attributes", "{\"seq\":2}", ""));
    JsonObject event = other.next();
    assertThat(event.getValue("revision").map(JsonValue::asInt)).contains(3);
    assertThat(event.getValue("extra").map(JsonValue::toString))
        .contains("{\"attributes\":{\"seq\":2}}");
    other.subscribe("?namespaces=attic");
    socket.ask(merge(PUMP, "/attributes", "{\"seq\":3}", ""));
    other.subscribe("?filter=and(eq(topic:action,'merged'),eq(resource:path,'/attributes/x'))");
    socket.ask(merge(PUMP, "/attributes/x", "1", ""));
    assertThat(other.next().getValue("revision").map(JsonValue::asInt)).contains(5);
    other.send("STOP-SEND-EVENTS");
    assertThat(other.text()).isEqualTo("STOP-SEND-EVENTS:ACK");
    socket.ask(merge(PUMP, "/attributes/x", "2", ""));
    assertThat(other.waiting()).isZero();
    assertThat(status(other.ask("START-SEND-EVENTS?filter=gt(attributes"))).isEqualTo(400);
  }

  @Test
  void whatMayNotBeReadIsNotHeardOf() throws Exception {
    create("{}");
    try (Socket nurse = new Socket(ditto, "nurse")) {
      nurse.subscribe("");
      socket.ask(merge(PUMP, "/attributes", "{\"a\":1}", ""));
      assertThat(status(nurse.ask(envelope(PUMP, "retrieve", "/", "", "")))).isEqualTo(404);
      JsonObject entry =
          socket.ask(
              "{\"topic\":\"clinic.north.pump/1/policies/commands/modify\",\"path\":\"/entries/nurses\",\"headers\":{},\"value\":"
                  + "{\"subjects\":{\"nginx:nurse\":{\"type\":\"user\"}},\"resources\":{\"thing:/attributes/b\":{\"grant\":[\"READ\"],\"revoke\":[]}}}}");
      assertThat(status(entry)).isEqualTo(201);
      socket.ask(merge(PUMP, "/attributes", "{\"a\":2}", ""));
      socket.ask(merge(PUMP, "/attributes", "{\"a\":3,\"b\":4}", ""));
      assertThat(nurse.next().getValue("value").map(JsonValue::toString)).contains("{\"b\":4}");
    }
  }

  @Test
  void thingsAndPoliciesAreRetrieved() throws Exception {
    create("{\"a\":{\"b\":1}}");
    socket.ask(envelope(PUMP, "modify", "/features/f", "{\"properties\":{\"x\":1}}", ""));
    assertThat(
            socket
                .ask(envelope(PUMP, "retrieve", "/features/f/properties/x", "", ""))
                .getValue("value")
                .map(JsonValue::asInt))
        .contains(1);
    JsonObject several =
        socket.ask(
            "{\"topic\":\"_/_/things/twin/commands/retrieve\",\"path\":\"/\",\"headers\":{},\"fields\":\"thingId\",\"value\":{\"thingIds\":[\""
                + PUMP
                + "\",\"no:such\"]}}");
    assertThat(several.getValue("value").map(JsonValue::toString))
        .contains("[{\"thingId\":\"" + PUMP + "\"}]");
    JsonObject policy =
        socket.ask(
            "{\"topic\":\"clinic.north.pump/1/policies/commands/retrieve\",\"path\":\"/\",\"headers\":{"
                + ID
                + "}}");
    assertThat(status(policy)).isEqualTo(200);
    assertThat(policy.getValue("value").map(JsonValue::toString).orElse(""))
        .contains("nginx:ditto");
    JsonObject missing =
        socket.ask(
            "{\"topic\":\"no/such/policies/commands/retrieve\",\"path\":\"/\",\"headers\":{"
                + ID
                + "}}");
    assertThat(string(missing, "/topic")).isEqualTo("no/such/policies/errors");
    assertThat(string(missing, "/value/error")).isEqualTo("policies:policy.notfound");
  }

  @Test
  void aDeletionIsAnEventWithoutValue() throws Exception {
    create("{\"a\":1}");
    other.subscribe("");
    assertThat(status(socket.ask(envelope(PUMP, "delete", "/attributes/a", "", ""))))
        .isEqualTo(204);
    assertThat(status(socket.ask(envelope(PUMP, "delete", "/", "", "")))).isEqualTo(204);
    JsonObject part = other.next();
    assertThat(string(part, "/topic")).endsWith("events/deleted");
    assertThat(string(part, "/path")).isEqualTo("/attributes/a");
    JsonObject whole = other.next();
    assertThat(string(whole, "/path")).isEqualTo("/");
    assertThat(whole.getValue("revision").map(JsonValue::asInt)).contains(3);
  }
}
