package io.medtwin.console.api;

import io.medtwin.console.json.JsonWriter;
import io.medtwin.console.line.GatewayLine;
import io.medtwin.journal.UnclaimedDevice;
import io.medtwin.twin.outbox.Identities;

/** Devices that were heard and that nobody configured. */
public final class UnclaimedJson {

  private UnclaimedJson() {}

  /** All of them, and the profiles there are. */
  public static byte[] of(GatewayLine line) {
    return JsonWriter.object(
        out ->
            out.list("unclaimed", line.unclaimed(), (each, device) -> device(each, device, line))
                .texts("profiles", line.profiles()));
  }

  private static void device(JsonWriter out, UnclaimedDevice device, GatewayLine line) {
    out.text("hub", device.hub())
        .text("address", device.address())
        .text("driver", device.driver())
        .time("firstHeard", device.firstHeard())
        .time("lastHeard", device.lastHeard())
        .number("reports", device.reports())
        .object("parameters", members -> device.parameters().forEach(members::text))
        .object(
            "identity",
            members ->
                device.identity().forEach((fact, text) -> members.text(Identities.key(fact), text)))
        .texts("mayBe", line.mayBe(device));
  }
}
