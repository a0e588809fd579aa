package io.medtwin.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the server sees of a login, in the request that opens the WebSocket. */
class LoginTest {

  private static final String TOKEN =
      base64("{\"alg\":\"none\"}") + "." + base64("{\"sub\":\"gw-07\",\"exp\":4102444800}") + ".x";

  @Test
  void aBearerTokenIsSentInTheHandshake() throws Exception {
    assertThat(handshake(new DittoLogin.Bearer(() -> TOKEN)))
        .startsWith("GET /ws/2 HTTP/1.1")
        .contains("Authorization: Bearer " + TOKEN);
  }

  @Test
  void aPasswordIsSentInTheHandshake() throws Exception {
    String encoded =
        Base64.getEncoder().encodeToString("gw-07:pä:ss".getBytes(StandardCharsets.UTF_8));

    assertThat(handshake(new DittoLogin.Basic("gw-07", () -> "pä:ss")))
        .contains("Authorization: Basic " + encoded);
  }

  private static List<String> handshake(DittoLogin login) throws Exception {
    var requests = new LinkedBlockingQueue<List<String>>();
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> refuseAll(server, requests));
      DittoConfig config =
          DittoConfig.of(
                  URI.create("http://127.0.0.1:" + server.getLocalPort()),
                  login,
                  DittoRoles.of("nginx:gw-07"))
              .withBackOff(new BackOff(Duration.ofMillis(1), Duration.ofMillis(10)));
      try (DittoBackend backend = new DittoBackend(config)) {
        backend.start();
        List<String> request = requests.poll(60, TimeUnit.SECONDS);
        assertThat(request).as("a request").isNotNull();
        return request == null ? List.of() : request;
      }
    }
  }

  private static void refuseAll(ServerSocket server, LinkedBlockingQueue<List<String>> requests) {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
        List<String> lines = new ArrayList<>();
        @Nullable String line = in.readLine();
        while (line != null && !line.isEmpty()) {
          lines.add(line);
          line = in.readLine();
        }
        if (!lines.isEmpty()) { // else somebody only knocked
          requests.add(lines);
          client
              .getOutputStream()
              .write(
                  "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"
                      .getBytes(StandardCharsets.US_ASCII));
        }
      } catch (IOException e) {
        // closed, or somebody hung up
      }
    }
  }

  private static String base64(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
