package io.medtwin.benchmarks.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What every device said in this round, how often it reached the gateway and what the gateway
 * answered. Any thread.
 */
final class Promises {

  private final Map<String, NavigableMap<Long, Entry>> devices = new TreeMap<>();

  private static final class Entry {
    private final List<Mark> marks;
    private int deliveries;
    private int acknowledgements;
    private boolean beforeKill;

    Entry(List<Mark> marks) {
      this.marks = marks;
    }

    Sending sending(long n) {
      return new Sending(n, marks, deliveries, acknowledgements, beforeKill);
    }
  }

  /** A device is about to say this. */
  synchronized void sent(String device, long n, List<Mark> marks) {
    devices.computeIfAbsent(device, unused -> new TreeMap<>()).put(n, new Entry(marks));
  }

  /** It is handed to the gateway, perhaps again. */
  synchronized void delivered(String device, long n) {
    var entry = entry(device, n);
    if (entry != null) {
      entry.deliveries++;
    }
  }

  /** The gateway said that it has it. */
  synchronized void acknowledged(String device, long n) {
    var entry = entry(device, n);
    if (entry != null) {
      entry.acknowledgements++;
    }
  }

  /** The gateway is dead: what it acknowledged so far, it acknowledged before. */
  synchronized void killed() {
    devices
        .values()
        .forEach(
            all -> all.values().forEach(entry -> entry.beforeKill = entry.acknowledgements > 0));
  }

  /** Whether everything that was said was acknowledged. */
  synchronized boolean allAcknowledged() {
    return devices.values().stream()
        .flatMap(all -> all.values().stream())
        .allMatch(entry -> entry.acknowledgements > 0);
  }

  /** How many messages were said and not acknowledged. */
  synchronized long unacknowledged() {
    return devices.values().stream()
        .flatMap(all -> all.values().stream())
        .filter(entry -> entry.acknowledgements == 0)
        .count();
  }

  /** How many messages of certain devices were acknowledged. */
  synchronized long acknowledged(Predicate<String> which) {
    return devices.entrySet().stream()
        .filter(device -> which.test(device.getKey()))
        .flatMap(device -> device.getValue().values().stream())
        .filter(entry -> entry.acknowledgements > 0)
        .count();
  }

  /** What a device said in this round, in its order. */
  synchronized List<Sending> of(String device) {
    var sendings = new ArrayList<Sending>();
    devices
        .getOrDefault(device, new TreeMap<>())
        .forEach((n, entry) -> sendings.add(entry.sending(n)));
    return sendings;
  }

  /** A new round. */
  synchronized void forget() {
    devices.clear();
  }

  private @org.jspecify.annotations.Nullable Entry entry(String device, long n) {
    var all = devices.get(device);
    return all == null ? null : all.get(n);
  }
}
