package io.medtwin.app.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.app.TestInstallation;
import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.document.Document;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.keeper.DevicePlan;
import io.medtwin.twin.outbox.Facts;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.profile.ProfileReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class ModelsTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String THING = "/models/nonin-oem3/1.0.0/thing.tm.jsonld";

  @TempDir private Path folder;
  private final List<Models> opened = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    opened.forEach(Models::close);
    client.close();
  }

  @Test
  void aModelIsServedWithItsMediaTypeForEver() throws Exception {
    var models = open(Optional.empty());
    models.serve(List.of(device(nonin())), true);

    var answer = get(models, THING);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/tm+json");
    assertThat(header(answer, "Cache-Control")).contains("immutable");
    assertThat(JSON.readTree(answer.body()).path("version").path("model").asString())
        .isEqualTo("1.0.0");
  }

  @Test
  void everyLinkOfAThingLeadsToAModel() throws Exception {
    var models = open(Optional.empty());
    models.serve(List.of(device(nonin())), true);

    var links = JSON.readTree(get(models, THING).body()).path("links");

    assertThat(links.size()).isGreaterThan(5);
    for (var link : links) {
      var model = get(URI.create(link.path("href").asString()));
      assertThat(model.statusCode()).as(link.toString()).isEqualTo(200);
      assertThat(JSON.readTree(model.body()).has("@context")).isTrue();
    }
  }

  @Test
  void whoHasAModelIsToldSoWithoutItsContent() throws Exception {
    var models = open(Optional.empty());
    models.serve(List.of(device(nonin())), true);
    var tag = header(get(models, THING), "ETag");

    var again =
        client.send(
            HttpRequest.newBuilder(uri(models, THING)).header("If-None-Match", tag).build(),
            BodyHandlers.ofString());
    var head =
        client.send(
            HttpRequest.newBuilder(uri(models, THING)).HEAD().build(), BodyHandlers.ofString());

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "ETag")).isEqualTo(tag);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/models/nonin-oem3/9.9.9/thing.tm.jsonld",
        "/models/nonin-oem3/1.0.0/features/none.tm.jsonld",
        "/models/../secret.tm.jsonld",
        "/models/nonin-oem3/1.0.0/features/..%2F..%2F..%2F..%2Fsecret.tm.jsonld",
        "/models/nonin-oem3/1.0.0/",
        "/secret.tm.jsonld",
        "/",
      })
  void whatIsNotThereIsAnsweredWithWhatThereIs(String path) throws Exception {
    Files.writeString(folder.resolve("secret.tm.jsonld"), "secret");
    var models = open(Optional.empty());
    models.serve(List.of(device(nonin())), true);

    var answer = get(models, path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(JSON.readTree(answer.body()).path("models").path(0).asString())
        .isEqualTo(uri(models, THING).toString());
    assertThat(answer.body()).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
  void nothingCanBeChanged(String method) throws Exception {
    var models = open(Optional.empty());
    models.serve(List.of(device(nonin())), true);

    var answer =
        client.send(
            HttpRequest.newBuilder(uri(models, THING))
                .method(method, BodyPublishers.ofString("{}"))
                .build(),
            BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(header(answer, "Allow")).isEqualTo("GET, HEAD");
    assertThat(get(models, THING).statusCode()).isEqualTo(200);
  }

  @Test
  void anOldVersionStaysForTheThingsThatFollowIt() throws Exception {
    var models = open(Optional.empty());
    models.serve(List.of(device(profile("1.0.0", "spo2"))), true);
    models.close();

    var later = open(Optional.empty());
    later.serve(List.of(device(profile("1.1.0", "pulse"))), true);

    assertThat(get(later, "/models/mine/1.0.0/features/spo2.tm.jsonld").statusCode())
        .isEqualTo(200);
    assertThat(get(later, "/models/mine/1.1.0/features/pulse.tm.jsonld").statusCode())
        .isEqualTo(200);
    assertThat(get(later, "/models").body())
        .contains("/models/mine/1.0.0/thing.tm.jsonld", "/models/mine/1.1.0/thing.tm.jsonld");
  }

  @Test
  void aVersionNeverChangesAndNoNewThingFollowsOneThatSaysSomethingElse() throws Exception {
    var models = open(Optional.empty());
    models.serve(List.of(device(profile("1.0.0", "spo2"))), true);
    var before = get(models, "/models/mine/1.0.0/thing.tm.jsonld").body();
    models.close();

    var later = open(Optional.of(models.url().replace("/models", "")));
    var plans = later.serve(List.of(device(profile("1.0.0", "pulse"))), true);

    assertThat(get(later, "/models/mine/1.0.0/thing.tm.jsonld").body()).isEqualTo(before);
    assertThat(get(later, "/models/mine/1.0.0/features/pulse.tm.jsonld").statusCode())
        .isEqualTo(404);
    assertThat(plans).singleElement().satisfies(p -> assertThat(p.facts().definition()).isNull());
  }

  @Test
  void aGatewayThatMovesToAnotherAddressServesTheSameModels() throws Exception {
    open(Optional.of("http://old:1")).serve(List.of(device(nonin())), true);

    var models = open(Optional.of("https://new.example/twin"));
    var plans = models.serve(List.of(device(nonin())), true);

    assertThat(get(models, THING).body())
        .contains("\"https://new.example/twin/models/nonin-oem3/1.0.0/features/spo2.tm.jsonld\"")
        .doesNotContain("old:1");
    assertThat(plans)
        .singleElement()
        .satisfies(
            plan -> {
              var definition = plan.facts().definition();
              assertThat(definition).isNotNull();
              assertThat(definition.thing()).isEqualTo("https://new.example/twin" + THING);
              assertThat(definition.features())
                  .containsEntry(
                      "vendor",
                      "https://new.example/twin/models/nonin-oem3/1.0.0/features/vendor.tm.jsonld");
            });
  }

  @Test
  void withoutTheWishThingsFollowNoModel() throws Exception {
    var models = open(Optional.empty());

    assertThat(models.serve(List.of(device(nonin())), false))
        .singleElement()
        .satisfies(plan -> assertThat(plan.facts().definition()).isNull());
    assertThat(get(models, THING).statusCode()).isEqualTo(200);
  }

  @Test
  void atItsLimitTheShelfTakesNoMoreAndKeepsWhatItHas() throws Exception {
    var shelf = new ModelShelf(folder, "http://h", 1);
    assertThat(shelf.put(profile("1.0.0", "spo2"))).isTrue();

    assertThat(shelf.put(profile("1.1.0", "spo2"))).isFalse();
    assertThat(shelf.put(profile("1.0.0", "spo2"))).isTrue();
    assertThat(shelf.urls()).containsExactly("http://h/models/mine/1.0.0/thing.tm.jsonld");
  }

  /** A crash between two files must not leave half a version that then never changes. */
  @Test
  void whatACrashLeftHalfIsPutThereAnew() throws Exception {
    var half = Files.createDirectories(folder.resolve("models/mine/1.0.0/features"));
    Files.writeString(half.resolve("spo2.tm.jsonld"), "{ \"half\":");
    Files.createDirectories(folder.resolve("models-new-1/models"));

    var shelf = ModelShelf.open(folder, "http://h");

    assertThat(shelf.put(profile("1.0.0", "spo2"))).isTrue();
    var model = shelf.find("models/mine/1.0.0/features/spo2.tm.jsonld").orElseThrow();
    assertThat(JSON.readTree(model).has("properties")).isTrue();
  }

  /** It is the folder of the journal, and the shelf may be there first. */
  @Test
  void aFolderThatTheShelfMakesIsItsOwnersAlone() throws Exception {
    var journal = folder.resolve("journal");

    ModelShelf.open(journal, "http://h");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(journal)))
        .isEqualTo("rwx------");
  }

  @Test
  void moreConnectionsThanTheLimitAreClosedAndTheOthersServed() throws Exception {
    var models = open(Optional.empty());
    models.serve(List.of(device(nonin())), true);
    var sockets = new ArrayList<Socket>();
    try {
      int closed = 0;
      for (int i = 0; i < ModelServer.MAX_CONNECTIONS + 8; i++) {
        sockets.add(new Socket(InetAddress.getLoopbackAddress(), models.port()));
      }
      for (Socket socket : sockets.subList(ModelServer.MAX_CONNECTIONS, sockets.size())) {
        socket.setSoTimeout(10_000);
        closed += isClosed(socket) ? 1 : 0;
      }
      assertThat(closed).isEqualTo(8);

      var first = sockets.getFirst();
      first
          .getOutputStream()
          .write(
              ("GET " + THING + " HTTP/1.1\r\nHost: h\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(first.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 200");
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private static boolean isClosed(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException e) {
      return e.getMessage() != null && e.getMessage().contains("reset");
    }
  }

  @Test
  void anAddressThatIsTakenIsNamed() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var address = new InetSocketAddress("127.0.0.1", taken.getLocalPort());

      assertThatThrownBy(() -> Models.open(folder, address, Optional.empty()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("models: cannot listen on")
          .hasMessageContaining(Integer.toString(taken.getLocalPort()));
    }
  }

  private Models open(Optional<String> url) throws IOException {
    var models = Models.open(folder, new InetSocketAddress("127.0.0.1", 0), url);
    opened.add(models);
    return models;
  }

  private HttpResponse<String> get(Models models, String path) throws Exception {
    return get(uri(models, path));
  }

  private HttpResponse<String> get(URI uri) throws Exception {
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private static URI uri(Models models, String path) {
    return URI.create("http://127.0.0.1:" + models.port() + path);
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static DevicePlan device(Profile profile) {
    return new DevicePlan(
        new Facts("d", "clinic:d", "clinic:p", "gw", profile.driver(), Patch.EMPTY), profile);
  }

  private static Profile nonin() throws Exception {
    return TestInstallation.profiles().find("nonin-oem3").orElseThrow();
  }

  private static Profile profile(String version, String channel) throws Exception {
    var problems = new Problems();
    var root =
        Document.parse(
            "mine.yaml",
            """
            profile: mine
            version: %s
            manufacturer: M
            model: X
            class: wearable
            driver: senml
            channels: { %s: { value: { from: value, unit: "1" } } }
            """
                .formatted(version, channel),
            problems);
    var profile = ProfileReader.read(root.orElseThrow());
    problems.throwIfAny();
    return profile;
  }
}
