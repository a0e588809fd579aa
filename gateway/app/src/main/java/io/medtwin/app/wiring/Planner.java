package io.medtwin.app.wiring;

import io.medtwin.app.config.GatewayConfig;
import io.medtwin.app.config.GatewayConfig.Device;
import io.medtwin.app.config.GatewayConfig.Hub;
import io.medtwin.app.config.GatewayConfig.Route;
import io.medtwin.app.wiring.Plan.Line;
import io.medtwin.app.wiring.Plan.Way;
import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Setting;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.document.Problem;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.document.Suggestion;
import io.medtwin.twin.identity.Sighting;
import io.medtwin.twin.identity.ThingNames;
import io.medtwin.twin.keeper.DevicePlan;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.outbox.Facts;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.profile.ProfileCatalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks a configuration against the profiles and plugins that are there, and says what to build.
 * Pure.
 */
public final class Planner {

  private final GatewayConfig config;
  private final ProfileCatalog profiles;
  private final Plugins plugins;
  private final Units units;
  private final Problems problems;
  private final Set<String> checkedProfiles = new HashSet<>();
  private final Map<String, String> things = new HashMap<>();

  private Planner(
      GatewayConfig config,
      ProfileCatalog profiles,
      Plugins plugins,
      Units units,
      Problems problems) {
    this.units = units;
    this.config = config;
    this.profiles = profiles;
    this.plugins = plugins;
    this.problems = problems;
  }

  /**
   * The plan of a configuration.
   *
   * @throws DocumentException with every problem, its line and a suggestion
   */
  public static Plan plan(
      GatewayConfig config, ProfileCatalog profiles, Plugins plugins, Units units)
      throws DocumentException {
    var problems = new Problems();
    var plan = new Planner(config, profiles, plugins, units, problems).plan();
    problems.throwIfAny();
    return plan;
  }

  /** A device whose profile and driver are known. */
  private record Matched(
      Device device, Profile profile, Plugins.Found driver, Map<String, String> settings) {}

  private Plan plan() {
    var matched = new ArrayList<Matched>();
    for (Device device : config.devices().values()) {
      match(device).ifPresent(matched::add);
    }
    var devices =
        Stream.concat(matched.stream().map(this::devicePlan), Stream.of(SelfPlan.of(config)))
            .toList();
    var lines = new ArrayList<Line>();
    var shared = new LinkedHashMap<String, List<Matched>>();
    var taken = new HashMap<Object, String>();
    config.links().forEach((name, hub) -> takeUp(name, hub, taken));
    for (Matched one : matched) {
      var route = one.device().route();
      var other = taken.putIfAbsent(endpointOf(route), one.device().id());
      if (other != null) {
        problem(one.device().line(), one.device().id() + ": its link is already that of " + other);
      }
      if (route instanceof Route.Behind behind) {
        shared.computeIfAbsent(behind.hub(), unused -> new ArrayList<>()).add(one);
      } else {
        lines.add(
            new Line(
                one.device().id(),
                one.driver(),
                one.settings(),
                new Way.Own(one.device().id(), route, one.profile().linkDefaults())));
      }
    }
    shared.forEach((hub, behind) -> lines.add(sharedLine(hub, behind)));
    return new Plan(devices, lines);
  }

  /** A line of bytes is that of one hub, and of no device beside it. */
  private void takeUp(String name, Hub hub, Map<Object, String> taken) {
    if (hub instanceof Hub.Bytes bytes) {
      var other = taken.putIfAbsent(endpointOf(bytes.route()), name);
      if (other != null) {
        problem(hub.line(), name + ": leads where " + other + " does");
      }
    }
  }

  private Optional<Matched> match(Device device) {
    var profile = profiles.find(device.profile());
    if (profile.isEmpty()) {
      problem(
          device.line(),
          device.id()
              + ": there is no profile \""
              + device.profile()
              + "\""
              + profiles.suggestionFor(device.profile()));
      return Optional.empty();
    }
    var driver = plugins.driver(profile.get().driver());
    if (driver.isEmpty()) {
      var known = plugins.drivers().stream().map(found -> found.descriptor().id()).toList();
      problem(
          device.line(),
          device.id()
              + ": its profile needs the driver \""
              + profile.get().driver()
              + "\", which no plugin brings"
              + Suggestion.of(profile.get().driver(), known));
      return Optional.empty();
    }
    checkKind(device, driver.get());
    checkUnits(profile.get());
    var settings = new LinkedHashMap<>(profile.get().settings());
    settings.putAll(device.settings());
    checkSettings(device, driver.get(), settings);
    return Optional.of(new Matched(device, profile.get(), driver.get(), settings));
  }

  private void checkUnits(Profile profile) {
    if (!checkedProfiles.add(profile.id())) {
      return;
    }
    ProfileChecks.units(profile, units, problems);
  }

