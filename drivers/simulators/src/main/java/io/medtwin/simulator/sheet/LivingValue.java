package io.medtwin.simulator.sheet;

import io.medtwin.simulator.physiology.SlowVariation;
import io.medtwin.simulator.sheet.Sheet.Parameter;
import io.medtwin.simulator.sheet.Sheet.Range;
import io.medtwin.spi.Coded;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Text;
import io.medtwin.spi.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One parameter that lives: a number wanders slowly within what is typical, else in the middle
 * fifth of what is plausible, in its steps; a word stays for some while; a setting stays for good.
 * A number without any bounds counts up. The value of a moment depends on that moment alone.
 * Immutable.
 */
final class LivingValue {
  /** How often is said what has no period, though it did not change: for one who comes late. */
  static final long REPEAT_MILLIS = 60_000;

  private static final double MIDDLE_FIFTH = 0.1;
  private static final long COUNT_MILLIS = 15_000;
  private static final long WORD_MILLIS_MIN = 45_000;
  private static final long WORD_MILLIS_MAX = 90_000;
  private static final String TEXT = "simulated";

  private final Parameter parameter;
  private final List<String> words;
  private final SlowVariation variation;
  private final long wordMillis;
  private final BigDecimal step;

  private LivingValue(Parameter parameter, List<String> words, SplittableRandom random) {
    this.parameter = parameter;
    this.words = words;
    this.step = parameter.step() == null ? naturalStep(parameter) : parameter.step();
    this.variation = variation(parameter, random);
    this.wordMillis = random.nextLong(WORD_MILLIS_MIN, WORD_MILLIS_MAX);
  }

  /**
   * A parameter that lives by a seed.
   *
   * @param words the device's words for it, where the sheet lists none
   */
  static LivingValue of(Parameter parameter, List<String> words, long seed) {
    return new LivingValue(
        parameter,
        parameter.words().isEmpty() ? words : parameter.words(),
        new SplittableRandom(seed * 31 + parameter.name().hashCode()));
  }

  Parameter parameter() {
    return parameter;
  }

  /** Its value some time after the scenario began, in the sheet's unit; empty for a wave. */
  Optional<Value> at(long millis) {
    return switch (parameter.kind()) {
      case NUMERIC -> Optional.of(new Numeric(number(millis), parameter.unit()));
      case SETTING -> Optional.of(new Numeric(number(0), parameter.unit()));
      case ENUM -> word(millis).map(Coded::new);
      case TEXT -> Optional.of(new Text(word(millis).orElse(TEXT)));
      case WAVEFORM -> Optional.empty();
    };
  }

  /** Whether it is said at this moment, when it was last looked at {@code before}. */
  boolean isDue(long millis, long before) {
    if (before < 0) {
      return true;
    }
    var period = parameter.period();
    long every = period == null ? REPEAT_MILLIS : Math.max(1, period.toMillis());
    return millis / every != before / every || (period == null && !at(millis).equals(at(before)));
  }

  private Optional<String> word(long millis) {
    return words.isEmpty()
        ? Optional.empty()
        : Optional.of(words.get((int) (millis / wordMillis % words.size())));
  }

  private BigDecimal number(long millis) {
    var bounds = bounds(parameter);
    if (bounds.isEmpty()) {
      return step.multiply(BigDecimal.valueOf(millis / COUNT_MILLIS));
    }
    var steps =
        BigDecimal.valueOf(variation.at(millis / 1000.0)).divide(step, 0, RoundingMode.HALF_EVEN);
    return steps.multiply(step).max(bounds.get().low()).min(bounds.get().high());
  }

  private static SlowVariation variation(Parameter parameter, SplittableRandom random) {
    var bounds = bounds(parameter);
    double low = bounds.map(range -> range.low().doubleValue()).orElse(0.0);
    double high = bounds.map(range -> range.high().doubleValue()).orElse(0.0);
    double share = parameter.typical() == null ? MIDDLE_FIFTH : 0.5;
    return new SlowVariation((low + high) / 2, (high - low) * share, random);
  }

  private static Optional<Range> bounds(Parameter parameter) {
    return Optional.ofNullable(
        parameter.typical() == null ? parameter.plausible() : parameter.typical());
  }

  /** As fine as people write it: whole numbers over a wide range, decimals over a narrow one. */
  private static BigDecimal naturalStep(Parameter parameter) {
    double width =
        bounds(parameter)
            .map(range -> range.high().subtract(range.low()).doubleValue())
            .orElse(100.0);
    return BigDecimal.ONE.movePointLeft(width >= 20 ? 0 : width >= 2 ? 1 : 2);
  }
}
