package io.medtwin.twin.keeper;

import io.medtwin.twin.identity.Identifier;
import io.medtwin.twin.identity.Sighting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which configured devices have a strong identifier in common, by the file or by their own word:
 * they may be one device, or two whose cables were swapped. Nothing is merged; both twins say so.
 * Owned by the keeper's thread; holds at most a few identifiers for each device.
 */
final class Kinship {

  private final Map<Identifier, Set<DeviceLine>> holders = new HashMap<>();
  private final Map<DeviceLine, Set<Identifier>> held = new HashMap<>();
  private final Set<DeviceLine> news = new LinkedHashSet<>();

  /** A device is known by these from now on. */
  void known(DeviceLine line, List<Sighting> sightings, Instant now) {
    var next = new TreeSet<>(Identifier.STRONGEST_FIRST);
    for (Sighting sighting : sightings) {
      sighting.identifiers().stream().filter(Identifier::isStrong).forEach(next::add);
    }
    var affected = new LinkedHashSet<DeviceLine>();
    affected.add(line);
    for (Identifier old : held.getOrDefault(line, Set.of())) {
      var with = holders.getOrDefault(old, Set.of());
      affected.addAll(with);
      with.remove(line);
    }
    held.put(line, next);
    for (Identifier identifier : next) {
      var with = holders.computeIfAbsent(identifier, unused -> new LinkedHashSet<>());
      with.add(line);
      affected.addAll(with);
    }
    for (DeviceLine one : affected) {
      if (one.doubt(sharedBy(one), now)) {
        news.add(one);
      }
    }
  }

  /** Devices of which something is doubtful that was not before, each once. */
  List<DeviceLine> news() {
    if (news.isEmpty()) {
      return List.of();
    }
    var told = List.copyOf(news);
    news.clear();
    return told;
  }

  private List<String> sharedBy(DeviceLine line) {
    var shared = new ArrayList<String>();
    for (Identifier identifier : held.getOrDefault(line, Set.of())) {
      for (DeviceLine other : holders.getOrDefault(identifier, Set.of())) {
        if (other != line) {
          shared.add(other.device() + " has " + identifier.text() + ", too");
        }
      }
    }
    return shared;
  }
}
