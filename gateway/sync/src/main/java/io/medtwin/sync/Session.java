package io.medtwin.sync;

import com.neovisionaries.ws.client.WebSocket;
import com.neovisionaries.ws.client.WebSocketAdapter;
import com.neovisionaries.ws.client.WebSocketCloseCode;
import com.neovisionaries.ws.client.WebSocketException;
import com.neovisionaries.ws.client.WebSocketFrame;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.ditto.client.DisconnectedDittoClient;
import org.eclipse.ditto.client.DittoClient;
import org.eclipse.ditto.client.DittoClients;
import org.eclipse.ditto.client.configuration.AuthenticationConfiguration;
import org.eclipse.ditto.client.configuration.MessagingConfiguration;
import org.eclipse.ditto.client.configuration.WebSocketMessagingConfiguration;
import org.eclipse.ditto.client.messaging.AuthenticationProvider;
import org.eclipse.ditto.client.messaging.MessagingProvider;
import org.eclipse.ditto.client.messaging.MessagingProviders;
import org.eclipse.ditto.protocol.Adaptable;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket to Ditto, from open to lost; never reopened. Every message sent over it gets its
 * {@link Reply}: the server's, or none after a time-out of our own or when the session ends.
 *
 * <p>The client would keep commands open for long after a cut and does not notice a peer that went
 * silent. So we count what is in flight ourselves, and listen for the pongs of the client's pings.
 */
final class Session {

  /** How long connecting, TLS and the WebSocket handshake may take together. */
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(15);

  private static final int TCP_CONNECT_LIMIT_MILLIS = 5_000;

  /** The client pings each 5 s; four of them unanswered are the end. */
  static final Duration SILENCE_LIMIT = Duration.ofSeconds(20);

  /** How long past our own time-out the client waits on, so that late replies are seen. */
  private static final Duration LATE_WINDOW = Duration.ofSeconds(10);

  /** How long the server may take to answer our close frame. */
  private static final long CLOSE_LIMIT_MILLIS = 1_000;

  /**
   * The end of a session.
   *
   * @param why for people
   * @param inFlight commands that got no reply because of it
   */
  record Loss(String why, int inFlight) {}

  private final LongAdder late;
  private final Set<CompletableFuture<Reply>> inFlight = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Loss> lost = new CompletableFuture<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final DisconnectedDittoClient client;
  private volatile @Nullable DittoClient connected;
  private volatile @Nullable WebSocket webSocket;
  private volatile @Nullable String lastError;
  private volatile long heardNanos = System.nanoTime();

  private Session(DittoConfig config, LongAdder late) throws NoSession {
    this.late = late;
    this.client = DittoClients.newInstance(provider(config));
  }

