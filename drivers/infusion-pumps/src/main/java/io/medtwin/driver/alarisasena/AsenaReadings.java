package io.medtwin.driver.alarisasena;

import io.medtwin.spi.Absent;
import io.medtwin.spi.Coded;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Text;
import io.medtwin.spi.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers of the pump as readings, with the units it writes. */
final class AsenaReadings {

  private static final String STOPPED = "STOP";
  private static final String MILLILITRE = "ml";
  private static final Pattern NO_WORD = Pattern.compile("[^a-z0-9]+");

  private AsenaReadings() {}

  static List<Reading> of(InfusionStatus status) {
    return List.of(
        Reading.of("rate", number(status.rate(), status.rateUnit())),
        Reading.of("volume-infused", number(status.volumeInfused(), status.volumeUnit())),
        Reading.of("line-pressure", number(status.pressure(), status.pressureUnit())),
        Reading.of("time-remaining", timeRemaining(status.timeRemaining())),
        Reading.of("drug-name", text(status.drug())),
        Reading.of("mode", word(status.mode())),
        infusing(status),
        Reading.of(
            "alarm-code", new Coded(status.alarm() == null ? AsenaState.NO_ALARM : status.alarm())),
        Reading.of(
            "log-number",
            status.logNumber() == null ? notAvailable() : Numeric.of(status.logNumber(), "1")));
  }

  static List<Reading> of(SyringeStatus syringe) {
    return List.of(
        Reading.of("syringe-make", text(syringe.make())),
        Reading.of("syringe-size", number(syringe.sizeMillilitres(), MILLILITRE)),
        Reading.of(
            "syringe-confirmed", new Coded(syringe.confirmed() ? "confirmed" : "not-confirmed")));
  }

  static List<Reading> of(RateLimit limit) {
    return List.of(Reading.of("rate-max", number(limit.rate(), limit.unit())));
  }

  static List<Reading> of(VolumeToBeInfused vtbi) {
    return List.of(
        Reading.of("vtbi", number(vtbi.amount(), vtbi.unit())),
        Reading.of("vtbi-at-end", word(vtbi.atEnd())));
  }

  /**
   * The pump does not say whether it infuses: taken from a rate above 0 and no STOP before the log
   * number, so marked as questionable.
   */
  private static Reading infusing(InfusionStatus status) {
    if (status.rate() == null) {
      return Reading.of("infusing", notAvailable());
    }
    boolean infusing = status.rate().signum() > 0 && !status.event().equals(STOPPED);
    return Reading.of("infusing", new Coded(infusing ? "infusing" : "not-infusing"))
        .with(Reading.Flag.QUESTIONABLE);
  }

  private static Value timeRemaining(@Nullable TimeRemaining time) {
    if (time == null) {
      return notAvailable();
    }
    return switch (time) {
      case TimeRemaining.Exactly(var duration) -> Numeric.of(duration.toSeconds(), "s");
      case TimeRemaining.Over24Hours() -> new Absent(Absent.Reason.OVERFLOW);
    };
  }

  private static Value number(@Nullable BigDecimal number, String unit) {
    return number == null ? notAvailable() : new Numeric(number, unit);
  }

  private static Value text(@Nullable String text) {
    return text == null ? notAvailable() : new Text(text);
  }

  private static Value word(String word) {
    var code = NO_WORD.matcher(word.toLowerCase(Locale.ROOT)).replaceAll("-");
    return code.isEmpty() || code.equals("-") ? notAvailable() : new Coded(code);
  }

  private static Value notAvailable() {
    return new Absent(Absent.Reason.NOT_AVAILABLE);
  }
}
