package io.medtwin.app.command;

import io.medtwin.app.config.GatewayConfig;
import io.medtwin.app.view.GatewayLife;
import io.medtwin.app.view.UnclaimedList;
import io.medtwin.journal.Journal;
import io.medtwin.journal.Replay;
import io.medtwin.journal.UnclaimedDevice;
import io.medtwin.journal.sqlite.SqliteJournal;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.identity.Identifier;
import io.medtwin.twin.identity.Resolver;
import io.medtwin.twin.identity.Sighting;
import io.medtwin.twin.keeper.DeviceReader;
import io.medtwin.twin.keeper.DeviceReader.Told;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a gateway's file and its journal say of its devices.
 *
 * @param loaded the file, checked; its plugins are closed
 * @param devices all devices, the gateway itself last; as the journal has them
 * @param unclaimed devices heard that the file does not have
 * @param life whether the gateway runs
 */
record DevicesRead(
    Loaded loaded, List<Told> devices, List<UnclaimedDevice> unclaimed, GatewayLife life) {

  /** Reading, or what is wrong, said to the user. */
  interface Use {
    int with(DevicesRead read) throws IOException;
  }

  /** Reads, and hands over; says what is wrong where it cannot. */
  static int of(Path file, Environment environment, Use use) throws IOException {
    try {
      return use.with(read(file, environment));
    } catch (DocumentException e) {
      environment.err().println(e.getMessage());
      return ExitCode.CONFIG;
    } catch (UncheckedIOException e) {
      environment.err().println("medtwin: " + Objects.requireNonNull(e.getCause()).getMessage());
      return ExitCode.FAILED;
    }
  }

  private static DevicesRead read(Path file, Environment environment)
      throws DocumentException, IOException {
    var loaded = Loaded.from(file, environment);
    loaded.plugins().close();
    var folder = loaded.config().journal().folder();
    var now = environment.clock().instant();
    var read =
        DeviceReader.read(
            loaded.plan().devices(), loaded.units(), now, replay -> recover(folder, replay));
    read.damages().forEach(damage -> environment.err().println("damaged  " + damage));
    var lastWord =
        read.devices().stream()
            .filter(device -> device.view().device().equals(GatewayConfig.SELF))
            .map(device -> device.view().lastHeard())
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    return new DevicesRead(
        loaded,
        read.devices(),
        unclaimed(loaded),
        new GatewayLife(loaded.config().gateway().id(), lastWord, now));
  }

  private static Journal.End recover(Path folder, Replay replay) {
    try {
      return SqliteJournal.read(folder, replay);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Devices that were heard, and that the file does not have; none where there is no journal. */
  static List<UnclaimedDevice> unclaimed(Loaded loaded) throws IOException {
    var folder = loaded.config().journal().folder();
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    var configured =
        loaded.config().devices().values().stream()
            .filter(device -> device.route() instanceof GatewayConfig.Route.Behind)
            .map(device -> (GatewayConfig.Route.Behind) device.route())
            .map(behind -> key(behind.hub(), behind.address()))
            .collect(Collectors.toSet());
    return SqliteJournal.readUnclaimed(folder).stream()
        .filter(device -> !configured.contains(key(device.hub(), device.address())))
        .toList();
  }

  private static String key(String hub, String address) {
    return hub + "/" + address.toUpperCase(Locale.ROOT);
  }

  /** The configured device that each unclaimed one may be, by hub and address. */
  Map<String, String> likeness() {
    var sightings = new ArrayList<Sighting>();
    for (Told device : devices) {
      for (Sighting sighting : device.sightings()) {
        sightings.add(new Sighting(device.view().device(), sighting.identifiers()));
      }
    }
    var names = new TreeSet<String>();
    for (UnclaimedDevice device : unclaimed) {
      names.add(UnclaimedList.name(device));
      sightings.add(sighting(device));
    }
    var resolution = Resolver.resolve(sightings);
    var likeness = new LinkedHashMap<String, String>();
    for (Resolver.Known known : resolution.devices()) {
      tell(likeness, names, known, known, "one of its identifiers is the same");
    }
    for (Resolver.Doubt doubt : resolution.doubts()) {
      tell(likeness, names, doubt.one(), doubt.other(), doubt.why());
      tell(likeness, names, doubt.other(), doubt.one(), doubt.why());
    }
    return likeness;
  }

  private static Sighting sighting(UnclaimedDevice device) {
    var facts = device.identity();
    return Sighting.of(
        UnclaimedList.name(device),
        facts.getOrDefault(io.medtwin.spi.Identity.Attribute.MANUFACTURER, ""),
        facts.getOrDefault(io.medtwin.spi.Identity.Attribute.MODEL, ""),
        facts);
  }

  private static void tell(
      Map<String, String> likeness,
      Set<String> unclaimedNames,
      Resolver.Known one,
      Resolver.Known other,
      String why) {
    for (String stranger : sources(one)) {
      for (String device : sources(other)) {
        if (unclaimedNames.contains(stranger) && !unclaimedNames.contains(device)) {
          likeness.putIfAbsent(stranger, device + ": " + why);
        }
      }
    }
  }

  private static Set<String> sources(Resolver.Known known) {
    var sources = new TreeSet<String>();
    for (Map.Entry<Identifier, Set<String>> alias : known.aliases().entrySet()) {
      sources.addAll(alias.getValue());
    }
    return sources;
  }
}
