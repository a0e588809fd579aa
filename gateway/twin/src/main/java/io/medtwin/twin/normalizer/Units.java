package io.medtwin.twin.normalizer;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.fhir.ucum.Decimal;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;
import org.fhir.ucum.UcumService;

/**
 * Conversion between UCUM units by exact decimal factors. A factor is asked of the library once for
 * each pair of units and kept; at most {@link #LIMIT} pairs are kept, further ones are computed
 * anew. Safe for any thread.
 *
 * <p>Units without the same dimension convert to nothing. Degrees Fahrenheit and Celsius, which the
 * library leaves out (they have an offset), are converted here by their definition: C = (F - 32) *
 * 5 / 9.
 */
public final class Units {

  private static final int LIMIT = 1_000;
  private static final MathContext FACTOR_PRECISION = new MathContext(20);
  private static final int SPARE_DIGITS = 2;

  private final UcumService ucum;
  private final ConcurrentHashMap<Pair, Optional<BigDecimal>> factors = new ConcurrentHashMap<>();

  private record Pair(String from, String to) {}

  /** Loads the definitions of UCUM that come with the library. */
  public Units() {
    try (InputStream definitions =
        UcumEssenceService.class.getResourceAsStream("/ucum-essence.xml")) {
      ucum = new UcumEssenceService(definitions);
    } catch (UcumException | IOException e) {
      throw new IllegalStateException("the UCUM definitions cannot be read", e);
    }
  }

  /** Whether the text is a UCUM unit. */
  public boolean isUnit(String unit) {
    return unit.equals("Cel") || unit.equals("[degF]") || ucum.validate(unit) == null;
  }

  /**
   * The same quantity in another unit. A number that needs no conversion keeps its scale; a
   * converted one keeps two digits more than it had, so that nothing of its precision is lost and
   * nothing is pretended.
   *
   * @return empty where the units have different dimensions or one is unknown
   */
  public Optional<BigDecimal> convert(BigDecimal number, String from, String to) {
    if (from.equals(to)) {
      return Optional.of(number);
    }
    if (from.equals("[degF]") && to.equals("Cel")) {
      var fifths = number.subtract(BigDecimal.valueOf(32)).multiply(BigDecimal.valueOf(5));
      return Optional.of(rounded(fifths.divide(BigDecimal.valueOf(9), FACTOR_PRECISION), number));
    }
    var pair = new Pair(from, to);
    var factor = factors.get(pair);
    if (factor == null) {
      factor = factor(from, to);
      if (factors.size() < LIMIT) {
        factors.put(pair, factor);
      }
    }
    return factor.map(
        f ->
            f.compareTo(BigDecimal.ONE) == 0
                ? number
                : rounded(number.multiply(f, FACTOR_PRECISION), number));
  }

  private Optional<BigDecimal> factor(String from, String to) {
    try {
      if (!isUnit(from) || !isUnit(to) || !ucum.isComparable(from, to)) {
        return Optional.empty();
      }
      var one = ucum.convert(new Decimal("1.000000000000000000000000"), from, to);
      return Optional.of(new BigDecimal(one.asDecimal()).round(FACTOR_PRECISION));
    } catch (UcumException e) {
      return Optional.empty();
    }
  }

  private static BigDecimal rounded(BigDecimal converted, BigDecimal source) {
    int digits = Math.max(source.precision(), 1) + SPARE_DIGITS;
    var short_ =
        converted.round(new MathContext(digits, RoundingMode.HALF_UP)).stripTrailingZeros();
    return short_.scale() < 0 ? short_.setScale(0) : short_;
  }
}
