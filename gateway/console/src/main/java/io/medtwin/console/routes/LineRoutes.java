package io.medtwin.console.routes;

import io.medtwin.console.access.Caller;
import io.medtwin.console.access.Role;
import io.medtwin.console.api.DetailJson;
import io.medtwin.console.api.DeviceJson;
import io.medtwin.console.api.FlowJson;
import io.medtwin.console.api.GatewayJson;
import io.medtwin.console.api.LedgerJson;
import io.medtwin.console.api.UnclaimedJson;
import io.medtwin.console.feed.Feed;
import io.medtwin.console.json.JsonWriter;
import io.medtwin.console.line.Claim;
import io.medtwin.console.line.GatewayLine;
import io.medtwin.console.line.Refusal;
import io.medtwin.console.web.Call;
import io.medtwin.console.web.Failure;
import io.medtwin.console.web.Reply;
import io.medtwin.console.web.Route;
import io.medtwin.twin.keeper.Maintenance;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is asked of the gateway this console belongs to. */
final class LineRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(LineRoutes.class);
  private static final long LONGEST_MUTE_MINUTES = Duration.ofDays(30).toMinutes();
  private static final int MOST_REASON_CHARS = 200;

  /** Bundles written at the same time; one more is answered 429. */
  private static final int BUNDLES = 1;

  private final GatewayLine line;
  private final Feed feed;
  private final Guard guard;
  private final InstantSource clock;
  private final Streams streams;
  private final Semaphore bundles = new Semaphore(BUNDLES);

  LineRoutes(GatewayLine line, Feed feed, Guard guard, InstantSource clock) {
    this.line = line;
    this.feed = feed;
    this.guard = guard;
    this.clock = clock;
    this.streams = new Streams(line, feed, guard);
  }

  List<Route> routes() {
    return List.of(
        view("/gateway", call -> GatewayJson.of(line, clock.instant())),
        view("/devices", call -> devices()),
        view("/devices/{device}", this::device),
        view("/devices/{device}/trends", this::trends),
        new Route("GET", "/api/v1/devices/{device}/wave", guard.allow(Role.VIEWER, streams::wave)),
        new Route(
            "GET", "/api/v1/devices/{device}/tap", guard.allow(streams::tapper, streams::tap)),
        new Route(
            "GET", "/api/v1/recordings/{link}", guard.allow(streams::tapper, this::recording)),
        new Route("PUT", "/api/v1/devices/{device}/mute", guard.allow(Role.BIOMED, this::mute)),
        new Route(
            "DELETE", "/api/v1/devices/{device}/mute", guard.allow(Role.BIOMED, this::unmute)),
        view("/unclaimed", call -> UnclaimedJson.of(line)),
        new Route("POST", "/api/v1/unclaimed/claim", guard.allow(Role.BIOMED, this::claim)),
        view("/flow", call -> FlowJson.of(line, feed.rates())),
        view("/ledger", call -> LedgerJson.of(line, clock.instant())),
        new Route("GET", "/api/v1/bundle", guard.allow(Role.ADMIN, this::bundle)),
        new Route("GET", "/api/v1/events", guard.allow(Role.VIEWER, streams::events)));
  }

  private interface View {
    byte[] json(Call call) throws Failure;
  }

  private Route view(String path, View view) {
    return new Route(
        "GET",
        "/api/v1" + path,
        guard.allow(Role.VIEWER, (call, caller) -> Reply.json(view.json(call))));
  }

  private byte[] devices() {
    var now = clock.instant();
    var devices = line.devices().stream().map(device -> DeviceJson.of(device, now)).toList();
    return JsonWriter.object(out -> out.time("at", now).raw("devices", devices));
  }

  private byte[] device(Call call) throws Failure {
    var device = line.device(call.part("device"));
    if (device.isEmpty()) {
      throw Streams.noSuchDevice();
    }
    return DetailJson.of(device.get(), line, clock.instant());
  }

  private byte[] trends(Call call) throws Failure {
    streams.checkDevice(call);
    return feed.trends(call.part("device"));
  }

  private Reply mute(Call call, Caller caller) throws Failure {
    var body = Body.read(call, Set.of("reason", "minutes"));
    var reason = body.text("reason").strip();
    long minutes = body.whole("minutes");
    if (reason.isEmpty() || reason.length() > MOST_REASON_CHARS) {
      throw Failure.invalid(
          "a reason has 1 to " + MOST_REASON_CHARS + " characters, and names no patient",
          List.of());
    }
    if (minutes < 1 || minutes > LONGEST_MUTE_MINUTES) {
      throw Failure.invalid(
          "maintenance lasts 1 to " + LONGEST_MUTE_MINUTES + " minutes", List.of());
    }
    var device = call.part("device");
    var until = clock.instant().plus(Duration.ofMinutes(minutes));
    try {
      line.mute(device, new Maintenance(reason, until, caller.name()));
    } catch (Refusal e) {
      throw Errors.of(e);
    }
    LOG.info("console: {} put {} into maintenance until {}", caller.name(), device, until);
    return Reply.done(Map.of());
  }

  private Reply unmute(Call call, Caller caller) throws Failure {
    var device = call.part("device");
    try {
      line.unmute(device, caller.name());
    } catch (Refusal e) {
      throw Errors.of(e);
    }
    LOG.info("console: {} ended the maintenance of {}", caller.name(), device);
    return Reply.done(Map.of());
  }

  private Reply claim(Call call, Caller caller) throws Failure {
    var body = Body.read(call, Set.of("hub", "address", "profile", "id", "serial"));
    var claim =
        new Claim(
            body.text("hub"),
            body.text("address"),
            body.text("profile"),
            body.textIfAny("id"),
            body.textIfAny("serial"),
            caller.name());
    try {
      var claimed = line.claim(claim);
      LOG.info("console: {} claimed {}", caller.name(), claimed.device());
      return Reply.json(
          JsonWriter.object(
              out ->
                  out.text("device", claimed.device())
                      .text("thingId", claimed.thingId())
                      .flag("live", claimed.live())));
    } catch (Refusal e) {
      throw Errors.of(e);
    }
  }

  private Reply recording(Call call, Caller caller) throws Failure {
    var target = call.part("link");
    var allowed = guard.still(call, streams::tapper);
    if (call.method().equals("HEAD")) {
      return new Reply.Download("text/plain", "medtwin.cap", out -> {});
    }
    try {
      var capture = line.record(target);
      LOG.info("console: {} records {}", caller.name(), target);
      return new Reply.Download("text/plain", "medtwin.cap", out -> capture.write(out, allowed));
    } catch (Refusal e) {
      throw Errors.of(e);
    }
  }

  private Reply bundle(Call call, Caller caller) throws Failure {
    boolean turn = call.method().equals("HEAD") || bundles.tryAcquire();
    if (!turn) {
      throw Failure.tooMany("another bundle is being written", Duration.ofSeconds(10));
    }
    LOG.info("console: {} takes the bundle", caller.name());
    return new Reply.Download(
        "application/zip",
        "medtwin-bundle.zip",
        out -> {
          try {
            line.bundle(out);
          } finally {
            bundles.release();
          }
        });
  }
}
