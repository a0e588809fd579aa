package io.medtwin.app.view;

import io.medtwin.twin.keeper.DeviceReader.Told;
import io.medtwin.twin.state.LinkState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** All devices, a line each. Pure. */
public final class DeviceList {

  private DeviceList() {}

  /** The lines. */
  public static List<String> lines(List<Told> devices, GatewayLife life) {
    var lines = new ArrayList<String>();
    lines.add(life.line());
    var prefix = site(devices);
    var table =
        new Columns(
            "DEVICE", "PROFILE", "LINK", "HEARD", "FRESH", "ACK", ("THING " + prefix).strip());
    for (Told device : devices) {
      table.row(
          device.view().device(),
          device.twin().profile().toString(),
          link(device, life),
          Columns.ago(device.view().lastHeard(), life.now()),
          fresh(device, life),
          acknowledged(device, life.now()),
          device.facts().thingId().substring(prefix.length()));
    }
    lines.addAll(table.lines());
    for (Told device : devices) {
      if (!device.doubt().isEmpty()) {
        lines.add("conflict  " + device.view().device() + ": " + device.doubt());
      }
    }
    return lines;
  }

  /** Word for the link; one that nobody watches is not known. */
  public static String link(Told device, GatewayLife life) {
    var link = device.view().link();
    boolean unwatched = !life.isRunning() && link.status() != LinkState.Status.OFFLINE;
    return unwatched ? "unknown" : link.status().word();
  }

  /** Whether the values may be taken for now; nobody can tell while the gateway does not run. */
  public static boolean isFresh(Told device, GatewayLife life) {
    return device.view().fresh() && life.isRunning();
  }

  private static String fresh(Told device, GatewayLife life) {
    if (device.view().fresh()) {
      return life.isRunning() ? "yes" : "unknown";
    }
    return device.view().values().isEmpty() ? "none" : "stale";
  }

  private static String acknowledged(Told device, Instant now) {
    return DeviceSheet.isFenced(device)
        ? "other"
        : Columns.ago(device.view().acknowledgedAt(), now);
  }

  /** What all thing ids begin with, up to the class of the device. */
  private static String site(List<Told> devices) {
    var prefix = "";
    for (Told device : devices) {
      var id = device.facts().thingId();
      var own = id.substring(0, id.lastIndexOf('.', id.indexOf(':')) + 1);
      if (!prefix.isEmpty() && !prefix.equals(own)) {
        return "";
      }
      prefix = own;
    }
    return prefix;
  }
}
