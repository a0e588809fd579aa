package io.medtwin.driver.alarisasena;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code SYRINGE_STATUS}.
 *
 * @param make maker of the syringe as the pump names it, or null
 * @param sizeMillilitres nominal size in ml, or null
 * @param confirmed whether a person confirmed the syringe at the pump
 */
public record SyringeStatus(
    @Nullable String make, @Nullable BigDecimal sizeMillilitres, boolean confirmed) {

  private static final String CONFIRMED = "CONF";
  private static final Pattern SIZE = Pattern.compile("\\d{1,3}(\\.\\d{1,3})?");

  /** The status that an answer tells, or empty if its content is not that of a syringe. */
  public static Optional<SyringeStatus> parse(AsenaFrame frame) {
    var size = frame.field(2);
    if (!AsenaPoll.SYRINGE_STATUS.isAnsweredBy(frame)
        || !size.isEmpty() && !SIZE.matcher(size).matches()) {
      return Optional.empty();
    }
    var make = frame.field(1);
    return Optional.of(
        new SyringeStatus(
            make.isEmpty() ? null : make,
            size.isEmpty() ? null : new BigDecimal(size),
            frame.field(3).equals(CONFIRMED)));
  }

  /** The answer that tells this status. */
  public AsenaFrame toFrame() {
    return AsenaFrame.of(
        AsenaPoll.SYRINGE_STATUS.name(),
        make == null ? "" : make,
        sizeMillilitres == null ? "" : sizeMillilitres.toPlainString(),
        confirmed ? CONFIRMED : "");
  }
}
