package io.medtwin.ditto.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Stream;

/** A curious user with curl. */
final class Http implements AutoCloseable {
  static final String MERGE_PATCH = "application/merge-patch+json";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient client = HttpClient.newHttpClient();
  private final EmbeddedDitto ditto;
  private final String authorization;

  Http(EmbeddedDitto ditto, String user) {
    this.ditto = ditto;
    this.authorization = basic(user, user);
  }

  static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send("GET", path, "", headers);
  }

  HttpResponse<String> put(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return send("PUT", path, body, headers);
  }

  HttpResponse<String> delete(String path, String... headers)
      throws IOException, InterruptedException {
    return send("DELETE", path, "", headers);
  }

  HttpResponse<String> patch(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return send(
        "PATCH",
        path,
        body,
        Stream.concat(Stream.of("content-type", MERGE_PATCH), Stream.of(headers))
            .toArray(String[]::new));
  }

  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    return client.send(
        request(method, path, body, headers).build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<Stream<String>> lines(String path, String... headers)
      throws IOException, InterruptedException {
    return client.send(
        request("GET", path, "", headers).build(), HttpResponse.BodyHandlers.ofLines());
  }

  /** Without saying who asks. */
  HttpResponse<String> anonymous(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(ditto.uri() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(ditto.uri() + path))
            .timeout(TIMEOUT)
            .header("authorization", authorization)
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    return headers.length == 0 ? request : request.headers(headers);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
