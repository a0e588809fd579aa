package io.medtwin.sync;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonObject;

/** Reads back what a Ditto server has stored, over HTTP and so past the code under test. */
final class StoredThing {

  private StoredThing() {}

  static JsonObject read(TwinServer server, String thingId) {
    HttpResponse<String> response = get(server, "/api/2/things/" + thingId);
    if (response.statusCode() != 200) {
      throw new AssertionError("reading " + thingId + " gave " + response.statusCode());
    }
    return JsonFactory.newObject(response.body());
  }

  static JsonObject policy(TwinServer server, String policyId) {
    return JsonFactory.newObject(get(server, "/api/2/policies/" + policyId).body());
  }

  /** HTTP status of reading {@code things/…} or {@code policies/…}. */
  static int status(TwinServer server, String path) {
    return get(server, "/api/2/" + path).statusCode();
  }

  /** Takes {@code things/…} or {@code policies/…} away, if it is there. */
  static void delete(TwinServer server, String path) {
    send(server, "/api/2/" + path, "DELETE");
  }

  private static HttpResponse<String> get(TwinServer server, String path) {
    return send(server, path, "GET");
  }

  private static HttpResponse<String> send(TwinServer server, String path, String method) {
    String login = server.user() + ":" + server.password();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.base() + path))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
