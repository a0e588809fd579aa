package io.medtwin.simulator.sheet;

import io.medtwin.simulator.device.Broadcast;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A sheet's parameters and alerts as they live, tick by tick; how they are written is another's
 * business. A tick is as long as the shortest period, 50 ms to 1 s. Pure.
 */
final class Living implements Broadcast<List<byte[]>> {
  private static final long TICK_MILLIS_MIN = 50;
  private static final long TICK_MILLIS_MAX = 1_000;

  /**
   * What is to be said at one moment.
   *
   * @param millis since the scenario began
   * @param values by parameter, as the device writes them; not empty unless an alert changed
   * @param alerts each condition, on or off
   */
  record Moment(long millis, Map<String, Value> values, Map<String, Boolean> alerts) {}

  private final long tickMillis;
  private final List<LivingValue> parameters;
  private final Map<String, AlertTimes> alerts = new TreeMap<>();
  private final Function<String, List<String>> unitsOf;
  private final WireNumber wire;
  private final Function<Moment, List<byte[]>> writer;

  /**
   * Living values of a sheet.
   *
   * @param alerts codes that can be said
   * @param unitsOf units in which a parameter can be written; empty for any
   * @param wordsOf words of a parameter where the sheet lists none
   */
  Living(
      Sheet sheet,
      Set<String> alerts,
      Function<String, List<String>> unitsOf,
      Function<String, List<String>> wordsOf,
      UnitConversion conversion,
      long seed,
      Function<Moment, List<byte[]>> writer) {
    var shortest = sheet.shortestPeriod();
    this.tickMillis =
        Math.clamp(
            (shortest == null ? Duration.ofMillis(TICK_MILLIS_MAX) : shortest).toMillis(),
            TICK_MILLIS_MIN,
            TICK_MILLIS_MAX);
    this.parameters =
        sheet.parameters().stream()
            .map(parameter -> LivingValue.of(parameter, wordsOf.apply(parameter.name()), seed))
            .toList();
    alerts.forEach(code -> this.alerts.put(code, AlertTimes.of(code, seed)));
    this.unitsOf = unitsOf;
    this.wire = new WireNumber(sheet.units(), conversion);
    this.writer = writer;
  }

  @Override
  public double ticksPerSecond() {
    return 1000.0 / tickMillis;
  }

  @Override
  public List<byte[]> at(long tick) {
    long now = tick * tickMillis;
    long before = tick == 0 ? -1 : now - tickMillis;
    var values = new LinkedHashMap<String, Value>();
    for (LivingValue living : parameters) {
      if (living.isDue(now, before)) {
        living
            .at(now)
            .flatMap(
                value ->
                    value instanceof Numeric numeric
                        ? wire.of(
                                living.parameter(),
                                numeric,
                                unitsOf.apply(living.parameter().name()))
                            .map(Value.class::cast)
                        : Optional.of(value))
            .ifPresent(value -> values.put(living.parameter().name(), value));
      }
    }
    var states = new LinkedHashMap<String, Boolean>();
    boolean changed = false;
    for (Map.Entry<String, AlertTimes> alert : alerts.entrySet()) {
      boolean on = alert.getValue().isOn(now);
      states.put(alert.getKey(), on);
      changed |= before >= 0 && on != alert.getValue().isOn(before);
    }
    return values.isEmpty() && !changed ? List.of() : writer.apply(new Moment(now, values, states));
  }
}
