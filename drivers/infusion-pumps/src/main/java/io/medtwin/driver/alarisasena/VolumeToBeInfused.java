package io.medtwin.driver.alarisasena;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code INF_VTBI}, taken to have the form that sets it: {@code ACTIV^v^ml^STOP}, or
 * {@code DEACT} for none. The form of the answer is not documented; another one is not believed.
 *
 * @param amount volume as written, or null where none is set
 * @param unit {@code ml}; empty where none is set
 * @param atEnd what the pump does then, {@code STOP} or {@code KVO}; empty where none is set
 */
public record VolumeToBeInfused(@Nullable BigDecimal amount, String unit, String atEnd) {

  private static final String ACTIVE = "ACTIV";
  private static final String INACTIVE = "DEACT";
  private static final Pattern AMOUNT = Pattern.compile("\\d{1,6}(\\.\\d{1,3})?");

  public VolumeToBeInfused {
    if (amount != null && unit.isBlank()) {
      throw new IllegalArgumentException("a volume needs its unit");
    }
  }

  /** None is set. */
  public static VolumeToBeInfused none() {
    return new VolumeToBeInfused(null, "", "");
  }

  /** What an answer tells, or empty if it is not of the known form. */
  public static Optional<VolumeToBeInfused> parse(AsenaFrame frame) {
    if (!AsenaPoll.INF_VTBI.isAnsweredBy(frame)) {
      return Optional.empty();
    }
    if (frame.field(1).equals(INACTIVE)) {
      return Optional.of(none());
    }
    boolean known =
        frame.field(1).equals(ACTIVE)
            && AMOUNT.matcher(frame.field(2)).matches()
            && !frame.field(3).isEmpty();
    return known
        ? Optional.of(
            new VolumeToBeInfused(new BigDecimal(frame.field(2)), frame.field(3), frame.field(4)))
        : Optional.empty();
  }

  /** The answer that tells this. */
  public AsenaFrame toFrame() {
    return amount == null
        ? AsenaFrame.of(AsenaPoll.INF_VTBI.name(), INACTIVE)
        : AsenaFrame.of(AsenaPoll.INF_VTBI.name(), ACTIVE, amount.toPlainString(), unit, atEnd);
  }
}
