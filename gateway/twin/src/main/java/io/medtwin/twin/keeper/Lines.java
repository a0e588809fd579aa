package io.medtwin.twin.keeper;

import io.medtwin.twin.normalizer.Units;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** All devices of a gateway, by id and in the order they were configured. */
final class Lines {

  private final Map<String, DeviceLine> byDevice = new HashMap<>();
  private final List<DeviceLine> ordered = new ArrayList<>();

  Lines(Collection<DevicePlan> plans, Units units, RandomGenerator random, Instant now) {
    for (DevicePlan plan : plans) {
      var line = new DeviceLine(plan, units, random, now);
      if (byDevice.put(line.device(), line) != null) {
        throw new IllegalArgumentException("two devices are called " + line.device());
      }
      ordered.add(line);
    }
  }

  List<DeviceLine> all() {
    return ordered;
  }

  /** The device, unless nobody configured it: an older configuration may have. */
  Optional<DeviceLine> find(String device) {
    return Optional.ofNullable(byDevice.get(device));
  }
}
