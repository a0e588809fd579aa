package io.medtwin.console.routes;

import io.medtwin.console.access.Role;
import io.medtwin.console.web.Failure;
import io.medtwin.console.web.Reply;
import io.medtwin.console.web.Route;
import java.io.IOException;
import java.util.List;

/** What is asked of Ditto. */
final class FleetRoutes {

  private final FleetCache fleet;
  private final Guard guard;

  FleetRoutes(FleetCache fleet, Guard guard) {
    this.fleet = fleet;
    this.guard = guard;
  }

  List<Route> routes() {
    return List.of(
        new Route(
            "GET",
            "/api/v1/fleet",
            guard.allow(Role.VIEWER, (call, caller) -> answer(fleet::gateways))),
        new Route(
            "GET",
            "/api/v1/fleet/{gateway}/devices",
            guard.allow(
                Role.VIEWER, (call, caller) -> answer(() -> fleet.devices(call.part("gateway"))))));
  }

  private interface Search {
    byte[] json() throws IOException;
  }

  private static Reply answer(Search search) throws Failure {
    try {
      return Reply.json(search.json());
    } catch (IOException e) {
      throw Failure.unavailable(
          "Ditto does not answer: " + e.getMessage(),
          "see whether Ditto runs; this page asks again");
    }
  }
}
