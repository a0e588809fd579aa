package io.medtwin.app.generate;

import io.medtwin.twin.profile.Metric;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * Where numbers of a resting, healthy adult usually lie, by IEEE 11073-10101 code and UCUM unit:
 * textbook ranges, so that a simulated device looks like a patient and not like a sweep from end to
 * end. For simulation only, never a limit.
 */
final class Typical {

  private record Key(int code, String unit) {}

  private static final Map<Key, Metric.Range> RANGES =
      Map.ofEntries(
          entry(147842, "/min", "60", "100"), // heart rate, ECG
          entry(8454258, "/min", "60", "100"), // heart rate, fitness
          entry(149530, "/min", "60", "100"), // pulse rate, plethysmogram
          entry(149546, "/min", "60", "100"), // pulse rate, cuff
          entry(147240, "ms", "600", "1000"), // R-R interval
          entry(150456, "%", "95", "100"), // SpO2
          entry(150488, "%", "1", "10"), // perfusion index
          entry(151562, "/min", "12", "20"), // respiration rate
          entry(151578, "/min", "12", "20"), // respiration rate, thoracic impedance
          entry(151708, "mm[Hg]", "35", "45"), // end-tidal CO2
          entry(150021, "mm[Hg]", "100", "130"), // cuff, systolic
          entry(150022, "mm[Hg]", "60", "85"), // cuff, diastolic
          entry(150023, "mm[Hg]", "75", "100"), // cuff, mean
          entry(150033, "mm[Hg]", "100", "130"), // invasive, systolic
          entry(150034, "mm[Hg]", "60", "85"), // invasive, diastolic
          entry(150035, "mm[Hg]", "75", "100"), // invasive, mean
          entry(150344, "Cel", "36.1", "37.5"), // temperature
          entry(150364, "Cel", "36.1", "37.5"), // body temperature
          entry(150388, "Cel", "32", "35")); // skin temperature

  private Typical() {}

  private static Map.Entry<Key, Metric.Range> entry(
      int code, String unit, String low, String high) {
    return Map.entry(
        new Key(code, unit), new Metric.Range(new BigDecimal(low), new BigDecimal(high)));
  }

  /** Of a metric, as far as it is within what its profile calls plausible. */
  static Optional<Metric.Range> of(Metric metric) {
    var plausible = metric.plausible();
    return Optional.ofNullable(RANGES.get(new Key(metric.code(), metric.unit())))
        .filter(
            range ->
                plausible == null
                    || (plausible.contains(range.low()) && plausible.contains(range.high())));
  }
}
