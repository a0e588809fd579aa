package io.medtwin.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.ditto.embedded.EmbeddedDitto;
import io.medtwin.ditto.embedded.EmbeddedDittoConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TwinSearchTest {

  private static final String GATEWAYS = "eq(attributes/class,\"gateway\")";

  @SuppressWarnings("NullAway.Init") // set before each test
  private EmbeddedDitto ditto;

  @BeforeEach
  void start() throws IOException {
    ditto = EmbeddedDitto.start(EmbeddedDittoConfig.inMemory(InstantSource.system()));
  }

  @AfterEach
  void stop() {
    ditto.close();
  }

  @Test
  void everyThingThatFitsIsFoundOverAllPages() throws Exception {
    for (int i = 0; i < TwinSearch.PAGE + 3; i++) {
      put("a.gateway:" + i, "{\"attributes\":{\"class\":\"gateway\",\"label\":\"gw-" + i + "\"}}");
    }
    put("a.pump:1", "{\"attributes\":{\"class\":\"infusion-pump\"}}");

    try (var search = search("ditto")) {
      var found = search.find(GATEWAYS, List.of("attributes/label"));

      assertThat(found).hasSize(TwinSearch.PAGE + 3);
      assertThat(found.stream().map(FoundThing::thingId)).doesNotHaveDuplicates().isSorted();
      assertThat(found)
          .allSatisfy(
              thing ->
                  assertThat(thing.text("attributes/label"))
                      .contains("gw-" + thing.thingId().substring("a.gateway:".length())));
    }
  }

  @Test
  void onlyWhatWasAskedForIsTold() throws Exception {
    put(
        "a.gateway:1",
        """
        {"attributes": {"class": "gateway", "label": "gw-1"},
         "features": {"link": {"properties": {"expiresAt": "2026-01-01T00:00:00.000Z", "seq": 7}},
                      "delivery": {"properties": {"pending": {"value": 12, "observedAt": "x"}}}}}
        """);

    try (var search = search("ditto")) {
      var thing =
          search
              .find(
                  GATEWAYS, List.of("features/link", "features/delivery/properties/pending/value"))
              .getFirst();

      assertThat(thing.leaves())
          .containsOnlyKeys(
              "features/link/properties/expiresAt",
              "features/link/properties/seq",
              "features/delivery/properties/pending/value");
      assertThat(thing.number("features/delivery/properties/pending/value")).contains(12.0);
      assertThat(thing.time("features/link/properties/expiresAt"))
          .contains(Instant.parse("2026-01-01T00:00:00Z"));
      assertThat(thing.time("features/link/properties/seq")).isEmpty();
      assertThat(thing.namespace()).isEqualTo("a.gateway");
    }
  }

  @Test
  void aRefusalNamesTheServerAndNeverThePassword() throws Exception {
    try (var search = search("wrong-password")) {
      assertThatThrownBy(() -> search.find(GATEWAYS, List.of()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("401")
          .hasMessageContaining(ditto.uri().toString())
          .hasMessageNotContaining("wrong-password");
    }
  }

  @Test
  void aWrongFilterIsRefusedNotEmpty() throws Exception {
    try (var search = search("ditto")) {
      assertThatThrownBy(() -> search.find("nonsense(", List.of()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("400");
    }
  }

  private TwinSearch search(String password) throws IOException {
    return new TwinSearch(
        DittoConfig.of(
            ditto.uri(),
            new DittoLogin.Basic("ditto", () -> password),
            DittoRoles.of("nginx:ditto")));
  }

  private void put(String id, String thing) throws Exception {
    var login = Base64.getEncoder().encodeToString("ditto:ditto".getBytes(StandardCharsets.UTF_8));
    try (var http = HttpClient.newHttpClient()) {
      var answer =
          http.send(
              HttpRequest.newBuilder(URI.create(ditto.uri() + "/api/2/things/" + id))
                  .header("Authorization", "Basic " + login)
                  .header("Content-Type", "application/json")
                  .PUT(HttpRequest.BodyPublishers.ofString(thing))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }
  }
}
