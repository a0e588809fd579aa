package io.medtwin.driver.alarisasena;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The answer to {@code INF_RATE_MAX_SYRINGE}.
 *
 * @param rate highest rate with the fitted syringe, as written
 * @param unit {@code ml/h}
 */
public record RateLimit(BigDecimal rate, String unit) {

  private static final Pattern RATE = Pattern.compile("\\d{1,5}(\\.\\d{1,3})?");

  public RateLimit {
    if (unit.isBlank()) {
      throw new IllegalArgumentException("a rate needs its unit");
    }
  }

  /** What an answer tells, or empty if its content is not that of a rate. */
  public static Optional<RateLimit> parse(AsenaFrame frame) {
    boolean known =
        AsenaPoll.INF_RATE_MAX_SYRINGE.isAnsweredBy(frame)
            && RATE.matcher(frame.field(1)).matches()
            && !frame.field(2).isEmpty();
    return known
        ? Optional.of(new RateLimit(new BigDecimal(frame.field(1)), frame.field(2)))
        : Optional.empty();
  }

  /** The answer that tells this. */
  public AsenaFrame toFrame() {
    return AsenaFrame.of(AsenaPoll.INF_RATE_MAX_SYRINGE.name(), rate.toPlainString(), unit);
  }
}
