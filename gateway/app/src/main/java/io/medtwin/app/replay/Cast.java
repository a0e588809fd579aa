package io.medtwin.app.replay;

import io.medtwin.app.wiring.Attributes;
import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Setting;
import io.medtwin.testkit.CaptureHead;
import io.medtwin.twin.keeper.DevicePlan;
import io.medtwin.twin.outbox.Facts;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.profile.ProfileCatalog;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who plays a capture: its driver, its devices under their profiles.
 *
 * @param driver who speaks
 * @param settings of the driver
 * @param devices one twin each
 * @param own the device at the end of a link of its own; empty for a hub
 * @param behind for a hub, the device of each address
 * @param kind what carries it
 */
public record Cast(
    Plugins.Found driver,
    Map<String, String> settings,
    List<DevicePlan> devices,
    Optional<String> own,
    Map<String, String> behind,
    LinkKind kind) {

  /**
   * The cast of a capture.
   *
   * @param name of the file, which names the device of a transcript
   * @param folder name of the file's folder, which is that of the profile of a transcript
   * @param other profile that stands in for those of the capture, where one is wanted
   * @throws IOException something of it is not there, and what
   */
  public static Cast of(
      CaptureHead head,
      String name,
      String folder,
      Optional<Profile> other,
      ProfileCatalog profiles,
      Plugins plugins)
      throws IOException {
    var known =
        head.devices().isEmpty()
            ? List.of(new CaptureHead.Device(name.replaceFirst("\\..*$", ""), folder, "", "", ""))
            : head.devices();
    var driverId = head.driver();
    var settings = new LinkedHashMap<String, String>();
    var plans = new ArrayList<DevicePlan>();
    var behind = new LinkedHashMap<String, String>();
    for (CaptureHead.Device device : known) {
      var profile = other.isPresent() ? other.get() : profile(device, name, profiles);
      if (plans.isEmpty()) {
        driverId = other.isPresent() || driverId.isEmpty() ? profile.driver() : driverId;
        settings.putAll(profile.settings());
      }
      plans.add(plan(device, profile));
      if (!device.address().isEmpty()) {
        behind.put(device.address(), device.id());
      }
    }
    var id = driverId;
    var driver =
        plugins
            .driver(id)
            .orElseThrow(() -> new IOException(name + ": no plugin brings driver " + id));
    if (other.isEmpty() || id.equals(head.driver())) {
      var names = driver.descriptor().settings().stream().map(Setting::name).toList();
      head.settings().forEach((key, value) -> put(settings, names, key, value, other));
    }
    return new Cast(
        driver,
        settings,
        List.copyOf(plans),
        behind.isEmpty() ? Optional.of(known.getFirst().id()) : Optional.empty(),
        behind,
        kind(head, driver));
  }

  /** The recorded settings count, but not over those of another profile. */
  private static void put(
      Map<String, String> settings,
      List<String> names,
      String key,
      String value,
      Optional<Profile> other) {
    boolean stated = other.isPresent() && other.get().settings().containsKey(key);
    if (names.contains(key) && !stated) {
      settings.put(key, value);
    }
  }

  private static LinkKind kind(CaptureHead head, Plugins.Found driver) {
    var said = head.kind();
    return said != null ? said : driver.descriptor().links().stream().sorted().findFirst().get();
  }

  private static Profile profile(CaptureHead.Device device, String name, ProfileCatalog profiles)
      throws IOException {
    return profiles
        .find(device.profile())
        .orElseThrow(
            () ->
                new IOException(
                    name
                        + ": there is no profile \""
                        + device.profile()
                        + "\""
                        + profiles.suggestionFor(device.profile())
                        + "; name one with --profile"));
  }

  private static DevicePlan plan(CaptureHead.Device device, Profile profile) {
    var facts =
        new Facts(
            device.id(),
            "replay:" + device.id(),
            "replay:" + profile.model().deviceClass(),
            "replay",
            profile.driver(),
            Attributes.of(device.id(), Map.of(), Optional.empty(), profile));
    return new DevicePlan(facts, profile, zone(device.zone()));
  }

  private static @Nullable ZoneId zone(String text) {
    try {
      return text.isEmpty() ? null : ZoneId.of(text);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
