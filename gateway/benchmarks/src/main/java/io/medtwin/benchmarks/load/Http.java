package io.medtwin.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** The endpoint's HTTP API, as far as a run makes things with it. */
final class Http {

  private Http() {}

  static void putThings(URI endpoint, List<String> things)
      throws IOException, InterruptedException {
    var login = Base64.getEncoder().encodeToString("ditto:ditto".getBytes(StandardCharsets.UTF_8));
    try (var http = HttpClient.newHttpClient()) {
      for (String thing : things) {
        var put =
            HttpRequest.newBuilder(endpoint.resolve("/api/2/things/" + thing))
                .header("Authorization", "Basic " + login)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{}"))
                .build();
        int status = http.send(put, BodyHandlers.discarding()).statusCode();
        if (status >= 300) {
          throw new IOException("the endpoint answers " + status + " to " + thing);
        }
      }
    }
  }
}
