package io.medtwin.twin.identity;

import io.medtwin.twin.identity.Identifier.Plate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Says which sightings are one device. The strongest identifier of a sighting is the device's name:
 * UDI-DI with serial number, then manufacturer, model and serial number, then EUI-64, then a
 * vendor's id. Two devices become one only by two strong identifiers that both have, or by hand.
 * Anything less is a doubt, which is told and changes nothing. A pure function; the order of the
 * sightings does not matter.
 */
public final class Resolver {

  /** Strong identifiers that two devices must share to be one. */
  private static final int ENOUGH = 2;

  private Resolver() {}

  /**
   * A person said that these are one device.
   *
   * @param one an identifier of it
   * @param other another one
   */
  public record Joined(Identifier one, Identifier other) {}

  /**
   * A device.
   *
   * @param aliases every identifier of it, strongest first, with the sources that saw each
   */
  public record Known(Map<Identifier, Set<String>> aliases) {

    public Known {
      var sorted = new TreeMap<Identifier, Set<String>>(Identifier.STRONGEST_FIRST);
      sorted.putAll(aliases);
      aliases = Collections.unmodifiableMap(sorted);
    }

    /** Its strongest identifier. */
    public Identifier name() {
      return aliases.keySet().iterator().next();
    }
  }

  /**
   * Two devices that may be one; they stay two until a person says so.
   *
   * @param one a device
   * @param other another one
   * @param why what they have in common
   */
  public record Doubt(Known one, Known other, String why) {}

  /**
   * What came of it.
   *
   * @param devices by their names
   * @param doubts pairs of devices that may be one
   * @param quarantined sightings without any identifier, by source: they get no twin
   */
  public record Resolution(List<Known> devices, List<Doubt> doubts, List<Sighting> quarantined) {}

  /** Resolves sightings that nobody has said anything about. */
  public static Resolution resolve(Collection<Sighting> sightings) {
    return resolve(sightings, List.of());
  }

  /** Resolves sightings. */
  public static Resolution resolve(Collection<Sighting> sightings, Collection<Joined> byHand) {
    var quarantined = new ArrayList<Sighting>();
    var named = new TreeMap<Identifier, Known>(Identifier.STRONGEST_FIRST);
    for (Sighting sighting : sightings) {
      var name = sighting.strongest();
      if (name == null) {
        quarantined.add(sighting);
      } else {
        named.merge(name, known(sighting), Resolver::together);
      }
    }
    var devices = merged(new ArrayList<>(named.values()), byHand);
    quarantined.sort(Comparator.comparing(Sighting::source));
    return new Resolution(List.copyOf(devices), doubts(devices), List.copyOf(quarantined));
  }

  private static Known known(Sighting sighting) {
    var aliases = new TreeMap<Identifier, Set<String>>(Identifier.STRONGEST_FIRST);
    for (Identifier identifier : sighting.identifiers()) {
      aliases.put(identifier, Set.of(sighting.source()));
    }
    return new Known(aliases);
  }

  private static Known together(Known one, Known other) {
    var aliases = new TreeMap<Identifier, Set<String>>(Identifier.STRONGEST_FIRST);
    for (Known known : List.of(one, other)) {
      known
          .aliases()
          .forEach(
              (identifier, sources) ->
                  aliases.computeIfAbsent(identifier, unused -> new TreeSet<>()).addAll(sources));
    }
    return new Known(aliases);
  }

  /** Merges until nothing more can be: what one merge brings together may allow another. */
  private static List<Known> merged(List<Known> devices, Collection<Joined> byHand) {
    boolean again = true;
    while (again) { // each round leaves one device less
      again = mergeOne(devices, byHand);
    }
    devices.sort(Comparator.comparing(Known::name, Identifier.STRONGEST_FIRST));
    return devices;
  }

  private static boolean mergeOne(List<Known> devices, Collection<Joined> byHand) {
    for (Pair pair : alike(devices, byHand)) {
      if (areOne(devices.get(pair.one()), devices.get(pair.other()), byHand)) {
        devices.set(pair.one(), together(devices.get(pair.one()), devices.remove(pair.other())));
        return true;
      }
    }
    return false;
  }

  /** Places of two devices, the smaller first. */
  private record Pair(int one, int other) {}

  /** Pairs that have anything in common, so that not every device is held against every other. */
  private static Set<Pair> alike(List<Known> devices, Collection<Joined> byHand) {
    var holders = new HashMap<Object, List<Integer>>();
    for (int i = 0; i < devices.size(); i++) {
      for (Identifier identifier : devices.get(i).aliases().keySet()) {
        note(holders, identifier, i);
        if (identifier instanceof Plate plate) {
          note(holders, plate.spelling(), i);
        }
        for (Joined joined : byHand) {
          if (identifier.equals(joined.one()) || identifier.equals(joined.other())) {
            note(holders, joined, i);
          }
        }
      }
    }
    var pairs = new LinkedHashSet<Pair>();
    for (List<Integer> places : holders.values()) {
      for (int i = 0; i < places.size(); i++) {
        for (int j = i + 1; j < places.size(); j++) {
          if (!places.get(i).equals(places.get(j))) {
            pairs.add(new Pair(places.get(i), places.get(j)));
          }
        }
      }
    }
    return pairs;
  }

  private static void note(Map<Object, List<Integer>> holders, Object key, int place) {
    holders.computeIfAbsent(key, unused -> new ArrayList<>()).add(place);
  }

  private static boolean areOne(Known one, Known other, Collection<Joined> byHand) {
    return shared(one, other).stream().filter(Identifier::isStrong).count() >= ENOUGH
        || byHand.stream()
            .anyMatch(
                joined ->
                    has(one, joined.one()) && has(other, joined.other())
                        || has(one, joined.other()) && has(other, joined.one()));
  }

  private static boolean has(Known known, Identifier identifier) {
    return known.aliases().containsKey(identifier);
  }

  private static List<Identifier> shared(Known one, Known other) {
    return one.aliases().keySet().stream().filter(identifier -> has(other, identifier)).toList();
  }

  private static List<Doubt> doubts(List<Known> devices) {
    var doubts = new ArrayList<Doubt>();
    for (Pair pair : alike(devices, List.of())) {
      var one = devices.get(pair.one());
      var other = devices.get(pair.other());
      var why = likeness(one, other);
      if (why != null) {
        doubts.add(new Doubt(one, other, why));
      }
    }
    doubts.sort(
        Comparator.<Doubt, Identifier>comparing(
                doubt -> doubt.one().name(), Identifier.STRONGEST_FIRST)
            .thenComparing(doubt -> doubt.other().name(), Identifier.STRONGEST_FIRST));
    return List.copyOf(doubts);
  }

  private static @Nullable String likeness(Known one, Known other) {
    var shared = shared(one, other);
    if (!shared.isEmpty()) {
      return "both have " + shared.getFirst().text();
    }
    for (Identifier a : one.aliases().keySet()) {
      for (Identifier b : other.aliases().keySet()) {
        if (a instanceof Plate plate && b instanceof Plate that && plate.isSpeltOtherwiseIn(that)) {
          return "serial numbers \""
              + plate.serial()
              + "\" and \""
              + that.serial()
              + "\" are alike";
        }
      }
    }
    return null;
  }
}
