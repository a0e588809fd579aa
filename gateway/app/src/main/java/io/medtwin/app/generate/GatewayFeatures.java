package io.medtwin.app.generate;

import java.util.LinkedHashMap;
import java.util.Map;

/** Features that the gateway gives every twin, whatever the device: name → properties. */
final class GatewayFeatures {

  /** Events kept in the twin: {@code e0} to {@code e9}. */
  private static final int RING = 10;

  private GatewayFeatures() {}

  /**
   * All of them, in the order of the model. One without properties is open: a server does not look
   * into it.
   */
  static Map<String, Feature> all() {
    var features = new LinkedHashMap<String, Feature>();
    features.put(
        "link",
        new Feature(
            "Whether the gateway hears the device, and who wrote last. Says nothing of the device"
                + " itself: a pump goes on infusing.",
            link()));
    features.put(
        "alerts",
        new Feature(
            "Alarm conditions as the device tells them. The gateway is never the primary alarm.",
            alerts()));
    features.put(
        "events", new Feature("What happened lately, a ring of " + RING + " entries.", events()));
    features.put(
        "vendor",
        new Feature(
            "What the device says beyond its profile, under its own names: value, unit, absent,"
                + " observedAt. Open: the names are not known before.",
            Map.of()));
    features.put("clock", new Feature("The device's clock against the gateway's.", clock()));
    return features;
  }

  /** A feature that every twin has. */
  record Feature(String description, Map<String, Object> properties) {}

  private static Map<String, Object> link() {
    var of = new LinkedHashMap<String, Object>();
    put(of, "status", Schemas.text("online, degraded or offline. Others may follow."));
    put(of, "since", Schemas.time("Since when."));
    put(of, "why", Schemas.text("Why it was lost; not there while online."));
    put(of, "gateway", Schemas.text("Gateway that wrote last."));
    put(of, "driver", Schemas.text("Driver that speaks to the device."));
    put(of, "epoch", Schemas.whole("Ownership counter: grows when another gateway takes over."));
    put(of, "seq", Schemas.whole("Write counter within the epoch."));
    put(
        of,
        "expiresAt",
        Schemas.time("Until then a reader may take it that the gateway is alive."));
    put(of, "lastSeen", Schemas.time("Last word of the device."));
    put(of, "gap", gap());
    put(of, "maintenance", maintenance());
    return of;
  }

  private static Map<String, Object> maintenance() {
    var members = new LinkedHashMap<String, Object>();
    members.put("reason", Schemas.text("Why, for people."));
    members.put("until", Schemas.time("When it ends by itself."));
    return Schemas.open(
        "Somebody works on the device: what is missing meanwhile was planned. Not there else.",
        members);
  }

  private static Map<String, Object> clock() {
    var of = new LinkedHashMap<String, Object>();
    put(of, "quality", Schemas.text("synchronised, aligned, gateway or unknown."));
    put(of, "offsetMs", Schemas.whole("The device's clock minus the gateway's, milliseconds."));
    put(of, "uncertaintyMs", Schemas.whole("How far that may be off, milliseconds."));
    put(of, "anchoredAt", Schemas.time("When the newest anchor was taken."));
    put(of, "timeline", Schemas.whole("Grows by one with each jump of the device's clock."));
    put(of, "driftPpm", Schemas.whole("How much faster it runs, millionths."));
    return of;
  }

  private static Map<String, Object> gap() {
    var members = new LinkedHashMap<String, Object>();
    members.put("from", Schemas.time("First moment."));
    members.put("to", Schemas.time("Last moment."));
    members.put("reason", Schemas.text("Why."));
    return Schemas.open("Newest time of which nothing is known.", members);
  }

  private static Map<String, Object> alerts() {
    var of = new LinkedHashMap<String, Object>();
    put(of, "highest", Schemas.text("Highest priority present: high, medium, low, none, unknown."));
    put(of, "count", Schemas.whole("Alerts present."));
    put(of, "active", Schemas.map("Alerts present, by occurrence.", alert()));
    put(of, "recent", Schemas.map("Ended alerts, a ring r0 to r9.", alert()));
    return of;
  }

  private static Map<String, Object> alert() {
    var members = new LinkedHashMap<String, Object>();
    members.put("code", Schemas.text("The device's own code."));
    members.put("event", Schemas.whole("IEEE 11073-10101 event code, where one is known."));
    members.put("text", Schemas.text("For people."));
    members.put("kind", Schemas.text("physiological, technical, advisory, unknown."));
    members.put("priority", Schemas.text("high, medium, low, none, unknown (IEC 60601-1-8)."));
    members.put(
        "phase", Schemas.text("start, continue, update, escalate, deescalate, reset, end."));
    members.put("presence", Schemas.text("active or ended."));
    members.put("source", Schemas.text("Parameter it concerns."));
    members.put("startedAt", Schemas.time("When it began."));
    members.put("changedAt", Schemas.time("When it was last told."));
    members.put("endedAt", Schemas.time("When it ended."));
    return Schemas.open("One alert.", members);
  }

  private static Map<String, Object> events() {
    var of = new LinkedHashMap<String, Object>();
    for (int i = 0; i < RING; i++) {
      var members = new LinkedHashMap<String, Object>();
      members.put("code", Schemas.text("The device's or the driver's name for it."));
      members.put("event", Schemas.whole("IEEE 11073-10101 event code, where one is known."));
      members.put("text", Schemas.text("Details as the device tells them."));
      members.put("at", Schemas.time("When it happened."));
      put(of, "e" + i, Schemas.open("Something that happened once.", members));
    }
    return of;
  }

  private static void put(Map<String, Object> of, String name, Map<String, Object> schema) {
    of.put(name, Schemas.affordance(Words.title(name), 0, schema));
  }
}
