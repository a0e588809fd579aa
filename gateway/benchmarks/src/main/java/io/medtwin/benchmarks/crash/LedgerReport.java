package io.medtwin.benchmarks.crash;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;

/**
 * What {@code medtwin ledger --json} says.
 *
 * @param balanced in its own opinion
 * @param devices by configured id
 */
record LedgerReport(boolean balanced, Map<String, Device> devices) {

  /** Of nothing yet. */
  static final LedgerReport EMPTY = new LedgerReport(true, Map.of());

  LedgerReport {
    devices = Map.copyOf(devices);
  }

  /**
   * One device.
   *
   * @param lines by metric, {@code channel/name}, beside {@code alerts} and {@code events}
   * @param gaps stretches of which something is lost
   */
  record Device(long epoch, long seq, Map<String, Line> lines, List<Gap> gaps) {
    static final Device NONE = new Device(0, 0, Map.of(), List.of());

    Device {
      lines = Map.copyOf(lines);
      gaps = List.copyOf(gaps);
    }

    Line line(String metric) {
      return lines.getOrDefault(metric, Line.ZERO);
    }
  }

  /** The account of one metric. */
  record Line(
      long received, long delivered, long coalesced, long pending, long rejected, long expired) {
    static final Line ZERO = new Line(0, 0, 0, 0, 0, 0);

    boolean isBalanced() {
      return received == delivered + coalesced + pending + rejected + expired
          && Math.min(
                  Math.min(delivered, coalesced), Math.min(pending, Math.min(rejected, expired)))
              >= 0;
    }
  }

  /** A stretch of which something is lost, and why. */
  record Gap(Instant from, Instant to, String reason) {}

  /** Everything that waits. */
  long pending() {
    return devices.values().stream()
        .flatMap(device -> device.lines().values().stream())
        .mapToLong(Line::pending)
        .sum();
  }

  Device device(String id) {
    return devices.getOrDefault(id, Device.NONE);
  }

  /** Reads the command's output. */
  static LedgerReport read(String json) {
    var root = JsonFactory.newObject(json);
    var devices = new TreeMap<String, Device>();
    root.getValue("devices")
        .filter(JsonValue::isArray)
        .ifPresent(
            all ->
                all.asArray().stream()
                    .map(JsonValue::asObject)
                    .forEach(
                        device ->
                            devices.put(
                                device.getValue("device").orElseThrow().asString(),
                                device(device))));
    return new LedgerReport(
        root.getValue("balanced").map(JsonValue::asBoolean).orElse(false), devices);
  }

  private static Device device(JsonObject device) {
    var lines = new TreeMap<String, Line>();
    device
        .getValue("metrics")
        .ifPresent(
            all ->
                all.asArray().stream()
                    .map(JsonValue::asObject)
                    .forEach(
                        line ->
                            lines.put(
                                line.getValue("metric").orElseThrow().asString(),
                                new Line(
                                    number(line, "received"),
                                    number(line, "delivered"),
                                    number(line, "coalesced"),
                                    number(line, "pending"),
                                    number(line, "rejected"),
                                    number(line, "expired")))));
    var gaps = new ArrayList<Gap>();
    device
        .getValue("gaps")
        .ifPresent(
            all ->
                all.asArray().stream()
                    .map(JsonValue::asObject)
                    .forEach(
                        gap ->
                            gaps.add(
                                new Gap(
                                    Instant.parse(gap.getValue("from").orElseThrow().asString()),
                                    Instant.parse(gap.getValue("to").orElseThrow().asString()),
                                    gap.getValue("reason").map(JsonValue::asString).orElse("")))));
    return new Device(number(device, "epoch"), number(device, "seq"), lines, gaps);
  }

  private static long number(JsonObject object, String key) {
    return object.getValue(key).filter(JsonValue::isNumber).map(JsonValue::asLong).orElse(0L);
  }
}
