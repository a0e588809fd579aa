package io.medtwin.console.web;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A web server within {@link Limits}. Requests run on virtual threads, so that one that waits holds
 * up nothing; events need no thread at all.
 */
public final class WebServer implements AutoCloseable {

  private static final int THREADS = 12;
  private static final int SELECTORS = 1;
  private static final int ACCEPTORS = 1;

  /** Most further tries to listen at another address. */
  private static final int REBINDS = 20;

  private static final Duration REBIND_WAIT = Duration.ofMillis(100);

  private final Server server;
  private final Dispatch dispatch;
  private final Optional<Tls> tls;
  private final java.util.concurrent.ExecutorService requests;
  private volatile ServerConnector connector;

  private WebServer(
      Server server,
      Dispatch dispatch,
      Optional<Tls> tls,
      java.util.concurrent.ExecutorService requests,
      ServerConnector connector) {
    this.server = server;
    this.dispatch = dispatch;
    this.tls = tls;
    this.requests = requests;
    this.connector = connector;
  }

  /**
   * What it serves.
   *
   * @param gate turns requests away before anything answers them
   * @param routes who answers what
   * @param pages folder of pages on the class path, with a slash at its end
   * @param voice words failures
   */
  public record Service(Gate gate, List<Route> routes, String pages, Voice voice) {
    public Service {
      routes = List.copyOf(routes);
    }
  }

  /**
   * Starts a server.
   *
   * @param address to listen at
   * @param port to listen at, 0 for any that is free
   * @throws IOException it cannot listen there, or the certificate cannot be read
   */
  public static WebServer start(
      String address, int port, Optional<Tls> tls, Service service, ClassLoader loader)
      throws IOException {
    var requests =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("console-", 0).factory());
    var pool = new QueuedThreadPool(THREADS, 2, 60_000);
    pool.setName("console");
    pool.setDaemon(true);
    pool.setVirtualThreadsExecutor(requests);
    var server = new Server(pool);
    server.setStopTimeout(0);
    var dispatch =
        new Dispatch(
            service.gate(),
            service.routes(),
            new StaticFiles(service.pages(), loader),
            service.voice());
    server.setHandler(dispatch);
    server.setErrorHandler(new Refusals(service.voice()));
    var connector = connector(server, address, port, tls);
    server.addConnector(connector);
    var web = new WebServer(server, dispatch, tls, requests, connector);
    try {
      server.start();
      return web;
    } catch (Exception e) {
      web.close();
      throw new IOException(
          "the console cannot listen at " + address + ":" + port + ": " + cause(e), e);
    }
  }

  /**
   * Listens at another address of the same port. Connections that are there stay.
   *
   * @throws IOException it cannot listen there, and listens where it did
   */
  public synchronized void listenAt(String address) throws IOException {
    var before = connector;
    int port = before.getLocalPort();
    before.close();
    try {
      connector = started(address, port);
    } catch (IOException e) {
      connector = started(before.getHost(), port);
      throw e;
    }
  }

  /** The system gives a port back a moment after it was closed. */
  private ServerConnector started(String address, int port) throws IOException {
    for (int left = REBINDS; ; left--) {
      var next = connector(server, address, port, tls);
      try {
        next.start();
        server.addConnector(next);
        return next;
      } catch (Exception e) {
        if (left == 0) {
          throw new IOException(
              "the console cannot listen at " + address + ":" + port + ": " + cause(e), e);
        }
      }
      try {
        Thread.sleep(REBIND_WAIT);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the console is closed");
      }
    }
  }

  private static ServerConnector connector(
      Server server, String address, int port, Optional<Tls> tls) throws IOException {
    var http = new HttpConnectionFactory(configuration());
    ConnectionFactory[] factories = {http};
    if (tls.isPresent()) {
      var keys = new SslContextFactory.Server();
      keys.setKeyStore(PemKeys.read(tls.get()));
      keys.setKeyStorePassword(PemKeys.PASSWORD);
      keys.setIncludeProtocols("TLSv1.3", "TLSv1.2");
      keys.setSniRequired(false);
      factories =
          new ConnectionFactory[] {new SslConnectionFactory(keys, http.getProtocol()), http};
    }
    var connector = new ServerConnector(server, ACCEPTORS, SELECTORS, factories);
    connector.setHost(address);
    connector.setPort(port);
    connector.setIdleTimeout(Limits.IDLE.toMillis());
    connector.setAcceptQueueSize(Limits.ACCEPT_QUEUE);
    connector.addBean(new NetworkConnectionLimit(Limits.CONNECTIONS, connector));
    return connector;
  }

  private static HttpConfiguration configuration() {
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(Limits.HEADER_BYTES);
    http.setUriCompliance(UriCompliance.RFC3986);
    return http;
  }

  private static String cause(Throwable e) {
    var cause = e.getCause();
    return String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
  }

  /** Port it listens at. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Event streams that are open. */
  public int streams() {
    return dispatch.streams();
  }

  /** Clients that were dropped since they did not take their events. */
  public long dropped() {
    return dispatch.dropped();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the console's server does not stop", e);
    } finally {
      requests.shutdownNow();
    }
  }
}
