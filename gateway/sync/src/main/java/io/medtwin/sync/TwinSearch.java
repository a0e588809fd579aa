package io.medtwin.sync;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.eclipse.ditto.json.JsonArray;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonRuntimeException;
import org.eclipse.ditto.json.JsonValue;

/**
 * Questions to Ditto's search over HTTP ({@code GET /api/2/search/things}), page by page. Reads
 * only. Any thread, blocks.
 */
public final class TwinSearch implements AutoCloseable {

  /** Things of a page: the most that Ditto gives. */
  static final int PAGE = 200;

  /** Most things of one answer. */
  public static final int MOST = 25_000;

  /** Most octets of one page. */
  static final int PAGE_BYTES = 16 << 20;

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  private final DittoConfig config;
  private final URI base;
  private final HttpClient http;

  /**
   * A search at this Ditto.
   *
   * @throws IOException the file of trusted authorities cannot be read
   */
  public TwinSearch(DittoConfig config) throws IOException {
    this.config = config;
    this.base = Endpoint.of(config.endpoint()).http();
    var builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .followRedirects(HttpClient.Redirect.NEVER);
    if (config.trustedCa() != null) {
      builder.sslContext(TrustedCa.context(config.trustedCa()));
    }
    this.http = builder.build();
  }

  /**
   * All things that fit, by id, {@link #MOST} at most.
   *
   * @param filter in RQL, such as {@code eq(attributes/class,"gateway")}
   * @param fields what to tell of each, such as {@code attributes/label}
   * @throws IOException Ditto does not answer, or refuses, and why
   */
  public List<FoundThing> find(String filter, List<String> fields) throws IOException {
    var found = new ArrayList<FoundThing>();
    var coming = ask(filter, fields, "");
    try {
      while (true) {
        var page = page(coming);
        var items = page.getValue("items").filter(JsonValue::isArray).map(JsonValue::asArray);
        var cursor = page.getValue("cursor").filter(JsonValue::isString).map(JsonValue::asString);
        int behind = found.size() + items.map(JsonArray::getSize).orElse(0);
        boolean isLast = cursor.filter(text -> !text.isEmpty()).isEmpty() || behind >= MOST;
        if (!isLast) {
          coming = ask(filter, fields, cursor.get()); // Ditto looks while this page is read here
        }
        items.ifPresent(all -> all.forEach(item -> found.add(thing(item.asObject()))));
        if (isLast) {
          return found.size() > MOST ? List.copyOf(found.subList(0, MOST)) : List.copyOf(found);
        }
      }
    } catch (JsonRuntimeException | UnsupportedOperationException e) {
      throw new IOException(config.endpoint() + " answers a search with no JSON object", e);
    } finally {
      coming.cancel(true);
    }
  }

  private CompletableFuture<HttpResponse<InputStream>> ask(
      String filter, List<String> fields, String cursor) {
    var option =
        cursor.isEmpty()
            ? "size(" + PAGE + "),sort(+thingId)"
            : "size(" + PAGE + "),cursor(" + cursor + ")";
    var uri =
        URI.create(
            base
                + "/api/2/search/things?filter="
                + encoded(filter)
                + "&option="
                + encoded(option)
                + "&fields="
                + encoded("thingId," + String.join(",", fields)));
    var request =
        HttpRequest.newBuilder(uri)
            .timeout(config.commandTimeout())
            .header("Accept", "application/json")
            .header("Authorization", authorization())
            .build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
  }

  private JsonObject page(CompletableFuture<HttpResponse<InputStream>> coming) throws IOException {
    try {
      var response = coming.get();
      try (var body = response.body()) {
        if (response.statusCode() != 200) {
          throw new IOException(
              config.endpoint() + " answers a search with " + response.statusCode());
        }
        return JsonFactory.readFrom(text(body)).asObject();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while it searched", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failed
          ? failed
          : new IOException(config.endpoint() + " cannot be asked", e.getCause());
    }
  }

  private String text(InputStream body) throws IOException {
    var bytes = body.readNBytes(PAGE_BYTES + 1);
    if (bytes.length > PAGE_BYTES) {
      throw new IOException(
          config.endpoint() + " answers a search with more than " + PAGE_BYTES + " octets");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String authorization() {
    return switch (config.login()) {
      case DittoLogin.Basic basic ->
          "Basic "
              + Base64.getEncoder()
                  .encodeToString(
                      (basic.user() + ":" + basic.password().get())
                          .getBytes(StandardCharsets.UTF_8));
      case DittoLogin.Bearer bearer -> "Bearer " + bearer.token().get();
    };
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static FoundThing thing(JsonObject item) {
    var leaves = new HashMap<String, Object>();
    leaves("", item, leaves);
    return new FoundThing(String.valueOf(leaves.remove("thingId")), leaves);
  }

  private static void leaves(String path, JsonObject object, Map<String, Object> leaves) {
    object.forEach(
        field -> {
          var at = path.isEmpty() ? field.getKeyName() : path + "/" + field.getKeyName();
          var value = field.getValue();
          if (value.isObject()) {
            leaves(at, value.asObject(), leaves);
          } else if (value.isString()) {
            leaves.put(at, value.asString());
          } else if (value.isBoolean()) {
            leaves.put(at, value.asBoolean());
          } else if (value.isNumber()) {
            leaves.put(at, value.asDouble());
          } else if (!value.isNull()) {
            leaves.put(at, value.toString());
          }
        });
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
