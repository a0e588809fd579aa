package io.medtwin.ditto.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpApiTest {
  private static final String PUMP = "/api/2/things/clinic.north.pump:1";

  private EmbeddedDitto ditto;
  private Http http;
  private Http nurse;

  @BeforeEach
  void start() throws Exception {
    ditto =
        EmbeddedDitto.start(
            EmbeddedDittoConfig.inMemory(() -> Instant.parse("2026-02-19T08:00:00Z"))
                .withUsers(Map.of("ditto", "ditto", "nurse", "nurse")));
    http = new Http(ditto, "ditto");
    nurse = new Http(ditto, "nurse");
  }

  @AfterEach
  void stop() {
    http.close();
    nurse.close();
    ditto.close();
  }

  private static String error(HttpResponse<String> response) {
    return JsonObject.of(response.body()).getValue("error").map(JsonValue::asString).orElse("");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void itSaysWhatItIsToWhoeverAsks() throws Exception {
    assertThat(http.anonymous("/").body()).contains("not Eclipse Ditto, not for production");
    assertThat(http.anonymous("/health").body()).isEqualTo("{\"status\":\"UP\"}");
    assertThat(http.anonymous("/status/health").statusCode()).isEqualTo(200);
  }

  @Test
  void whoDoesNotSayWhoTheyAreIsRefused() throws Exception {
    assertThat(http.anonymous(PUMP).statusCode()).isEqualTo(401);
    try (Http stranger = new Http(ditto, "stranger")) {
      assertThat(stranger.get(PUMP).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aThingIsPutReadPatchedAndDeleted() throws Exception {
    HttpResponse<String> created = http.put(PUMP, "{\"attributes\":{\"bed\":1}}");
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.headers().firstValue("etag")).contains("\"rev:1\"");
    assertThat(created.headers().firstValue("location")).contains(ditto.uri() + PUMP);

    assertThat(http.patch(PUMP, "{\"attributes\":{\"bed\":null,\"ward\":2}}").statusCode())
        .isEqualTo(204);
    HttpResponse<String> read = http.get(PUMP);
    assertThat(read.headers().firstValue("etag")).contains("\"rev:2\"");
    assertThat(read.body())
        .isEqualTo(
            "{\"thingId\":\"clinic.north.pump:1\",\"policyId\":\"clinic.north.pump:1\",\"attributes\":{\"ward\":2}}");

    assertThat(http.delete(PUMP).statusCode()).isEqualTo(204);
    assertThat(http.get(PUMP).statusCode()).isEqualTo(404);
    assertThat(error(http.get(PUMP))).isEqualTo("things:thing.notfound");
  }

  @Test
  void hiddenFieldsAreSeenWhenAskedFor() throws Exception {
    http.put(PUMP, "{\"attributes\":{\"bed\":1,\"ward\":2}}");
    assertThat(JsonObject.of(http.get(PUMP + "?fields=_revision,_modified,attributes/bed").body()))
        .isEqualTo(
            JsonObject.of(
                "{\"_revision\":1,\"_modified\":\"2026-02-19T08:00:00Z\",\"attributes\":{\"bed\":1}}"));
    assertThat(http.get(PUMP + "?fields=_policy").body()).contains("\"DEFAULT\"");
  }

  @Test
  void partsOfAThingHaveAddressesOfTheirOwn() throws Exception {
    http.put(PUMP, "{\"features\":{\"power\":{\"properties\":{\"source\":\"mains\"}}}}");
    assertThat(http.put(PUMP + "/attributes/location/unit", "\"ICU-1\"").statusCode())
        .isEqualTo(201);
    assertThat(http.put(PUMP + "/attributes/location/unit", "\"ICU-2\"").statusCode())
        .isEqualTo(204);
    assertThat(http.get(PUMP + "/attributes/location").body()).isEqualTo("{\"unit\":\"ICU-2\"}");
    assertThat(http.put(PUMP + "/features/power/properties/level", "83").statusCode())
        .isEqualTo(201);
    assertThat(http.get(PUMP + "/features/power/properties").body()).contains("\"level\":83");
    assertThat(http.put(PUMP + "/definition", "\"clinic:pump:1.0.0\"").statusCode()).isEqualTo(201);
    assertThat(http.get(PUMP + "/definition").body()).isEqualTo("\"clinic:pump:1.0.0\"");
    assertThat(http.get(PUMP + "/policyId").body()).isEqualTo("\"clinic.north.pump:1\"");
    assertThat(http.delete(PUMP + "/features/power/properties/level").statusCode()).isEqualTo(204);
    assertThat(error(http.get(PUMP + "/features/power/properties/level")))
        .isEqualTo("things:feature.property.notfound");
    assertThat(error(http.put(PUMP + "/features/none/properties/x", "1")))
        .isEqualTo("things:feature.notfound");
    assertThat(error(http.get(PUMP + "/attributes/none"))).isEqualTo("things:attribute.notfound");
    assertThat(http.get(PUMP + "/nonsense").statusCode()).isEqualTo(400);
  }

  @Test
  void aPatchOfAnUnknownThingCreatesItWithoutNulls() throws Exception {
    assertThat(
            http.patch(PUMP, "{\"attributes\":{\"a\":null,\"b\":{\"c\":null,\"d\":1}}}")
                .statusCode())
        .isEqualTo(201);
    assertThat(http.get(PUMP + "/attributes").body()).isEqualTo("{\"b\":{\"d\":1}}");
    assertThat(error(http.patch("/api/2/things/clinic:unknown/attributes", "{}")))
        .isEqualTo("things:thing.notfound");
  }

  @Test
  void aPatchMustBeAMergePatch() throws Exception {
    http.put(PUMP, "{}");
    HttpResponse<String> refused =
        http.send("PATCH", PUMP, "{}", "content-type", "application/json");
    assertThat(refused.statusCode()).isEqualTo(415);
  }

  @Test
  void malformedBodiesAndIdsAreTheCallersFault() throws Exception {
    assertThat(error(http.put(PUMP, "{\"attributes\""))).isEqualTo("json.invalid");
    assertThat(error(http.put("/api/2/things/no-namespace", "{}"))).isEqualTo("things:id.invalid");
    assertThat(http.put(PUMP, "{\"thingId\":\"an:other\"}").statusCode()).isEqualTo(400);
    assertThat(http.put(PUMP, "{\"policyId\":\"no:such\"}").statusCode()).isEqualTo(400);
    assertThat(http.send("POST", PUMP, "{}").statusCode()).isEqualTo(405);
  }

  @Test
  void tagsGuardWrites() throws Exception {
    assertThat(http.put(PUMP, "{}", "if-none-match", "*").statusCode()).isEqualTo(201);
    assertThat(error(http.put(PUMP, "{}", "if-none-match", "*")))
        .isEqualTo("things:precondition.failed");
    assertThat(error(http.put(PUMP, "{}", "if-match", "\"rev:7\"")))
        .isEqualTo("things:precondition.failed");
    assertThat(http.put(PUMP, "{}", "if-match", "\"rev:1\"").statusCode()).isEqualTo(204);
    assertThat(http.get(PUMP, "if-none-match", "\"rev:2\"").statusCode()).isEqualTo(304);
  }

  @Test
  void conditionsGuardReadsAndWrites() throws Exception {
    http.put(PUMP, "{\"attributes\":{\"seq\":5,\"name\":\"a, \\\"b\\\" ü\"}}");
    String newer = "lt(attributes/seq,6)";
    assertThat(http.patch(PUMP, "{\"attributes\":{\"seq\":6}}", "condition", newer).statusCode())
        .isEqualTo(204);
    assertThat(error(http.patch(PUMP, "{\"attributes\":{\"seq\":6}}", "condition", newer)))
        .isEqualTo("things:condition.failed");
    assertThat(http.get(PUMP + "?condition=" + encoded("eq(attributes/seq,7)")).statusCode())
        .isEqualTo(412);
    assertThat(
            http.get(PUMP + "?condition=" + encoded("eq(attributes/name,\"a, \\\"b\\\" ü\")"))
                .statusCode())
        .isEqualTo(200);
    assertThat(http.get(PUMP + "?condition=" + encoded("gt(attributes/none,1)")).statusCode())
        .isEqualTo(412);
    assertThat(error(http.get(PUMP + "?condition=" + encoded("eq(attributes/seq"))))
        .isEqualTo("things:condition.invalid");
  }

  @Test
  void anEqualValueIsSkippedWhenAskedTo() throws Exception {
    http.put(PUMP, "{\"attributes\":{\"a\":1}}");
    assertThat(error(http.put(PUMP + "/attributes/a", "1", "if-equal", "skip")))
        .isEqualTo("things:precondition.failed");
    assertThat(http.patch(PUMP, "{\"attributes\":{\"a\":1}}", "if-equal", "skip").statusCode())
        .isEqualTo(412);
    assertThat(
            http.patch(
                    PUMP, "{\"attributes\":{\"a\":1,\"b\":2}}", "if-equal", "skip-minimizing-merge")
                .statusCode())
        .isEqualTo(204);
    assertThat(http.put(PUMP + "/attributes/a", "1").statusCode()).isEqualTo(204);
    assertThat(http.get(PUMP).headers().firstValue("etag")).contains("\"rev:3\"");
  }

  @Test
  void aThingBeyondItsLimitIsRefused() throws Exception {
    http.put(PUMP, "{}");
    HttpResponse<String> refused =
        http.put(PUMP + "/attributes/blob", "\"" + "x".repeat(101 * 1024) + "\"");
    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(error(refused)).isEqualTo("things:thing.toolarge");
    assertThat(
            http.put(PUMP + "/attributes/blob", "\"" + "x".repeat(90 * 1024) + "\"").statusCode())
        .isEqualTo(201);
    assertThat(
            http.put(PUMP + "/attributes/more", "\"" + "x".repeat(20 * 1024) + "\"").statusCode())
        .isEqualTo(413);
  }

  @Test
  void aServerChosenNameIsToldByLocation() throws Exception {
    HttpResponse<String> created = http.send("POST", "/api/2/things", "{\"attributes\":{\"a\":1}}");
    assertThat(created.statusCode()).isEqualTo(201);
    String location = created.headers().firstValue("location").orElseThrow();
    assertThat(
            http.get(location.substring(ditto.uri().toString().length()) + "/attributes/a").body())
        .isEqualTo("1");
    assertThat(http.send("POST", "/api/2/things", "{\"thingId\":\"a:b\"}").statusCode())
        .isEqualTo(400);
  }

  @Test
  void severalThingsAreReadAtOnce() throws Exception {
    http.put("/api/2/things/a:1", "{}");
    http.put("/api/2/things/a:2", "{}");
    assertThat(http.get("/api/2/things?ids=a:1,a:2,a:3&fields=thingId").body())
        .isEqualTo("[{\"thingId\":\"a:1\"},{\"thingId\":\"a:2\"}]");
    assertThat(http.get("/api/2/things?fields=thingId").body())
        .isEqualTo("[{\"thingId\":\"a:1\"},{\"thingId\":\"a:2\"}]");
  }

  @Test
  void searchFiltersSortsAndPages() throws Exception {
    for (int bed = 1; bed <= 5; bed++) {
      http.put("/api/2/things/ward:" + bed, "{\"attributes\":{\"bed\":" + bed + "}}");
    }
    http.put("/api/2/things/attic:1", "{\"attributes\":{\"bed\":9}}");
    String search =
        "/api/2/search/things?fields=thingId&namespaces=ward&filter="
            + encoded("gt(attributes/bed,1)");
    String option = "&option=" + encoded("size(3),sort(-attributes/bed)");
    JsonObject first = JsonObject.of(http.get(search + option).body());
    assertThat(first.getValue("items").map(Object::toString))
        .contains("[{\"thingId\":\"ward:5\"},{\"thingId\":\"ward:4\"},{\"thingId\":\"ward:3\"}]");
    String cursor = first.getValue("cursor").map(JsonValue::asString).orElseThrow();
    assertThat(http.get(search + option + encoded(",cursor(" + cursor + ")")).body())
        .isEqualTo("{\"items\":[{\"thingId\":\"ward:2\"}]}");
    assertThat(
            http.get("/api/2/search/things/count?filter=" + encoded("exists(attributes/bed)"))
                .body())
        .isEqualTo("6");
    assertThat(error(http.get("/api/2/search/things?filter=" + encoded("gt(attributes/bed"))))
        .isEqualTo("rql.expression.invalid");
    assertThat(http.get("/api/2/search/things?option=" + encoded("size(201)")).statusCode())
        .isEqualTo(400);
    assertThat(nurse.get("/api/2/search/things/count").body()).isEqualTo("0");
  }

  @Test
  void pagesById_areMovedByNothingThatComesOrGoesBeforeThem() throws Exception {
    for (int bed = 1; bed <= 5; bed++) {
      http.put("/api/2/things/ward:" + bed, "{\"attributes\":{\"bed\":" + bed + "}}");
    }
    String search =
        "/api/2/search/things?fields=thingId&filter="
            + encoded("gt(attributes/bed,1)")
            + "&option=";
    String byId = "size(2),sort(+thingId)";
    JsonObject first = JsonObject.of(http.get(search + encoded(byId)).body());
    assertThat(first.getValue("items").map(Object::toString))
        .contains("[{\"thingId\":\"ward:2\"},{\"thingId\":\"ward:3\"}]");
    http.delete("/api/2/things/ward:2");
    http.put("/api/2/things/attic:1", "{\"attributes\":{\"bed\":9}}");
    String cursor = first.getValue("cursor").map(JsonValue::asString).orElseThrow();
    assertThat(http.get(search + encoded("size(2),cursor(" + cursor + ")")).body())
        .isEqualTo("{\"items\":[{\"thingId\":\"ward:4\"},{\"thingId\":\"ward:5\"}]}");
    for (String notOurs : List.of("", "!", "LTE", "MS41")) { // the last two: -1 and 1.5
      assertThat(http.get(search + encoded("cursor(" + notOurs + ")")).statusCode())
          .as("cursor(%s)", notOurs)
          .isEqualTo(400);
    }
  }

  @Test
  void aPolicySaysWhoMaySeeAndChangeWhat() throws Exception {
    http.put(
        PUMP,
        "{\"attributes\":{\"a\":1},\"features\":{\"link\":{\"properties\":{\"on\":true}},\"drug\":{\"properties\":{\"n\":1}}}}");
    String policy = "/api/2/policies/clinic.north.pump:1";
    assertThat(error(nurse.get(PUMP))).isEqualTo("things:thing.notfound");
    assertThat(error(nurse.get(policy))).isEqualTo("policies:policy.notfound");

    assertThat(
            http.put(
                    policy + "/entries/nurses",
                    "{\"subjects\":{\"nginx:nurse\":{\"type\":\"user\"}},\"resources\":{"
                        + "\"thing:/features/link\":{\"grant\":[\"READ\",\"WRITE\"],\"revoke\":[]}}}")
                .statusCode())
        .isEqualTo(201);
    assertThat(nurse.get(PUMP).body())
        .isEqualTo(
            "{\"thingId\":\"clinic.north.pump:1\",\"features\":{\"link\":{\"properties\":{\"on\":true}}}}");
    assertThat(
            nurse
                .patch(PUMP, "{\"features\":{\"link\":{\"properties\":{\"on\":false}}}}")
                .statusCode())
        .isEqualTo(204);
    HttpResponse<String> oneLeafForbidden =
        nurse.patch(
            PUMP,
            "{\"features\":{\"link\":{\"properties\":{\"on\":true}},\"drug\":{\"properties\":{\"n\":2}}}}");
    assertThat(oneLeafForbidden.statusCode()).isEqualTo(403);
    assertThat(
            error(
                nurse.patch(
                    PUMP + "/features/link/properties",
                    "{\"on\":true}",
                    "condition",
                    "eq(attributes/a,1)")))
        .isEqualTo("things:condition.failed");
    assertThat(
            nurse
                .put(policy + "/entries/nurses", "{\"subjects\":{},\"resources\":{}}")
                .statusCode())
        .isEqualTo(403);
    assertThat(nurse.delete(PUMP).statusCode()).isEqualTo(403);

    assertThat(http.delete(policy + "/entries/nurses/resources/thing:/features/link").statusCode())
        .isEqualTo(204);
    assertThat(nurse.get(PUMP).statusCode()).isEqualTo(404);
  }

  @Test
  void policiesAreEntitiesOfTheirOwn() throws Exception {
    String policy = "/api/2/policies/clinic.north:pumps";
    String body =
        "{\"entries\":{\"owner\":{\"subjects\":{\"nginx:ditto\":{\"type\":\"user\"}},\"resources\":{"
            + "\"policy:/\":{\"grant\":[\"READ\",\"WRITE\"],\"revoke\":[]},"
            + "\"thing:/\":{\"grant\":[\"READ\",\"WRITE\"],\"revoke\":[]}}}}}";
    assertThat(http.put(policy, body).statusCode()).isEqualTo(201);
    assertThat(http.put(policy, body).statusCode()).isEqualTo(204);
    assertThat(http.get(policy).headers().firstValue("etag")).contains("\"rev:2\"");
    assertThat(http.put(PUMP, "{\"policyId\":\"clinic.north:pumps\"}").statusCode()).isEqualTo(201);
    assertThat(http.get(policy + "/entries/owner/resources/thing:/").body()).contains("READ");
    assertThat(
            http.put(
                    policy + "/entries/owner/resources/message:/",
                    "{\"grant\":[\"READ\"],\"revoke\":[]}")
                .statusCode())
        .isEqualTo(201);
    assertThat(error(http.delete(policy + "/entries/owner")))
        .isEqualTo("policies:policy.modificationinvalid");
    assertThat(error(nurse.put("/api/2/policies/clinic.north:other", body)))
        .isEqualTo("policies:policy.modificationinvalid");
    assertThat(http.delete(policy).statusCode()).isEqualTo(204);
    assertThat(http.get(PUMP).statusCode()).isEqualTo(404);
  }

  @Test
  void changesAreStreamedFilteredAndCut() throws Exception {
    http.put(PUMP, "{\"attributes\":{\"seq\":1}}");
    HttpResponse<Stream<String>> stream =
        http.lines(
            PUMP + "?fields=thingId,_revision,attributes&filter=" + encoded("gt(attributes/seq,2)"),
            "accept",
            "text/event-stream");
    assertThat(stream.headers().firstValue("content-type")).contains("text/event-stream");
    http.put(PUMP + "/attributes/seq", "2");
    http.put(PUMP + "/attributes/seq", "3");
    Iterator<String> lines = stream.body().iterator();
    assertThat(lines.next())
        .startsWith("data:")
        .satisfies(
            line ->
                assertThat(JsonObject.of(line.substring(5)))
                    .isEqualTo(
                        JsonObject.of(
                            "{\"thingId\":\"clinic.north.pump:1\",\"_revision\":3,\"attributes\":{\"seq\":3}}")));
  }

  @Test
  void allThingsOfANamespaceAreStreamed() throws Exception {
    HttpResponse<Stream<String>> stream =
        http.lines("/api/2/things?namespaces=ward", "accept", "text/event-stream");
    http.put("/api/2/things/attic:1", "{}");
    http.put("/api/2/things/ward:1", "{\"attributes\":{\"a\":1}}");
    assertThat(stream.body().iterator().next()).contains("ward:1");
  }

  @Test
  void acknowledgementsThatNobodyGivesTimeOut() throws Exception {
    http.put(PUMP, "{}");
    assertThat(
            http.put(PUMP + "/attributes/a", "1", "requested-acks", "twin-persisted").statusCode())
        .isEqualTo(201);
    assertThat(
            http.put(PUMP + "/attributes/a", "2", "requested-acks", "search-persisted")
                .statusCode())
        .isEqualTo(204);
    assertThat(
            http.put(PUMP + "/attributes/a", "3", "requested-acks", "nobody", "timeout", "10ms")
                .statusCode())
        .isEqualTo(408);
    assertThat(http.get(PUMP + "/attributes/a").body()).isEqualTo("3");
  }

  @Test
  void anUnwantedResponseIsOnlyAccepted() throws Exception {
    http.put(PUMP, "{}");
    assertThat(http.put(PUMP + "/attributes/a", "1", "response-required", "false").statusCode())
        .isEqualTo(202);
    assertThat(http.get(PUMP + "/attributes/a").body()).isEqualTo("1");
  }
}
