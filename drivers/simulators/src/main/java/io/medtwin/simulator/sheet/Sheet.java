package io.medtwin.simulator.sheet;

import io.medtwin.spi.LinkKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated device must know of itself; the form of the file is in the README of {@code
 * gateway/app}, "The simulator's sheet".
 *
 * @param profile name of the device profile
 * @param driver id of the driver that reads it
 * @param settings settings of that driver, by name
 * @param wires kinds of link that the driver takes, each with its line parameters or empty text
 * @param maker who the device is
 * @param units UCUM unit for each unit that the model writes otherwise
 * @param parameters what it says, in the driver's words
 * @param alerts codes of its alerts
 */
public record Sheet(
    String profile,
    String driver,
    Map<String, String> settings,
    Map<LinkKind, String> wires,
    Maker maker,
    Map<String, String> units,
    List<Parameter> parameters,
    Set<String> alerts) {

  /** Most parameters of a sheet. */
  public static final int MAX_PARAMETERS = 1_000;

  public Sheet {
    settings = Map.copyOf(settings);
    wires = Map.copyOf(wires);
    units = Map.copyOf(units);
    parameters = List.copyOf(parameters);
    alerts = Set.copyOf(alerts);
    if (parameters.size() > MAX_PARAMETERS) {
      throw new IllegalArgumentException(
          profile + ": expected at most " + MAX_PARAMETERS + " parameters");
    }
  }

  /**
   * What its type plate says.
   *
   * @param manufacturer its maker
   * @param model its model
   * @param serial its serial number
   */
  public record Maker(String manufacturer, String model, String serial) {}

  /** What a parameter is. */
  public enum Kind {
    NUMERIC,
    SETTING,
    ENUM,
    TEXT,
    WAVEFORM
  }

  /**
   * Bounds of a number, both included.
   *
   * @param low the lowest
   * @param high the highest
   */
  public record Range(BigDecimal low, BigDecimal high) {
    public Range {
      if (low.compareTo(high) > 0) {
        throw new IllegalArgumentException(low + " to " + high + " is no range");
      }
    }
  }

  /**
   * What the number on the wire means: {@code number × scale + offset}.
   *
   * @param unit unit of a number that comes without one; empty where it comes with its unit
   * @param scale factor, not 0
   * @param offset what is added after scaling
   */
  public record Sent(String unit, BigDecimal scale, BigDecimal offset) {
    /** A plain number with its unit. */
    public static final Sent PLAINLY = new Sent("", BigDecimal.ONE, BigDecimal.ZERO);

    public Sent {
      if (scale.signum() == 0) {
        throw new IllegalArgumentException("expected a scale other than 0");
      }
    }
  }

  /**
   * One thing the device says.
   *
   * @param name as the driver calls it
   * @param kind what it is
   * @param unit UCUM unit; empty for words and texts
   * @param words the device's words; empty where the profile lists none
   * @param period how often it is said; null where only a change is
   * @param step a smaller change of the number is not told; null where every one is
   * @param plausible bounds of the believable, or null
   * @param typical bounds of the usual, or null
   * @param sent what the wire's number means
   */
  public record Parameter(
      String name,
      Kind kind,
      String unit,
      List<String> words,
      @Nullable Duration period,
      @Nullable BigDecimal step,
      @Nullable Range plausible,
      @Nullable Range typical,
      Sent sent) {
    public Parameter {
      words = List.copyOf(words);
      if (period != null && (period.isNegative() || period.isZero())) {
        throw new IllegalArgumentException(name + ": expected a period above 0");
      }
      if (step != null && step.signum() <= 0) {
        throw new IllegalArgumentException(name + ": expected a step above 0");
      }
    }
  }

  /** The shortest period of a parameter; null where none states one. */
  public @Nullable Duration shortestPeriod() {
    Duration shortest = null;
    for (Parameter parameter : parameters) {
      var period = parameter.period();
      if (period != null && (shortest == null || period.compareTo(shortest) < 0)) {
        shortest = period;
      }
    }
    return shortest;
  }
}
