package io.medtwin.console.api;

import io.medtwin.console.json.JsonWriter;
import io.medtwin.console.line.FleetDevice;
import io.medtwin.console.line.FleetGateway;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every gateway that a Ditto knows. Pure. */
public final class FleetJson {

  private FleetJson() {}

  /** Gateways. */
  public static byte[] gateways(List<FleetGateway> gateways, Instant at, long tookMillis) {
    return JsonWriter.object(
        out ->
            out.time("at", at)
                .number("tookMillis", tookMillis)
                .list("gateways", gateways, FleetJson::gateway));
  }

  /** Devices of a gateway. */
  public static byte[] devices(List<FleetDevice> devices, Instant at) {
    return JsonWriter.object(out -> out.time("at", at).list("devices", devices, FleetJson::device));
  }

  private static void gateway(JsonWriter out, FleetGateway gateway) {
    out.text("id", gateway.id())
        .text("site", gateway.site())
        .text("thingId", gateway.thingId())
        .text("version", gateway.version())
        .time("lastWord", gateway.lastWord())
        .time("expiresAt", gateway.expiresAt())
        .text("health", gateway.health())
        .number("devices", gateway.devices())
        .number("live", gateway.live())
        .number("pending", gateway.pending())
        .number("oldestPendingSeconds", gateway.oldestPendingSeconds())
        .number("lost", gateway.lost())
        .number("diskFullDays", gateway.diskFullDays())
        .number("certificateDays", gateway.certificateDays())
        .object("profiles", members -> texts(members, gateway.profiles()))
        .object("drivers", members -> texts(members, gateway.drivers()));
  }

  private static void device(JsonWriter out, FleetDevice device) {
    out.text("thingId", device.thingId())
        .text("device", device.device())
        .text("kind", device.kind())
        .text("model", device.model())
        .text("link", device.link())
        .time("expiresAt", device.expiresAt())
        .time("lastHeard", device.lastHeard())
        .text("profile", device.profile());
  }

  private static void texts(JsonWriter out, Map<String, String> texts) {
    new TreeMap<>(texts).forEach(out::text);
  }
}