  private void checkKind(Device device, Plugins.Found driver) {
    var kind = kindOf(device.route());
    if (kind != null && !driver.descriptor().links().contains(kind)) {
      problem(
          device.line(),
          device.id()
              + ": driver "
              + driver.descriptor().id()
              + " takes links of kind "
              + driver.descriptor().links()
              + ", this one is "
              + kind);
    }
  }

  private @Nullable LinkKind kindOf(Route route) {
    return switch (route) {
      case Route.Serial serial -> LinkKind.SERIAL;
      case Route.TcpConnect tcp -> LinkKind.TCP;
      case Route.TcpListen tcp -> LinkKind.TCP;
      case Route.Udp udp -> LinkKind.UDP;
      case Route.UdpTo udp -> LinkKind.UDP;
      case Route.CoapObserve coap -> LinkKind.COAP;
      case Route.Behind behind -> kindOf(behind.hub());
    };
  }

  private @Nullable LinkKind kindOf(String hubName) {
    var hub = config.links().get(hubName);
    if (hub == null) {
      return null; // the reader has already said what is wrong with it
    }
    return switch (hub) {
      case Hub.Mqtt mqtt -> LinkKind.MQTT;
      case Hub.CoapServer coap -> LinkKind.COAP;
      case Hub.Ble ble -> LinkKind.BLE;
      case Hub.Bytes bytes -> kindOf(bytes.route());
      case Hub.Mllp mllp -> LinkKind.MLLP;
    };
  }

  private void checkSettings(Device device, Plugins.Found driver, Map<String, String> settings) {
    var known = driver.descriptor().settings().stream().map(Setting::name).toList();
    settings.forEach(
        (name, text) -> {
          var setting =
              driver.descriptor().settings().stream()
                  .filter(s -> s.name().equals(name))
                  .findFirst();
          if (setting.isEmpty()) {
            problem(
                device.line(),
                device.id()
                    + ": driver "
                    + driver.descriptor().id()
                    + " has no setting \""
                    + name
                    + "\""
                    + Suggestion.of(name, known));
            return;
          }
          try {
            var unused = setting.get().parse(text);
          } catch (IllegalArgumentException e) {
            problem(device.line(), device.id() + ": " + e.getMessage());
          }
        });
  }

  private Line sharedLine(String hub, List<Matched> behind) {
    var first = behind.getFirst();
    var devices = new LinkedHashMap<String, String>();
    var handles = new LinkedHashMap<String, Map<Integer, String>>();
    for (Matched one : behind) {
      boolean same =
          one.driver().descriptor().id().equals(first.driver().descriptor().id())
              && one.settings().equals(first.settings());
      if (!same) {
        problem(
            one.device().line(),
            one.device().id()
                + " and "
                + first.device().id()
                + " share the link "
                + hub
                + " but need different drivers or settings; give each its own link");
      }
      var address = sameForAll((Route.Behind) one.device().route()).address();
      devices.put(address, one.device().id());
      if (!one.device().handles().isEmpty()) {
        handles.put(address, one.device().handles());
      }
    }
    return new Line(
        hub,
        first.driver(),
        first.settings(),
        new Way.Shared(hub, devices, handles, first.profile().linkDefaults()));
  }

  private DevicePlan devicePlan(Matched one) {
    var model = one.profile().model();
    var self = config.gateway();
    var device = one.device();
    var thingId =
        ThingNames.thingId(
            self.site(),
            model.deviceClass(),
            Sighting.of("gateway file", model.manufacturer(), model.name(), device.facts()),
            self.id(),
            device.id());
    var twin = things.putIfAbsent(thingId, device.id());
    if (twin != null) {
      problem(
          device.line(),
          device.id()
              + ": has the identity of "
              + twin
              + ", so both would be one thing; correct its serial, udi or eui64, or take one out");
    }
    var facts =
        new Facts(
            device.id(),
            thingId,
            ThingNames.policyId(self.site(), model.deviceClass()),
            self.id(),
            one.driver().descriptor().id(),
            Attributes.of(device, one.profile()));
    return new DevicePlan(facts, one.profile(), device.zone().orElse(null));
  }

  /** Two devices must not share what this returns. */
  private Object endpointOf(Route route) {
    return switch (route) {
      case Route.Serial(String path, var parameters) -> path;
      case Route.TcpConnect tcp -> tcp;
      case Route.TcpListen tcp -> tcp;
      case Route.Udp udp -> udp;
      case Route.UdpTo udp -> udp;
      case Route.CoapObserve coap -> coap;
      case Route.Behind behind -> sameForAll(behind);
    };
  }

  /** Bluetooth addresses are upper case on links, whatever the file says. */
  private Route.Behind sameForAll(Route.Behind behind) {
    return config.links().get(behind.hub()) instanceof Hub.Ble
        ? new Route.Behind(behind.hub(), behind.address().toUpperCase(Locale.ROOT))
        : behind;
  }

  private void problem(int line, String message) {
    problems.add(new Problem(config.file(), line, message));
  }
}
