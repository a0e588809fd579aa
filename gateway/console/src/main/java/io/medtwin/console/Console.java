package io.medtwin.console;

import io.medtwin.console.access.Access;
import io.medtwin.console.feed.Feed;
import io.medtwin.console.line.FleetSource;
import io.medtwin.console.line.GatewayLine;
import io.medtwin.console.routes.Errors;
import io.medtwin.console.routes.Routes;
import io.medtwin.console.web.Route;
import io.medtwin.console.web.Tls;
import io.medtwin.console.web.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A console that runs. Any thread; closing it ends its threads, and nothing of the gateway. */
public final class Console implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Console.class);

  /** 2 to the 10th rounds: a tenth of a second on a small computer. */
  private static final int HASH_COST = 10;

  private static final String PAGES = "io/medtwin/console/pages/";

  private final Access access;
  private final @Nullable Feed feed;
  private final WebServer web;
  private final List<Route> routes;

  private Console(Access access, @Nullable Feed feed, WebServer web, List<Route> routes) {
    this.access = access;
    this.feed = feed;
    this.web = web;
    this.routes = routes;
  }

  /**
   * Starts a console.
   *
   * @param line the gateway it belongs to, or empty for a console of a fleet only
   * @param fleet every gateway that Ditto knows
   * @param clock of the gateway
   * @param metrics text for Prometheus, asked at each scrape
   * @throws IOException it cannot listen there, or a file of it cannot be read or written
   */
  public static Console start(
      ConsoleConfig config,
      Optional<GatewayLine> line,
      FleetSource fleet,
      InstantSource clock,
      Supplier<String> metrics)
      throws IOException {
    return start(config, line, fleet, clock, metrics, Feed.PULSE, HASH_COST);
  }

  static Console start(
      ConsoleConfig config,
      Optional<GatewayLine> line,
      FleetSource fleet,
      InstantSource clock,
      Supplier<String> metrics,
      Duration pulse,
      int cost)
      throws IOException {
    var access = Access.open(config.folder(), clock, cost);
    var feed = line.map(known -> Feed.start(known, clock, pulse)).orElse(null);
    try {
      var server = new AtomicReference<@Nullable WebServer>();
      var routes =
          Routes.of(
              access,
              line,
              feed,
              fleet,
              clock,
              metrics,
              config.https(),
              config.scrape(),
              () -> openUp(config, server.get()));
      var web =
          WebServer.start(
              access.isClaimed() ? config.address() : ConsoleConfig.LOOPBACK,
              config.port(),
              config.tls().map(files -> new Tls(files.certificates(), files.key())),
              new WebServer.Service(Routes.gate(access), routes, PAGES, Errors::json),
              Console.class.getClassLoader());
      server.set(web);
      LOG.info(
          "console: {}://{}:{}{}",
          config.tls().isPresent() ? "https" : "http",
          access.isClaimed() ? config.address() : "localhost",
          web.port(),
          access.isClaimed() ? "" : ", not claimed yet: this machine only");
      return new Console(access, feed, web, routes);
    } catch (IOException | RuntimeException e) {
      if (feed != null) {
        feed.close();
      }
      access.close();
      throw e;
    }
  }

  /** Once it is claimed, it listens where it was configured to. */
  private static void openUp(ConsoleConfig config, @Nullable WebServer web) {
    try {
      if (web != null && !InetAddress.getByName(config.address()).isLoopbackAddress()) {
        web.listenAt(config.address());
        LOG.info("console: listens at {}:{} now", config.address(), web.port());
      }
    } catch (IOException e) {
      LOG.error("console: {}; it goes on at this machine only", e.getMessage());
    }
  }

  /** Port it listens at. */
  public int port() {
    return web.port();
  }

  /** The code that claims the console, to be printed and kept nowhere; empty once it is claimed. */
  public Optional<String> oneTimeCode() {
    return access.oneTimeCode();
  }

  /** Clients that listen to events. */
  public int listeners() {
    return web.streams();
  }

  /** Clients that were dropped since they did not take their events. */
  public long droppedListeners() {
    return web.dropped();
  }

  List<Route> routes() {
    return routes;
  }

  @Override
  public void close() {
    if (feed != null) {
      feed.close();
    }
    web.close();
    access.close();
  }
}
