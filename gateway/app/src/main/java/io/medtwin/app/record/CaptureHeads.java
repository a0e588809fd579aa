package io.medtwin.app.record;

import io.medtwin.app.wiring.Plan;
import io.medtwin.app.wiring.Plan.Way;
import io.medtwin.spi.transport.Transport;
import io.medtwin.testkit.CaptureHead;
import io.medtwin.twin.keeper.DevicePlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a capture says of a line before its first turn. Pure. */
public final class CaptureHeads {

  private CaptureHeads() {}

  /**
   * The head of a line's capture.
   *
   * @param transport how it is reached
   * @param plans of all devices
   * @param target the line, or the device behind it that is recorded alone
   */
  public static CaptureHead of(
      Plan.Line line, Transport transport, List<DevicePlan> plans, String target, Instant began) {
    var devices = new ArrayList<CaptureHead.Device>();
    switch (line.way()) {
      case Way.Own own -> devices.add(device(own.device(), "", plans));
      case Way.Shared shared ->
          shared
              .behind()
              .forEach(
                  (address, device) -> {
                    if (target.equals(line.name()) || target.equals(device)) {
                      devices.add(device(device, address, plans));
                    }
                  });
    }
    var descriptor = line.driver().descriptor();
    return new CaptureHead(
        began,
        transport.kind(),
        transport.name(),
        descriptor.id(),
        descriptor.version(),
        devices,
        new TreeMap<>(Map.copyOf(line.settings())));
  }

  private static CaptureHead.Device device(String device, String address, List<DevicePlan> plans) {
    for (DevicePlan plan : plans) {
      if (plan.facts().device().equals(device)) {
        var zone = plan.zone();
        return new CaptureHead.Device(
            device,
            plan.profile().id(),
            plan.profile().version(),
            address,
            zone == null ? "" : zone.getId());
      }
    }
    return new CaptureHead.Device(device, "", "", address, "");
  }
}
