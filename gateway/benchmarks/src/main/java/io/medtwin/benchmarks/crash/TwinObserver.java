package io.medtwin.benchmarks.crash;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Another client of the twin endpoint: sees every event of every twin, in its order. */
final class TwinObserver implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final HttpClient client;
  private final WebSocket socket;

  private TwinObserver(HttpClient client, WebSocket socket) {
    this.client = client;
    this.socket = socket;
  }

  /**
   * Begins to watch; when this returns nothing is missed any more.
   *
   * @param endpoint {@code ws://host:port}
   * @param watch gets events one after the other
   */
  static TwinObserver start(URI endpoint, String user, String password, Consumer<Seen> watch)
      throws IOException, InterruptedException {
    var confirmed = new CountDownLatch(1);
    var client = HttpClient.newHttpClient();
    var credentials =
        Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    try {
      var socket =
          client
              .newWebSocketBuilder()
              .header("Authorization", "Basic " + credentials)
              .buildAsync(endpoint.resolve("/ws/2"), new Listener(watch, confirmed))
              .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      socket.sendText("START-SEND-EVENTS", true);
      if (!confirmed.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("the twin endpoint did not confirm an observer within " + LIMIT);
      }
      return new TwinObserver(client, socket);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("no observer at " + endpoint, e);
    }
  }

  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
  }

  private static final class Listener implements WebSocket.Listener {
    private final Consumer<Seen> watch;
    private final CountDownLatch confirmed;
    private final StringBuilder text = new StringBuilder();

    Listener(Consumer<Seen> watch, CountDownLatch confirmed) {
      this.watch = watch;
      this.confirmed = confirmed;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        var message = text.toString();
        text.setLength(0);
        if (message.equals("START-SEND-EVENTS:ACK")) {
          confirmed.countDown();
        } else {
          Seen.read(message).ifPresent(watch);
        }
      }
      socket.request(1);
      return null;
    }
  }
}
