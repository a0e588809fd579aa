package io.medtwin.console.routes;

import io.medtwin.console.access.Role;
import io.medtwin.console.feed.Feed;
import io.medtwin.console.json.JsonWriter;
import io.medtwin.console.line.GatewayLine;
import io.medtwin.console.web.Call;
import io.medtwin.console.web.Failure;
import io.medtwin.console.web.Reply;
import io.medtwin.console.web.Route;
import io.medtwin.journal.JournalState.Health;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What machines ask: health, metrics, and the description of this API. */
final class PlainRoutes {

  /** A feed that has not looked for so long hangs, and so does what it looks at. */
  private static final Duration HANGS = Duration.ofSeconds(10);

  private static final String OPENAPI = "io/medtwin/console/openapi.yaml";

  private final Optional<GatewayLine> line;
  private final @Nullable Feed feed;
  private final Guard guard;
  private final Supplier<String> metrics;

  PlainRoutes(
      Optional<GatewayLine> line, @Nullable Feed feed, Guard guard, Supplier<String> metrics) {
    this.line = line;
    this.feed = feed;
    this.guard = guard;
    this.metrics = metrics;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/api/v1/openapi.yaml", call -> openapi()),
        new Route("GET", "/health/live", call -> health(hangs())),
        new Route("GET", "/health/ready", call -> health(notReady())),
        new Route("GET", "/metrics", this::metrics));
  }

  private static Reply openapi() throws IOException {
    try (var in = PlainRoutes.class.getClassLoader().getResourceAsStream(OPENAPI)) {
      if (in == null) {
        throw new IOException(OPENAPI + " is not on the class path");
      }
      return new Reply.Content(200, "application/yaml", in.readAllBytes(), java.util.Map.of());
    }
  }

  private Reply metrics(Call call) throws Failure {
    if (!call.isLocal() && !guard.isScraper(call)) {
      var unused = guard.check(call, Role.VIEWER);
    }
    return Reply.text(200, "text/plain; version=0.0.4; charset=utf-8", metrics.get());
  }

  private List<String> hangs() {
    var why = new ArrayList<String>();
    if (feed != null && feed.sinceLook().compareTo(HANGS) > 0) {
      why.add(
          "the gateway has not answered its console for " + feed.sinceLook().toSeconds() + " s");
    }
    return why;
  }

  private List<String> notReady() {
    var why = hangs();
    if (line.isEmpty() || feed == null || !why.isEmpty()) {
      return why;
    }
    var journal = line.get().journal();
    if (journal.health() != Health.OK) {
      why.add("the journal is " + journal.health().word() + ": " + journal.why());
    }
    if (!feed.wasReached()) {
      why.add("Ditto has not been reached yet");
    }
    return why;
  }

  private static Reply health(List<String> why) {
    var json =
        JsonWriter.object(
            out -> out.text("status", why.isEmpty() ? "ok" : "failing").texts("why", why));
    return new Reply.Content(why.isEmpty() ? 200 : 503, Reply.JSON, json, java.util.Map.of());
  }
}
