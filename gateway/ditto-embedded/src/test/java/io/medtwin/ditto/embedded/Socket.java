package io.medtwin.ditto.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** A raw WebSocket on {@code /ws/2}. */
final class Socket implements WebSocket.Listener, AutoCloseable {
  private static final long SECONDS = 10;

  private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private final StringBuilder parts = new StringBuilder();
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebSocket socket;
  private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

  Socket(EmbeddedDitto ditto, String user) throws Exception {
    socket =
        client
            .newWebSocketBuilder()
            .header("authorization", Http.basic(user, user))
            .buildAsync(URI.create(ditto.socketUri() + "/ws/2"), this)
            .get(SECONDS, TimeUnit.SECONDS);
  }

  /** An envelope of a thing command; value and headers as JSON, either may be empty. */
  static String envelope(String thing, String action, String path, String value, String headers) {
    return "{\"topic\":\"%s/things/twin/commands/%s\",\"path\":\"%s\",\"headers\":{%s}%s}"
        .formatted(
            thing.replace(':', '/'),
            action,
            path,
            headers,
            value.isEmpty() ? "" : ",\"value\":" + value);
  }

  static String merge(String thing, String path, String value, String headers) {
    String all =
        "\"content-type\":\"application/merge-patch+json\""
            + (headers.isEmpty() ? "" : "," + headers);
    return envelope(thing, "merge", path, value, all);
  }

  void send(String text) throws Exception {
    sent = sent.thenCompose(before -> socket.sendText(text, true));
    sent.get(SECONDS, TimeUnit.SECONDS);
  }

  /** Without waiting until the text is on its way. */
  CompletableFuture<?> sendLater(String text) {
    sent = sent.thenCompose(before -> socket.sendText(text, true));
    return sent;
  }

  String text() throws InterruptedException {
    String text = texts.poll(SECONDS, TimeUnit.SECONDS);
    assertThat(text).as("an answer within %s s", SECONDS).isNotNull();
    return text;
  }

  JsonObject next() throws InterruptedException {
    return JsonObject.of(text());
  }

  /** Sends and takes the next text, which is the answer as long as nothing is subscribed. */
  JsonObject ask(String text) throws Exception {
    send(text);
    return next();
  }

  void subscribe(String parameters) throws Exception {
    send("START-SEND-EVENTS" + parameters);
    assertThat(text()).isEqualTo("START-SEND-EVENTS:ACK");
  }

  static int status(JsonObject envelope) {
    return envelope.getValue("status").map(JsonValue::asInt).orElseThrow();
  }

  static @Nullable String string(JsonObject envelope, String pointer) {
    return envelope.getValue(JsonPointer.of(pointer)).map(JsonValue::asString).orElse(null);
  }

  int waiting() {
    return texts.size();
  }

  /** How the connection ended. */
  String ended() throws Exception {
    return ended.get(SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void onOpen(WebSocket webSocket) {
    webSocket.request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    parts.append(data);
    if (last) {
      texts.add(parts.toString());
      parts.setLength(0);
    }
    webSocket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
    ended.complete("closed " + statusCode);
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    ended.complete("broken");
  }

  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
  }
}
