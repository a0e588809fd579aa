package io.medtwin.app.command;

import io.medtwin.app.config.ConfigReader;
import io.medtwin.app.config.FileReplacement;
import io.medtwin.app.config.GatewayConfig.Device;
import io.medtwin.app.config.GatewayConfig.Route;
import io.medtwin.app.view.LineDiff;
import io.medtwin.app.wiring.Changes;
import io.medtwin.journal.UnclaimedDevice;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.document.Insertion;
import io.medtwin.twin.document.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a device that was heard into a gateway file: as text, checked before it is put in place.
 * Blocks; one at a time.
 */
final class ClaimFile {

  private final Path file;
  private final Environment environment;

  ClaimFile(Path file, Environment environment) {
    this.file = file;
    this.environment = environment;
  }

  /**
   * What is wished.
   *
   * @param place {@code hub/address}
   * @param profile id of its profile
   * @param id configured id; by default its address, or profile and address
   * @param serial serial number on its type plate
   * @param unit organisational unit it stands in
   * @param unheard also where nothing was heard of it
   */
  record Wish(
      String place,
      String profile,
      Optional<String> id,
      Optional<String> serial,
      Optional<String> unit,
      boolean unheard) {}

  /**
   * What was done.
   *
   * @param device configured id
   * @param where the hub and its address there
   * @param thingId its thing
   * @param diff what changed in the file
   * @param restart what only a restart takes up; none where a running gateway takes all up
   */
  record Done(
      String device, Route.Behind where, String thingId, List<String> diff, List<String> restart) {}

  /** What was wished makes no sense. */
  static final class Wrong extends Exception {
    private static final long serialVersionUID = 1;

    Wrong(String message) {
      super(message);
    }
  }

  /**
   * Does it.
   *
   * @param loaded the file as it is
   * @param write whether to write; else only to say what would be
   * @throws Wrong what was wished makes no sense
   * @throws DocumentException the file would be wrong; nothing is written
   * @throws IOException it cannot be read or written
   */
  synchronized Done claim(Loaded loaded, Wish wish, boolean write)
      throws Wrong, DocumentException, IOException {
    var where = where(loaded, wish);
    var device = idFor(where.address(), loaded, wish);
    var before = Files.readString(file);
    var after =
        Insertion.into(before, "devices", device, members(where, wish))
            .orElseThrow(
                () -> new IOException(file + ": \"devices\" is no mapping that can be added to"));
    try (var replacement = FileReplacement.of(file, before, after)) {
      var wanted = checked(loaded, replacement.draft());
      if (write) {
        replacement.replace();
      }
      var changes = Changes.between(loaded.config(), loaded.plan(), wanted.config(), wanted.plan());
      var thing =
          wanted.plan().devices().stream()
              .filter(plan -> plan.facts().device().equals(device))
              .map(plan -> plan.facts().thingId())
              .findFirst()
              .orElseThrow();
      return new Done(
          device, where, thing, LineDiff.lines(file.toString(), before, after), changes.restart());
    }
  }

  /** The draft, or its problems under the name of the file it stands for. */
  private Loaded checked(Loaded loaded, Path draft) throws DocumentException {
    try {
      return loaded.again(draft, environment);
    } catch (DocumentException e) {
      throw e.renamed(draft.toString(), file.toString());
    }
  }

  /** The hub and the address that are meant, the address as the hub spells it. */
  private Route.Behind where(Loaded loaded, Wish wish) throws Wrong, IOException {
    var place = wish.place();
    int slash = place.indexOf('/');
    if (slash <= 0 || slash == place.length() - 1) {
      throw new Wrong("expected HUB/ADDRESS, got \"" + place + "\"");
    }
    var hub = place.substring(0, slash);
    var address = place.substring(slash + 1);
    var hubs = loaded.config().links().keySet();
    if (!hubs.contains(hub)) {
      throw new Wrong("there is no hub \"" + hub + "\" in " + file + Suggestion.of(hub, hubs));
    }
    for (Device device : loaded.config().devices().values()) {
      if (device.route() instanceof Route.Behind behind
          && behind.hub().equals(hub)
          && behind.address().equalsIgnoreCase(address)) {
        throw new Wrong(place + " is " + device.id() + " already");
      }
    }
    var heard =
        DevicesRead.unclaimed(loaded).stream()
            .filter(device -> device.hub().equals(hub))
            .map(UnclaimedDevice::address)
            .toList();
    if (!wish.unheard() && !heard.contains(address)) {
      throw new Wrong(
          "nothing was heard of "
              + place
              + Suggestion.of(address, heard)
              + " (--unheard adds it all the same)");
    }
    return new Route.Behind(hub, address);
  }

  private static String idFor(String address, Loaded loaded, Wish wish) throws Wrong {
    var taken = loaded.config().devices().keySet();
    if (wish.id().isPresent()) {
      if (taken.contains(wish.id().get())) {
        throw new Wrong(
            "there is a device \"" + wish.id().get() + "\" already; choose another --id");
      }
      return wish.id().get();
    }
    boolean usable = ConfigReader.isDeviceId(address) && !taken.contains(address);
    var usual = usable ? address : wish.profile() + "-" + address.replaceAll("[^A-Za-z0-9_.-]", "");
    if (taken.contains(usual)) {
      throw new Wrong("there is a device \"" + usual + "\" already; choose one with --id");
    }
    return usual;
  }

  private static Map<String, String> members(Route.Behind where, Wish wish) {
    var members = new LinkedHashMap<String, String>();
    members.put("profile", wish.profile());
    members.put("link", where.hub());
    members.put("address", where.address());
    wish.serial().ifPresent(serial -> members.put("serial", serial));
    wish.unit().ifPresent(unit -> members.put("unit", unit));
    return members;
  }
}
