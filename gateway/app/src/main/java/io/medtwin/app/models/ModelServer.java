package io.medtwin.app.models;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.medtwin.app.generate.ModelPlace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a {@link ModelShelf} under {@code /models}: GET and HEAD only, without login, since a
 * model says nothing of a device in use. Apart from the line: what happens here delays no reading.
 */
final class ModelServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ModelServer.class);
  private static final String ROOT = "/" + ModelPlace.ROOT;
  private static final String PLENTY = "public, max-age=31536000, immutable";
  private static final int THREADS = 2;
  private static final int BACKLOG = 16;

  /** Connections at once; a further one is closed. */
  static final int MAX_CONNECTIONS = 32;

  /** Most URLs that a "not found" lists. */
  static final int LISTED = 100;

  static {
    // The JDK's server reads its limits from here, once, when it is first used.
    limit("jdk.httpserver.maxConnections", MAX_CONNECTIONS);
    limit("sun.net.httpserver.maxIdleConnections", 8);
    limit("sun.net.httpserver.idleInterval", 10);
    limit("sun.net.httpserver.maxReqTime", 5);
    limit("sun.net.httpserver.maxRspTime", 10);
    limit("sun.net.httpserver.maxReqHeaders", 50);
    limit("sun.net.httpserver.maxReqHeaderSize", 16_384);
  }

  private final HttpServer server;
  private final ExecutorService threads;

  private ModelServer(HttpServer server) {
    this.server = server;
    this.threads =
        Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().daemon().name("models-", 1).factory());
    server.setExecutor(threads);
  }

  private static void limit(String property, int value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, Integer.toString(value));
    }
  }

  /**
   * Takes an address.
   *
   * @throws IOException the address cannot be had
   */
  static ModelServer bind(InetSocketAddress address) throws IOException {
    if (address.isUnresolved()) {
      throw new IOException("models: there is no local address " + address.getHostString());
    }
    try {
      return new ModelServer(HttpServer.create(address, BACKLOG));
    } catch (IOException e) {
      throw new IOException("models: cannot listen on " + address + ": " + e.getMessage(), e);
    }
  }

  /** Begins to answer. */
  void serve(ModelShelf shelf) {
    server.createContext("/", exchange -> answer(shelf, exchange));
    server.start();
  }

  /** The port, which may have been chosen by the system. */
  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void answer(ModelShelf shelf, HttpExchange exchange) throws IOException {
    try (exchange) {
      var method = exchange.getRequestMethod();
      if (!method.equals("GET") && !method.equals("HEAD")) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        send(exchange, 405, "text/plain", bytes("GET and HEAD only; models are never changed.\n"));
        return;
      }
      var path = exchange.getRequestURI().getPath();
      if (path.equals(ROOT) || path.equals(ROOT + "/")) {
        send(exchange, 200, "application/json", bytes(list(shelf, "")));
        return;
      }
      var model = shelf.find(path.startsWith("/") ? path.substring(1) : path);
      if (model.isPresent()) {
        model(exchange, model.get());
      } else {
        send(exchange, 404, "application/json", bytes(list(shelf, "there is no such model here")));
      }
    } catch (RuntimeException e) {
      LOG.error("models: {} failed", exchange.getRequestMethod(), e);
      throw e;
    }
  }

  private static void model(HttpExchange exchange, byte[] body) throws IOException {
    var tag = "\"" + digest(body) + "\"";
    exchange.getResponseHeaders().set("ETag", tag);
    exchange.getResponseHeaders().set("Cache-Control", PLENTY);
    if (isKnown(exchange.getRequestHeaders(), tag)) {
      exchange.sendResponseHeaders(304, -1);
    } else {
      send(exchange, 200, ModelPlace.MEDIA_TYPE, body);
    }
  }

  private static boolean isKnown(Headers headers, String tag) {
    return headers.getOrDefault("If-None-Match", List.of()).stream()
        .flatMap(line -> List.of(line.split(",")).stream())
        .map(known -> known.strip().replaceFirst("^W/", ""))
        .anyMatch(known -> known.equals(tag) || known.equals("*"));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** What there is; names of profiles and a base URL need no escaping in JSON. */
  private static String list(ModelShelf shelf, String why) {
    var urls =
        shelf
            .urls()
            .limit(LISTED)
            .map(url -> "    \"" + url + "\"")
            .collect(Collectors.joining(",\n"));
    return "{\n"
        + (why.isEmpty() ? "" : "  \"error\": \"" + why + "\",\n")
        + "  \"models\": [\n"
        + urls
        + "\n  ]\n}\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String digest(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
