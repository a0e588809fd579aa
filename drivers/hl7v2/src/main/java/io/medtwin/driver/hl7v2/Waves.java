package io.medtwin.driver.hl7v2;

import io.medtwin.driver.hl7v2.er7.Element;
import io.medtwin.spi.Samples;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * Value type NA: samples of a wave, with the attributes that stand as facets below it (IHE WCM). A
 * wave without its sample rate is not taken: the interval of its OBR says when it was, not how
 * fast.
 */
final class Waves {

  private static final long SAMPLE_PERIOD = 67981; // MDC_ATTR_TIME_PD_SAMP
  private static final String SAMPLE_RATE = "MDC_ATTR_SAMP_RATE";
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d{1,9}(\\.\\d{0,9})?|\\.\\d{1,9})");

  private Waves() {}

  /** Whether a row says how fast a wave is. */
  static boolean isRate(Row row) {
    return row.term().code() == SAMPLE_PERIOD || isNamed(row, SAMPLE_RATE);
  }

  /** Samples a second, of a row of that kind. */
  static OptionalDouble ratePerSecond(Row row) {
    var text = row.value().text(1);
    if (!NUMBER.matcher(text).matches()) {
      return OptionalDouble.empty();
    }
    double number = Double.parseDouble(text);
    var unit = UnitText.of(row.segment().element(6));
    double rate =
        switch (unit) {
          case "1", "/s", "Hz", "1/s", "{samples}/s", "s-1" ->
              row.term().code() == SAMPLE_PERIOD ? 0 : number;
          case "kHz" -> number * 1_000;
          case "/min" -> number / 60;
          case "s" -> 1 / number;
          case "ms" -> 1_000 / number;
          case "us" -> 1_000_000 / number;
          default -> 0;
        };
    return rate > 0 && Double.isFinite(rate) ? OptionalDouble.of(rate) : OptionalDouble.empty();
  }

  /** The samples of a row; empty where one of them is no number, or they are too many. */
  static Optional<Samples> of(Row row, double ratePerSecond) {
    var numbers = new ArrayList<Optional<BigDecimal>>();
    for (Element part : row.values()) {
      for (int i = 1; i <= part.size(); i++) {
        var text = part.text(i);
        if ((!text.isEmpty() && !NUMBER.matcher(text).matches())
            || numbers.size() == Samples.MAX_COUNT) {
          return Optional.empty();
        }
        numbers.add(text.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(text)));
      }
    }
    return numbers.isEmpty() ? Optional.empty() : scaled(row, numbers, ratePerSecond);
  }

  /** Whole counts with one power of ten as gain, so that each sample is exact. */
  private static Optional<Samples> scaled(
      Row row, List<Optional<BigDecimal>> numbers, double ratePerSecond) {
    int scale = 0;
    for (var number : numbers) {
      scale = Math.max(scale, number.map(BigDecimal::scale).orElse(0));
    }
    var raw = new int[numbers.size()];
    for (int i = 0; i < raw.length; i++) {
      var number = numbers.get(i);
      if (number.isEmpty()) {
        raw[i] = Samples.MISSING;
        continue;
      }
      var count = number.get().movePointRight(scale);
      if (count.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
        return Optional.empty();
      }
      raw[i] = count.intValue();
    }
    double gain = BigDecimal.ONE.movePointLeft(scale).doubleValue();
    return Optional.of(
        Samples.of(raw, ratePerSecond, gain, 0, UnitText.of(row.segment().element(6))));
  }

  private static boolean isNamed(Row row, String refid) {
    return row.segment().element(3).text(2).equals(refid);
  }
}
