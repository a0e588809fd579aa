package io.medtwin.console.api;

import io.medtwin.console.json.JsonWriter;
import io.medtwin.twin.keeper.DeviceView;
import io.medtwin.twin.keeper.DeviceView.Counts;
import io.medtwin.twin.keeper.DeviceView.Shown;
import io.medtwin.twin.keeper.Maintenance;
import io.medtwin.twin.outbox.Outbox.Standing;
import io.medtwin.twin.state.ActiveAlert;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A device as a table shows it. Pure. */
public final class DeviceJson {

  private DeviceJson() {}

  /** One device as an object. */
  public static byte[] of(DeviceView device, Instant now) {
    return JsonWriter.object(out -> members(out, device, now));
  }

  /**
   * What changes in the object as time passes, though the device is the same: lamps and exceptions.
   */
  public static List<String> timely(DeviceView device, Instant now) {
    var words = new java.util.ArrayList<>(Exceptions.of(device, now));
    words.add(Exceptions.acknowledged(device, now));
    words.add(device.isMuted(now) ? "muted" : "heard");
    return words;
  }

  static void members(JsonWriter out, DeviceView device, Instant now) {
    var exceptions = Exceptions.of(device, now);
    boolean muted = device.isMuted(now);
    out.text("id", device.device())
        .text("model", device.model())
        .text("profile", device.profile())
        .text("thingId", device.thingId())
        .object(
            "link",
            link ->
                link.text("status", device.link().status().word())
                    .time("since", device.link().since())
                    .text("why", device.link().why()))
        .object(
            "lamps",
            lamps ->
                lamps
                    .flag("talking", device.talking())
                    .flag("fresh", device.fresh())
                    .text("acknowledged", Exceptions.acknowledged(device, now)))
        .time("lastHeard", device.lastHeard())
        .time("acknowledgedAt", device.acknowledgedAt())
        .text("standing", word(device.standing()))
        .text("trouble", device.trouble())
        .flag("exception", !muted && !exceptions.isEmpty())
        .texts("exceptions", exceptions)
        .list("values", device.values(), DeviceJson::value)
        .list("alerts", device.alerts(), DeviceJson::alert)
        .number("unmapped", device.unmapped());
    muted(out, muted ? device.maintenance() : null);
    out.object("counts", counts -> counts(counts, device.counts()));
  }

  private static void value(JsonWriter out, Shown value) {
    out.text("name", value.channel() + "." + value.name())
        .text("channel", value.channel())
        .text("label", value.name())
        .text("text", value.text())
        .text("unit", value.unit())
        .text("validity", value.validity());
  }

  private static void alert(JsonWriter out, ActiveAlert alert) {
    var said = alert.last().alert();
    out.text("code", said.code())
        .text("text", alert.last().text())
        .text("priority", said.priority().name().toLowerCase(Locale.ROOT))
        .text("kind", said.kind().name().toLowerCase(Locale.ROOT))
        .time("startedAt", alert.startedAt());
  }

  private static void muted(JsonWriter out, @Nullable Maintenance maintenance) {
    if (maintenance == null) {
      out.nothing("muted");
      return;
    }
    out.object(
        "muted",
        muted ->
            muted
                .text("reason", maintenance.reason())
                .time("until", maintenance.until())
                .text("by", maintenance.by()));
  }

  private static void counts(JsonWriter out, Counts counts) {
    out.number("received", counts.received())
        .number("unmapped", counts.unmapped())
        .number("rejected", counts.rejected())
        .number("late", counts.late())
        .number("discardedBytes", counts.discardedBytes())
        .number("coalesced", counts.coalesced())
        .number("confirmed", counts.confirmed())
        .number("dropped", counts.dropped())
        .number("implausible", counts.implausible());
  }

  private static String word(Standing standing) {
    return switch (standing) {
      case UNPROVISIONED -> "unprovisioned";
      case OWNED -> "owned";
      case PARKED -> "parked";
      case FENCED -> "fenced";
    };
  }
}
