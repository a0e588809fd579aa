package io.medtwin.console;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A console over a scripted line, and somebody who asks it. */
final class TestConsole implements AutoCloseable {

  static final String PASSWORD = "correct horse battery";
  private static final JsonMapper JSON = new JsonMapper();
  private static final int CHEAPEST_HASH = 4;
  private static final long POLL_NANOS = 2_000_000;

  final ManualClock clock = new ManualClock();
  final ScriptedLine line = new ScriptedLine(clock);
  final ScriptedFleet fleet = new ScriptedFleet();
  final Path folder;
  final Console console;
  private final HttpClient client = HttpClient.newHttpClient();

  TestConsole(Path folder) throws IOException {
    this(ConsoleConfig.local(0, folder), true);
  }

  TestConsole(ConsoleConfig config, boolean withLine) throws IOException {
    this(config, withLine, unchanged -> {});
  }

  TestConsole(ConsoleConfig config, boolean withLine, Consumer<ScriptedLine> script)
      throws IOException {
    script.accept(line);
    this.folder = config.folder();
    this.console =
        Console.start(
            config,
            withLine ? Optional.of(line) : Optional.empty(),
            fleet,
            clock,
            () -> "medtwin_up 1\n",
            Duration.ofMillis(20),
            CHEAPEST_HASH);
  }

  /** Somebody who is logged in. */
  record Login(String cookie, String csrf) {
    /** Headers of a request. */
    String[] headers() {
      return new String[] {"Cookie", cookie, "X-CSRF", csrf};
    }

    /** Headers of a request that forgets the token. */
    String[] withoutCsrf() {
      return new String[] {"Cookie", cookie};
    }
  }

  static final String[] NOTHING = {};

  int port() {
    return console.port();
  }

  String token() throws IOException {
    return Files.readString(folder.resolve("console.token"));
  }

  String[] bearer() throws IOException {
    return new String[] {"Authorization", "Bearer " + token()};
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return ask("GET", path, "", headers);
  }

  HttpResponse<String> ask(String method, String path, String body, String... headers)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path))
            .timeout(Duration.ofSeconds(20))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  static JsonNode json(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }

  static String object(Map<String, Object> fields) {
    return JSON.writeValueAsString(fields);
  }

  /** Claims the console; whoever does is its admin. */
  Login claim() throws Exception {
    var code = console.oneTimeCode().orElseThrow();
    return login(
        ask(
            "POST",
            "/api/v1/claim",
            object(Map.of("code", code, "user", "root", "password", PASSWORD))));
  }

  Login login(String user) throws Exception {
    return login(
        ask("POST", "/api/v1/session", object(Map.of("user", user, "password", PASSWORD))));
  }

  /** A user of this role, who is logged in. */
  Login user(String name, String role, Login admin) throws Exception {
    var put =
        ask(
            "PUT",
            "/api/v1/users/" + name,
            object(Map.of("role", role, "password", PASSWORD)),
            admin.headers());
    if (put.statusCode() != 204) {
      throw new AssertionError(put.statusCode() + " " + put.body());
    }
    return login(name);
  }

  private static Login login(HttpResponse<String> response) {
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    var cookie = response.headers().firstValue("Set-Cookie").orElseThrow();
    return new Login(
        cookie.substring(0, cookie.indexOf(';')), json(response).path("csrf").asString());
  }

  /** Sends these bytes, and gives what comes back until the connection ends. */
  String raw(String request) throws IOException {
    try (var socket = new Socket("localhost", port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** A client of events. */
  Listener listen(String path, String... headers) throws IOException {
    return new Listener(port(), path, headers);
  }

  /** Waits until something is so. */
  static void until(String what, BooleanSupplier is) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!is.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not so after 20 s: " + what);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** One connection that listens. */
  static final class Listener implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    final String head;

    private Listener(int port, String path, String... headers) throws IOException {
      socket = new Socket();
      socket.setReceiveBufferSize(16 * 1024);
      socket.connect(new java.net.InetSocketAddress("localhost", port));
      socket.setSoTimeout(20_000);
      var request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
      for (int i = 0; i < headers.length; i += 2) {
        request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
      }
      socket
          .getOutputStream()
          .write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
      in = new java.io.BufferedInputStream(socket.getInputStream());
      head = head();
    }

    private String head() throws IOException {
      var lines = new StringBuilder();
      for (String text = line(); !text.isEmpty(); text = line()) {
        lines.append(text).append('\n');
      }
      return lines.toString();
    }

    int status() {
      return Integer.parseInt(head.substring(9, 12));
    }

    /** The next event of this name; those of other names are passed over. */
    JsonNode next(String name) throws IOException {
      while (true) {
        var text = line();
        if (text.equals("event: " + name)) {
          return JSON.readTree(line().substring("data: ".length()));
        }
      }
    }

    /** Names of the next events. */
    List<String> names(int count) throws IOException {
      var names = new ArrayList<String>();
      while (names.size() < count) {
        var text = line();
        if (text.startsWith("event: ")) {
          names.add(text.substring("event: ".length()));
        }
      }
      return names;
    }

    /** Reads until the server ends it. */
    void untilEnd() throws IOException {
      var unused = in.readAllBytes();
    }

    /** A line; the sizes of chunks are lines of their own, which nobody asks for. */
    private String line() throws IOException {
      var text = new java.io.ByteArrayOutputStream();
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0) {
          throw new IOException("the server ended it");
        }
        if (next != '\r') {
          text.write(next);
        }
      }
      return text.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Override
  public void close() {
    client.close();
    console.close();
  }
}
