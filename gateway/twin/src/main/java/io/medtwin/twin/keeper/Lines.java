package io.medtwin.twin.keeper;

import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.tap.Taps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/**
 * All devices of a gateway, by id and in the order they were configured. Only the keeper's thread
 * adds some; any thread may look one up.
 */
final class Lines {

  private final Map<String, DeviceLine> byDevice = new ConcurrentHashMap<>();
  private final List<DeviceLine> ordered = new CopyOnWriteArrayList<>();
  private final Kinship kinship = new Kinship();
  private final Units units;
  private final RandomGenerator random;
  private final Taps taps;

  /** Devices at which nobody looks. */
  Lines(Collection<DevicePlan> plans, Units units, RandomGenerator random, Instant now) {
    this(plans, units, random, now, new Taps());
  }

  Lines(Collection<DevicePlan> plans, Units units, RandomGenerator random, Instant now, Taps taps) {
    this.units = units;
    this.random = random;
    this.taps = taps;
    var first = new ArrayList<DeviceLine>();
    for (DevicePlan plan : plans) {
      first.add(make(plan, now));
    }
    ordered.addAll(first);
  }

  /** Adds a device. */
  DeviceLine add(DevicePlan plan, Instant now) {
    var line = make(plan, now);
    ordered.add(line);
    return line;
  }

  private DeviceLine make(DevicePlan plan, Instant now) {
    var line = new DeviceLine(plan, units, random, now, kinship, taps);
    if (byDevice.putIfAbsent(line.device(), line) != null) {
      throw new IllegalArgumentException("two devices are called " + line.device());
    }
    line.identified(now);
    return line;
  }

  /** Which devices may be one. */
  Kinship kinship() {
    return kinship;
  }

  List<DeviceLine> all() {
    return ordered;
  }

  /** The device, unless nobody configured it: an older configuration may have. */
  Optional<DeviceLine> find(String device) {
    return Optional.ofNullable(byDevice.get(device));
  }
}
