package io.medtwin.app.console;

import io.medtwin.console.line.FleetDevice;
import io.medtwin.console.line.FleetGateway;
import io.medtwin.console.line.FleetSource;
import io.medtwin.sync.DittoConfig;
import io.medtwin.sync.FoundThing;
import io.medtwin.sync.TwinSearch;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fleet as Ditto's search tells it; what each gateway says of itself is in its own twin. */
final class DittoFleet implements FleetSource, AutoCloseable {

  private static final String GATEWAY = ".gateway";
  private static final String LINK = "features/link/properties/";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private static final List<String> OF_GATEWAY =
      List.of(
          "attributes/label",
          LINK + "gateway",
          LINK + "expiresAt",
          LINK + "lastSeen",
          "features/health",
          "features/delivery",
          "features/host",
          "features/devices",
          "features/profiles",
          "features/plugins",
          "features/certificates",
          "features/version",
          "features/ledger");

  private static final List<String> OF_DEVICE =
      List.of(
          "attributes/label",
          "attributes/class",
          "attributes/identity/manufacturer",
          "attributes/identity/model",
          "attributes/profile",
          LINK + "status",
          LINK + "expiresAt",
          LINK + "lastSeen");

  private final TwinSearch search;

  DittoFleet(DittoConfig config) throws IOException {
    this.search = new TwinSearch(config);
  }

  @Override
  public List<FleetGateway> gateways() throws IOException {
    return search.find("eq(attributes/class,\"gateway\")", OF_GATEWAY).stream()
        .map(DittoFleet::gateway)
        .toList();
  }

  @Override
  public List<FleetDevice> devices(String gateway) throws IOException {
    if (!ID.matcher(gateway).matches()) {
      return List.of(); // no gateway is called so
    }
    return search
        .find(
            "and(eq(features/link/properties/gateway,\""
                + gateway
                + "\"),ne(attributes/class,\"gateway\"))",
            OF_DEVICE)
        .stream()
        .map(DittoFleet::device)
        .toList();
  }

  private static FleetGateway gateway(FoundThing thing) {
    var namespace = thing.namespace();
    return new FleetGateway(
        thing.text(LINK + "gateway").orElse(""),
        namespace.endsWith(GATEWAY)
            ? namespace.substring(0, namespace.length() - GATEWAY.length())
            : namespace,
        thing.thingId(),
        text(thing, "version", "gateway"),
        time(thing, LINK + "lastSeen"),
        time(thing, LINK + "expiresAt"),
        text(thing, "health", "state"),
        whole(thing, "devices", "configured"),
        whole(thing, "devices", "live"),
        whole(thing, "delivery", "pending"),
        whole(thing, "delivery", "oldestPending"),
        whole(thing, "delivery", "lost"),
        number(thing, "host", "diskFullDays"),
        number(thing, "certificates", "days"),
        versions(text(thing, "profiles", "versions")),
        versions(text(thing, "plugins", "versions")));
  }

  private static FleetDevice device(FoundThing thing) {
    return new FleetDevice(
        thing.thingId(),
        thing.text("attributes/label").orElse(""),
        thing.text("attributes/class").orElse(""),
        (thing.text("attributes/identity/manufacturer").orElse("")
                + " "
                + thing.text("attributes/identity/model").orElse(""))
            .strip(),
        thing.text(LINK + "status").orElse(""),
        time(thing, LINK + "expiresAt"),
        time(thing, LINK + "lastSeen"),
        thing.text("attributes/profile").orElse(""));
  }

  private static String path(String feature, String property) {
    return "features/" + feature + "/properties/" + property + "/value";
  }

  private static String text(FoundThing thing, String feature, String property) {
    return thing.text(path(feature, property)).orElse("");
  }

  private static @Nullable Double number(FoundThing thing, String feature, String property) {
    return thing.number(path(feature, property)).orElse(null);
  }

  private static long whole(FoundThing thing, String feature, String property) {
    return thing.number(path(feature, property)).map(Math::round).orElse(0L);
  }

  private static @Nullable Instant time(FoundThing thing, String path) {
    return thing.time(path).orElse(null);
  }

  /** {@code a 1.0.0, b 1.2.0} by id. */
  static Map<String, String> versions(String text) {
    var versions = new TreeMap<String, String>();
    for (String part : text.split(",")) {
      var words = part.strip().split(" ");
      Optional.of(words)
          .filter(two -> two.length == 2)
          .ifPresent(two -> versions.put(two[0], two[1]));
    }
    return versions;
  }

  @Override
  public void close() {
    search.close();
  }
}
