package io.medtwin.console.feed;

import io.medtwin.console.api.DeviceJson;
import io.medtwin.console.json.JsonWriter;
import io.medtwin.console.line.GatewayLine;
import io.medtwin.console.web.EventStream;
import io.medtwin.twin.keeper.DeviceView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What clients know of devices, and what changed since. Owned by one thread. */
final class DeviceEvents {

  private record Known(DeviceView view, List<String> timely, byte[] json) {}

  private final GatewayLine line;
  private Map<String, Known> known = Map.of();

  DeviceEvents(GatewayLine line) {
    this.line = line;
  }

  /** Clients know nothing any more. */
  void forget() {
    known = Map.of();
  }

  /** What changed since the last look, as an event; everything where devices came or went. */
  Optional<byte[]> changes(Instant now) {
    var next = new LinkedHashMap<String, Known>();
    var changed = new ArrayList<byte[]>();
    for (DeviceView view : line.devices()) {
      var before = known.get(view.device());
      var timely = DeviceJson.timely(view, now);
      if (before != null && before.view().equals(view) && before.timely().equals(timely)) {
        next.put(view.device(), before);
      } else {
        var json = DeviceJson.of(view, now);
        next.put(view.device(), new Known(view, timely, json));
        changed.add(json);
      }
    }
    boolean same = new ArrayList<>(known.keySet()).equals(new ArrayList<>(next.keySet()));
    known = next;
    if (!same) {
      return Optional.of(all(now));
    }
    return changed.isEmpty() ? Optional.empty() : Optional.of(event(now, false, changed));
  }

  /** Everything clients know, as an event for one that knows nothing. */
  byte[] all(Instant now) {
    return event(now, true, known.values().stream().map(Known::json).toList());
  }

  private static byte[] event(Instant now, boolean all, List<byte[]> devices) {
    return EventStream.event(
        "devices",
        JsonWriter.object(out -> out.time("at", now).flag("all", all).raw("devices", devices)));
  }
}
