package io.medtwin.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Predicate;

/** Reads twins as anybody outside would: over HTTP, by the label of the device. */
public final class TwinReader {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final long PAUSE_MILLIS = 50;

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI ditto;

  /** A reader of that endpoint, as the user {@code ditto}. */
  public TwinReader(URI ditto) {
    this.ditto = ditto;
  }

  /** The twin of a device; a missing node while there is none. */
  public JsonNode twin(String label) throws IOException, InterruptedException {
    var filter =
        URLEncoder.encode("eq(attributes/label,\"" + label + "\")", StandardCharsets.UTF_8);
    var login = Base64.getEncoder().encodeToString("ditto:ditto".getBytes(StandardCharsets.UTF_8));
    var request =
        HttpRequest.newBuilder(ditto.resolve("/api/2/search/things?filter=" + filter))
            .header("Authorization", "Basic " + login)
            .build();
    var answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      return MissingNode.getInstance();
    }
    return JSON.readTree(answer.body()).path("items").path(0);
  }

  /** Waits until the twin is as told. */
  public JsonNode await(String label, String what, Predicate<JsonNode> condition)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    var twin = twin(label);
    while (!condition.test(twin)) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            label + " was not " + what + " within " + PATIENCE + "; it is " + twin);
      }
      Thread.sleep(PAUSE_MILLIS); // between looks at another process's state, not for time to pass
      twin = twin(label);
    }
    return twin;
  }

  /** Whether the device is online and something it measured is valid. */
  public static boolean isLive(JsonNode twin) {
    return status(twin).equals("online")
        && twin.path("features").findValuesAsText("validity").contains("valid");
  }

  /** The word for the state of its link. */
  public static String status(JsonNode twin) {
    return twin.path("features").path("link").path("properties").path("status").asText();
  }
}
