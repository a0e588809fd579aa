package io.medtwin.app.wiring;

import io.medtwin.app.config.GatewayConfig.Route;
import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.twin.keeper.DevicePlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a checked configuration asks for.
 *
 * @param devices one twin each
 * @param lines one session each
 */
public record Plan(List<DevicePlan> devices, List<Line> lines) {

  /**
   * One link and its driver.
   *
   * @param name device or hub
   * @param driver who speaks
   * @param settings settings of the driver, as text
   * @param way how the device or the hub is reached
   */
  public record Line(String name, Plugins.Found driver, Map<String, String> settings, Way way) {}

  /** How a line reaches what is at its end. */
  public sealed interface Way {

    /**
     * One device at the end of a link of its own.
     *
     * @param device configured id
     * @param route where
     * @param linkDefaults what its profile says of links
     */
    record Own(String device, Route route, Map<String, String> linkDefaults) implements Way {}

    /**
     * Many devices behind a hub.
     *
     * @param hub name of the hub
     * @param behind configured device of each address
     * @param handles GATT characteristics of each handle, by address
     * @param linkDefaults what the profile of the first of them says of links
     */
    record Shared(
        String hub,
        Map<String, String> behind,
        Map<String, Map<Integer, String>> handles,
        Map<String, String> linkDefaults)
        implements Way {}
  }

  /** The device at the end of a line of its own. */
  static Optional<String> device(Way way) {
    return way instanceof Way.Own own ? Optional.of(own.device()) : Optional.empty();
  }

  /** The devices behind a shared line. */
  static Map<String, String> behind(Way way) {
    return way instanceof Way.Shared shared ? shared.behind() : Map.of();
  }
}
