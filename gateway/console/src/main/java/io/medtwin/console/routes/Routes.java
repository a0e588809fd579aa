package io.medtwin.console.routes;

import io.medtwin.console.access.Access;
import io.medtwin.console.access.ScrapeToken;
import io.medtwin.console.feed.Feed;
import io.medtwin.console.line.FleetSource;
import io.medtwin.console.line.GatewayLine;
import io.medtwin.console.web.Call;
import io.medtwin.console.web.Failure;
import io.medtwin.console.web.Gate;
import io.medtwin.console.web.Route;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All paths. */
public final class Routes {

  private static final List<String> OF_A_GATEWAY =
      List.of(
          "gateway",
          "devices",
          "devices/{device}",
          "devices/{device}/trends",
          "devices/{device}/wave",
          "devices/{device}/tap",
          "recordings/{link}",
          "unclaimed",
          "flow",
          "ledger",
          "bundle",
          "events");

  private Routes() {}

  /**
   * All paths of a console.
   *
   * @param line its gateway, where there is one
   * @param feed looks at that gateway; null where there is none
   * @param metrics text for Prometheus
   * @param https whether browsers see the console by HTTPS
   * @param scrape opens the metrics to other machines
   * @param claimed is told when somebody claimed it
   */
  public static List<Route> of(
      Access access,
      Optional<GatewayLine> line,
      @Nullable Feed feed,
      FleetSource fleet,
      InstantSource clock,
      Supplier<String> metrics,
      boolean https,
      Optional<ScrapeToken> scrape,
      Runnable claimed) {
    var guard = new Guard(access, scrape);
    var routes = new ArrayList<Route>();
    routes.addAll(new SessionRoutes(access, guard, https, claimed).routes());
    routes.addAll(new FleetRoutes(new FleetCache(fleet, clock), guard).routes());
    routes.addAll(new PlainRoutes(line, feed, guard, metrics).routes());
    if (line.isPresent() && feed != null) {
      routes.addAll(new LineRoutes(line.get(), feed, guard, clock).routes());
    } else {
      routes.addAll(withoutGateway());
    }
    return routes;
  }

  private static List<Route> withoutGateway() {
    var paths = new ArrayList<Route>();
    for (String path : OF_A_GATEWAY) {
      paths.add(
          new Route(
              "GET",
              "/api/v1/" + path,
              call -> {
                throw Failure.notFound("this console shows a fleet only: it belongs to no gateway");
              }));
    }
    return paths;
  }

  /**
   * While nobody has claimed the console, it answers only those who call it by a loopback name: a
   * page of the internet whose name was made to point here calls it by its own.
   */
  public static Gate gate(Access access) {
    return call -> check(access, call);
  }

  private static void check(Access access, Call call) throws Failure {
    if (!access.isClaimed() && !call.isForLoopback()) {
      throw Failure.forbidden(
          "E-HOST",
          "nobody has claimed this console yet, so it answers only at localhost",
          "open it at this machine as http://localhost, and claim it");
    }
  }
}
