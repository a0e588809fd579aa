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
import org.jspecify.annotations.Nullable;

/**
 * Conversion between UCUM units by exact decimal factors. How a pair of units converts is asked of
 * the library once and kept; at most {@link #LIMIT} pairs are kept, further ones are computed anew.
 * Safe for any thread.
 *
 * <p>Units without the same dimension convert to nothing. Units that have an offset are left out by
 * the library; those of temperature convert here by their definitions: K = C + 273.15 and C = (F -
 * 32) * 5 / 9.
 */
public final class Units {

  private static final int LIMIT = 1_000;

  /** A unit that is longer is of no device, and not worth the library's time. */
  private static final int LONGEST_UNIT = 32;

  /** Counts of cells go up to 10*12 a litre. */
  private static final int HIGHEST_EXPONENT = 12;

  private static final MathContext FACTOR_PRECISION = new MathContext(20);
  private static final int SPARE_DIGITS = 2;
  private static final BigDecimal KELVIN_OF_ICE = new BigDecimal("273.15");
  private static final BigDecimal FAHRENHEIT_OF_ICE = BigDecimal.valueOf(32);
  private static final BigDecimal FIVE = BigDecimal.valueOf(5);
  private static final BigDecimal NINE = BigDecimal.valueOf(9);

  private final UcumService ucum;
  private final ConcurrentHashMap<Pair, Conversion> conversions = new ConcurrentHashMap<>();

  private record Pair(String from, String to) {}

  /** How one unit becomes another. */
  private sealed interface Conversion permits Factor, Temperature, None {}

  private record Factor(BigDecimal factor) implements Conversion {}

  private record Temperature(Degree from, Degree to) implements Conversion {}

  private enum None implements Conversion {
    NONE
  }

  private enum Degree {
    CELSIUS,
    FAHRENHEIT,
    KELVIN
  }

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
    return degree(unit) != null || isReadable(unit) && ucum.validate(unit) == null;
  }

  /**
   * Whether a unit may be asked of the library, which works for seconds on the 99th power of ten
   * and for minutes on the 999th. A factor that is no exponent, as in {@code /100}, may be any.
   */
  static boolean isReadable(String unit) {
    int exponent = 0;
    boolean isExponent = false;
    for (int i = 0; i < unit.length() && unit.length() <= LONGEST_UNIT; i++) {
      char c = unit.charAt(i);
      boolean isDigit = c >= '0' && c <= '9';
      if (!isDigit) {
        isExponent = Character.isLetter(c) || "*^]}+-".indexOf(c) >= 0;
      }
      exponent = isDigit && isExponent ? exponent * 10 + c - '0' : 0;
      if (exponent > HIGHEST_EXPONENT) {
        return false;
      }
    }
    return !unit.isEmpty() && unit.length() <= LONGEST_UNIT;
  }

  /** Whether both are units of one dimension, so that numbers of one convert to the other. */
  public boolean areComparable(String one, String other) {
    return one.equals(other) ? isUnit(one) : conversion(one, other) != None.NONE;
  }

  /**
   * The same quantity in another unit. A number that needs no conversion keeps its scale; a
   * converted one keeps two digits more than it had, so that nothing of its precision is lost and
   * nothing is pretended. A temperature keeps two decimals more: an offset leaves the decimals as
   * they are, but not the digits.
   *
   * @return empty where the units have different dimensions or one is unknown
   */
  public Optional<BigDecimal> convert(BigDecimal number, String from, String to) {
    if (from.equals(to)) {
      return Optional.of(number);
    }
    return switch (conversion(from, to)) {
      case Factor(var factor) when factor.compareTo(BigDecimal.ONE) == 0 -> Optional.of(number);
      case Factor(var factor) ->
          Optional.of(rounded(number.multiply(factor, FACTOR_PRECISION), number));
      case Temperature(var fromDegree, var toDegree) ->
          Optional.of(
              decimals(fromCelsius(toDegree, toCelsius(fromDegree, number)), number.scale()));
      case None none -> Optional.empty();
    };
  }

  private Conversion conversion(String from, String to) {
    var pair = new Pair(from, to);
    var conversion = conversions.get(pair);
    if (conversion == null) {
      conversion = ask(from, to);
      if (conversions.size() < LIMIT) {
        conversions.put(pair, conversion);
      }
    }
    return conversion;
  }

  private Conversion ask(String from, String to) {
    var fromDegree = degree(from);
    var toDegree = degree(to);
    if (fromDegree != null && toDegree != null) {
      return new Temperature(fromDegree, toDegree);
    }
    try {
      // an offset that is no temperature of ours: a factor alone would be wrong
      boolean offset = isOffset(fromDegree) || isOffset(toDegree);
      if (offset || !isUnit(from) || !isUnit(to) || !ucum.isComparable(from, to)) {
        return None.NONE;
      }
      var one = ucum.convert(new Decimal("1.000000000000000000000000"), from, to);
      return new Factor(new BigDecimal(one.asDecimal()).round(FACTOR_PRECISION));
    } catch (UcumException e) {
      return None.NONE;
    }
  }

  private static @Nullable Degree degree(String unit) {
    return switch (unit) {
      case "Cel" -> Degree.CELSIUS;
      case "[degF]" -> Degree.FAHRENHEIT;
      case "K" -> Degree.KELVIN;
      default -> null;
    };
  }

  private static boolean isOffset(@Nullable Degree degree) {
    return degree == Degree.CELSIUS || degree == Degree.FAHRENHEIT;
  }

  private static BigDecimal toCelsius(Degree from, BigDecimal number) {
    return switch (from) {
      case CELSIUS -> number;
      case FAHRENHEIT ->
          number
              .subtract(FAHRENHEIT_OF_ICE, FACTOR_PRECISION)
              .multiply(FIVE)
              .divide(NINE, FACTOR_PRECISION);
      case KELVIN -> number.subtract(KELVIN_OF_ICE, FACTOR_PRECISION);
    };
  }

  private static BigDecimal fromCelsius(Degree to, BigDecimal celsius) {
    return switch (to) {
      case CELSIUS -> celsius;
      case FAHRENHEIT ->
          celsius
              .multiply(NINE)
              .divide(FIVE, FACTOR_PRECISION)
              .add(FAHRENHEIT_OF_ICE, FACTOR_PRECISION);
      case KELVIN -> celsius.add(KELVIN_OF_ICE, FACTOR_PRECISION);
    };
  }

  private static BigDecimal decimals(BigDecimal converted, int scaleOfSource) {
    int scale = Math.max(scaleOfSource, 0) + SPARE_DIGITS;
    return plain(
        converted.scale() > scale ? converted.setScale(scale, RoundingMode.HALF_UP) : converted);
  }

  private static BigDecimal rounded(BigDecimal converted, BigDecimal source) {
    int digits = Math.max(source.precision(), 1) + SPARE_DIGITS;
    return plain(converted.round(new MathContext(digits, RoundingMode.HALF_UP)));
  }

  private static BigDecimal plain(BigDecimal number) {
    var stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
