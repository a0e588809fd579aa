package io.medtwin.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.medtwin.app.config.ConfigReader;
import io.medtwin.app.config.GatewayConfig;
import io.medtwin.app.console.ConsoleFiles;
import io.medtwin.app.console.PinnedCertificate;
import io.medtwin.twin.document.DocumentException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Talks to the console of the gateway that runs with a file, over its local API: as this machine's
 * user who may read the journal's folder.
 */
final class ConsoleClient implements AutoCloseable {

  private static final String ROOT = "/api/v1";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_BYTES = 64 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ConsoleFiles.Reach reach;
  private final HttpClient http;

  private ConsoleClient(ConsoleFiles.Reach reach, HttpClient http) {
    this.reach = reach;
    this.http = http;
  }

  /** What to do with a console. */
  interface Use {
    int with(ConsoleClient console) throws IOException, InterruptedException;
  }

  /** Reaches the console of the gateway of a file, or says why that cannot be. */
  static int of(Path file, Environment environment, Use use)
      throws IOException, InterruptedException {
    GatewayConfig config;
    try {
      config = new ConfigReader(environment.variables()).read(file);
    } catch (DocumentException e) {
      environment.err().println(e.getMessage());
      return ExitCode.CONFIG;
    }
    var reach = ConsoleFiles.read(config.journal().folder());
    var builder = HttpClient.newBuilder().connectTimeout(PATIENCE);
    var certificate = config.console().flatMap(GatewayConfig.Console::certificate);
    if (certificate.isPresent()) {
      builder.sslContext(PinnedCertificate.context(certificate.get().chain()));
    }
    try (var console = new ConsoleClient(reach, builder.build())) {
      return use.with(console);
    }
  }

  /**
   * Asks one thing, and tells the answer: as it came where JSON is wanted, else by {@code print}.
   */
  static int show(RunningGateway of, Environment environment, String path, Consumer<JsonNode> print)
      throws IOException, InterruptedException {
    return of(
        of.file,
        environment,
        console -> {
          var answer = console.get(path);
          if (of.json) {
            environment.out().println(answer.text());
          } else {
            print.accept(answer.json());
          }
          return ExitCode.OK;
        });
  }

  /**
   * An answer.
   *
   * @param text its body as it came
   * @param json its body read
   */
  record Answer(String text, JsonNode json) {}

  /** Asks. */
  Answer get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  /** Does something. */
  Answer post(String path, Map<String, Object> members) throws IOException, InterruptedException {
    var body = HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(members));
    return send(request(path).header("Content-Type", "application/json").POST(body));
  }

  /** Says something. */
  Answer put(String path, Map<String, Object> members) throws IOException, InterruptedException {
    var body = HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(members));
    return send(request(path).header("Content-Type", "application/json").PUT(body));
  }

  /** Takes something back. */
  Answer delete(String path) throws IOException, InterruptedException {
    return send(request(path).DELETE());
  }

  /** Opens what is downloaded for as long as it is read. */
  InputStream open(String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(reach.address().resolve(ROOT + path))
            .header("Authorization", "Bearer " + reach.token())
            .build();
    var response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      try (var body = response.body()) {
        throw refused(
            response.statusCode(), new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
      }
    }
    return response.body();
  }

  /** What is told of an event. */
  interface Listener {
    /** Returns whether to go on. */
    boolean told(String event, JsonNode data) throws InterruptedException;
  }

  /** Listens until the console or the listener ends it. */
  void listen(String path, Listener listener) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(reach.address().resolve(ROOT + path))
            .header("Authorization", "Bearer " + reach.token())
            .header("Accept", "text/event-stream")
            .build();
    var response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (var body = response.body()) {
      if (response.statusCode() != 200) {
        throw refused(
            response.statusCode(), new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
      }
      listen(new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)), listener);
    }
  }

  private static void listen(BufferedReader lines, Listener listener)
      throws IOException, InterruptedException {
    var event = "";
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("event: ")) {
        event = line.substring("event: ".length());
      } else if (line.startsWith("data: ")
          && !listener.told(event, JSON.readTree(line.substring("data: ".length())))) {
        return;
      }
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(reach.address().resolve(ROOT + path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + reach.token());
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<InputStream> response;
    try {
      response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (java.net.ConnectException e) {
      throw new IOException("nothing answers at " + reach.address() + ": the gateway is gone", e);
    }
    try (var body = response.body()) {
      var text = new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
      if (response.statusCode() / 100 != 2) {
        throw refused(response.statusCode(), text);
      }
      return new Answer(text, text.isEmpty() ? MissingNode.getInstance() : JSON.readTree(text));
    }
  }

  private IOException refused(int status, String text) {
    try {
      var error = JSON.readTree(text).path("error");
      return new IOException(
          error.path("message").asText("the console answers " + status)
              + (error.path("next").asText("").isEmpty()
                  ? ""
                  : "; " + error.path("next").asText()));
    } catch (IOException e) {
      return new IOException(reach.address() + " answers " + status, e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
