package io.medtwin.app.wiring;

import io.medtwin.app.config.GatewayConfig;
import io.medtwin.app.config.GatewayConfig.Broker;
import io.medtwin.app.config.GatewayConfig.Device;
import io.medtwin.app.config.GatewayConfig.Hub;
import io.medtwin.app.config.GatewayConfig.Route;
import io.medtwin.app.wiring.Plan.Line;
import io.medtwin.app.wiring.Plan.Way;
import io.medtwin.twin.keeper.DevicePlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a newer gateway file asks of a gateway that runs: devices that it can take up at once, since
 * they are behind a hub whose session is there, and what only a restart brings. Pure.
 *
 * @param additions devices to take up
 * @param restart what needs a restart, for people
 */
public record Changes(List<Addition> additions, List<String> restart) {

  /**
   * A device behind a hub.
   *
   * @param device as the file has it
   * @param plan its plan
   * @param hub name of the hub
   * @param address its own id there, as the link spells it
   */
  public record Addition(Device device, DevicePlan plan, String hub, String address) {}

  /**
   * The difference of two files.
   *
   * @param before the file the gateway runs with
   * @param running its plan
   * @param after the newer file
   * @param wanted its plan
   */
  public static Changes between(
      GatewayConfig before, Plan running, GatewayConfig after, Plan wanted) {
    var additions = new ArrayList<Addition>();
    var restart = new ArrayList<String>();
    differ(restart, "gateway", before.gateway(), after.gateway());
    differ(restart, "ditto", before.ditto(), after.ditto());
    differ(restart, "journal", before.journal(), after.journal());
    differ(restart, "brokers", brokers(before), brokers(after));
    differ(restart, "links", links(before), links(after));
    differ(restart, "profiles", before.profiles(), after.profiles());
    differ(restart, "plugins", before.plugins(), after.plugins());
    differ(restart, "models", before.models(), after.models());
    before
        .devices()
        .forEach(
            (id, device) -> {
              var now = after.devices().get(id);
              if (now == null) {
                restart.add(id + " was taken out");
              } else if (!now.atLine(0).equals(device.atLine(0))) {
                restart.add(id + " was changed");
              }
            });
    for (Device device : after.devices().values()) {
      if (!before.devices().containsKey(device.id())) {
        addition(device, running, wanted)
            .ifPresentOrElse(
                additions::add,
                () ->
                    restart.add(
                        device.id()
                            + " is new, and not behind a hub that is in use with the same driver"
                            + " and settings"));
      }
    }
    return new Changes(List.copyOf(additions), List.copyOf(restart));
  }

  private static void differ(List<String> restart, String key, Object before, Object after) {
    if (!before.equals(after)) {
      restart.add(key + " was changed");
    }
  }

  private static Optional<Addition> addition(Device device, Plan running, Plan wanted) {
    if (!(device.route() instanceof Route.Behind behind) || !device.handles().isEmpty()) {
      return Optional.empty();
    }
    var now = line(running, behind.hub());
    var then = line(wanted, behind.hub());
    if (now.isEmpty() || then.isEmpty() || !isSame(now.get(), then.get())) {
      return Optional.empty();
    }
    var plan =
        wanted.devices().stream()
            .filter(one -> one.facts().device().equals(device.id()))
            .findFirst();
    var address =
        Plan.behind(then.get().way()).entrySet().stream()
            .filter(entry -> entry.getValue().equals(device.id()))
            .map(Map.Entry::getKey)
            .findFirst();
    return plan.flatMap(one -> address.map(text -> new Addition(device, one, behind.hub(), text)));
  }

  private static Optional<Line> line(Plan plan, String hub) {
    return plan.lines().stream()
        .filter(line -> line.way() instanceof Way.Shared && line.name().equals(hub))
        .findFirst();
  }

  private static boolean isSame(Line now, Line then) {
    return now.driver().descriptor().id().equals(then.driver().descriptor().id())
        && now.settings().equals(then.settings());
  }

  private static Map<String, Broker> brokers(GatewayConfig config) {
    return each(config.brokers(), broker -> broker.atLine(0));
  }

  private static Map<String, Hub> links(GatewayConfig config) {
    return each(config.links(), hub -> hub.atLine(0));
  }

  private static <T> Map<String, T> each(Map<String, T> map, UnaryOperator<T> as) {
    var result = new LinkedHashMap<String, T>();
    map.forEach((name, value) -> result.put(name, as.apply(value)));
    return result;
  }
}