  /**
   * Opens a session; blocks for {@link #CONNECT_LIMIT} at most.
   *
   * @param config where and as whom
   * @param late counts replies that came after they had been given up
   * @throws NoSession if there is none
   */
  static Session open(DittoConfig config, LongAdder late) throws NoSession, InterruptedException {
    knock(Endpoint.of(config.endpoint()));
    Session session = new Session(config, late);
    boolean open = false;
    try {
      session.connected =
          session
              .client
              .connect()
              .toCompletableFuture()
              .get(CONNECT_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      open = true;
      return session;
    } catch (ExecutionException e) {
      throw NoSession.because(e, config.login());
    } catch (TimeoutException e) {
      throw new NoSession("no WebSocket handshake within " + CONNECT_LIMIT, false);
    } finally {
      if (!open) {
        session.close("not opened");
      }
    }
  }

  /**
   * Sends a message.
   *
   * @param message with a correlation id
   * @param limit when to give up
   * @return completes normally, within the limit
   */
  CompletableFuture<Reply> send(Adaptable message, Duration limit) {
    DittoClient open = connected;
    WebSocket socket = webSocket;
    if (open == null || socket == null || !socket.isOpen()) {
      return CompletableFuture.completedFuture(Reply.none("the connection is down"));
    }
    var reply = new CompletableFuture<Reply>();
    inFlight.add(reply);
    CompletableFuture<Reply> answered =
        reply
            .completeOnTimeout(
                Reply.none("no answer within " + limit), limit.toNanos(), TimeUnit.NANOSECONDS)
            .whenComplete((r, failure) -> inFlight.remove(reply));
    if (closed.get() || lost.isDone()) { // after adding, so that none slips through unanswered
      reply.complete(Reply.none("the connection is down"));
      return answered;
    }
    open.sendDittoProtocol(message)
        .whenComplete(
            (adaptable, failure) -> {
              if (adaptable == null) {
                reply.complete(Reply.none(failure == null ? "no answer" : failure.toString()));
              } else if (!reply.complete(Reply.of(adaptable))) {
                late.increment();
              }
            });
    return answered;
  }

  /** Blocks until the session is lost. */
  Loss awaitLoss() throws InterruptedException {
    while (true) {
      try {
        return lost.get(SILENCE_LIMIT.toMillis() / 4, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (System.nanoTime() - heardNanos > SILENCE_LIMIT.toNanos()) {
          lose("heard nothing for " + SILENCE_LIMIT);
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("never completed exceptionally", e);
      }
    }
  }

  /** Ends it; what is in flight gets no reply. Blocks for about 4 s at most; may be repeated. */
  void close(String why) {
    lose(why);
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    WebSocket socket = webSocket;
    if (socket != null) {
      if (socket.isOpen()) {
        socket.disconnect(WebSocketCloseCode.NORMAL, null, CLOSE_LIMIT_MILLIS);
      } else {
        drop(socket);
      }
    }
    client.destroy();
  }

  private void lose(String why) {
    if (lost.complete(new Loss(why, inFlight.size()))) {
      inFlight.forEach(reply -> reply.complete(Reply.none("connection lost: " + why)));
    }
  }

  /** Frees a thread that still waits for the handshake. */
  private static void drop(WebSocket socket) {
    try {
      Socket tcp = socket.getSocket();
      if (tcp != null) {
        tcp.close();
      }
    } catch (IOException e) {
      // it is closed, which is all we wanted
    }
  }

  /**
   * Finds out whether anybody listens. The client's own attempt has no time-out: against a host
   * that swallows packets it would hold a thread for minutes.
   */
  private static void knock(Endpoint endpoint) throws NoSession {
    try (Socket probe = new Socket()) {
      probe.connect(
          new InetSocketAddress(endpoint.host(), endpoint.port()), TCP_CONNECT_LIMIT_MILLIS);
    } catch (IOException e) {
      throw new NoSession(e.getClass().getSimpleName() + ": " + e.getMessage(), false);
    }
  }

  private MessagingProvider provider(DittoConfig config) throws NoSession {
    MessagingConfiguration.Builder messaging =
        WebSocketMessagingConfiguration.newBuilder()
            .endpoint(Endpoint.of(config.endpoint()).webSocket().toString())
            .timeout(config.commandTimeout().plus(LATE_WINDOW))
            .reconnectEnabled(false)
            .initialConnectRetryEnabled(false);
    if (config.trustedCa() != null) {
      try {
        messaging.trustStoreConfiguration(TrustedCa.read(config.trustedCa()));
      } catch (IOException e) {
        throw new NoSession("trusted CA: " + e.getMessage(), true);
      }
    }
    AuthenticationProvider<WebSocket> login = login(config.login());
    ExecutorService callbacks =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("ditto-reply-", 0).factory());
    ScheduledExecutorService timers =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().daemon().name("ditto-timer-", 0).factory(),
            // the client still schedules its own end after we ended it
            new ThreadPoolExecutor.DiscardPolicy());
    return MessagingProviders.webSocket(messaging.build(), new Watched(login), callbacks, timers);
  }

  private static AuthenticationProvider<WebSocket> login(DittoLogin login) throws NoSession {
    try {
      return Login.provider(login);
    } catch (RuntimeException e) { // whatever the supplier of the secret throws
      throw new NoSession(
          "no password or token for "
              + login.who()
              + " ("
              + e.getClass().getSimpleName()
              + "); make it available",
          true);
    }
  }

  /** Lets the client log in as ever, and gets hold of the socket and what happens on it. */
  private final class Watched extends WebSocketAdapter
      implements AuthenticationProvider<WebSocket> {

    private final AuthenticationProvider<WebSocket> login;

    Watched(AuthenticationProvider<WebSocket> login) {
      this.login = login;
    }

    @Override
    public AuthenticationConfiguration getConfiguration() {
      return login.getConfiguration();
    }

    @Override
    public void prepareAuthentication(WebSocket socket) {
      socket.addListener(this);
      login.prepareAuthentication(socket);
      webSocket = socket;
    }

    @Override
    public void destroy() {
      login.destroy();
    }

    @Override
    public void onFrame(WebSocket socket, WebSocketFrame frame) {
      heardNanos = System.nanoTime();
    }

    @Override
    public void onError(WebSocket socket, WebSocketException cause) {
      lastError = cause.getMessage();
    }

    @Override
    public void onDisconnected(
        WebSocket socket,
        @Nullable WebSocketFrame byServer,
        @Nullable WebSocketFrame byClient,
        boolean closedByServer) {
      if (closedByServer && byServer != null) {
        String reason = byServer.getCloseReason();
        lose(
            "closed by the server, code "
                + byServer.getCloseCode()
                + (reason == null ? "" : " " + reason));
      } else {
        String error = lastError;
        lose(error == null ? "closed without a word" : error);
      }
    }
  }
}
