package io.medtwin.driver.alarisasena;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code INF}, field by field. A field the pump leaves blank is null.
 *
 * @param serial serial number, {@code 8002-51740}
 * @param alarm code of the alarm of the moment, {@code AL_OCCLU}; null for none
 * @param mode {@code SET}
 * @param rate infusion rate in {@code rateUnit}, as written
 * @param rateUnit {@code ml/h}
 * @param drug name chosen on the pump, or null
 * @param volumeInfused volume infused in {@code volumeUnit}, as written
 * @param volumeUnit {@code ml}
 * @param pressure line pressure in {@code pressureUnit}, as written
 * @param pressureUnit {@code mmHg}
 * @param timeRemaining time until empty, or null
 * @param event word before the log number: {@code EVENT}; {@code STOP} says that delivery stopped
 * @param logNumber number of the last entry of the pump's log, or null
 */
public record InfusionStatus(
    String serial,
    @Nullable String alarm,
    String mode,
    @Nullable BigDecimal rate,
    String rateUnit,
    @Nullable String drug,
    @Nullable BigDecimal volumeInfused,
    String volumeUnit,
    @Nullable BigDecimal pressure,
    String pressureUnit,
    @Nullable TimeRemaining timeRemaining,
    String event,
    @Nullable Long logNumber) {

  /** Fields of the answer, command name included. */
  private static final int FIELDS = 14;

  private static final String NO_ALARM = "-";
  private static final String OVER_24_HOURS = "24+";
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}(\\.\\d{1,6})?");
  private static final Pattern LOG_NUMBER = Pattern.compile("\\d{1,18}");
  private static final Pattern TIME = Pattern.compile("(\\d{2}):([0-5]\\d):([0-5]\\d)");

  public InfusionStatus {
    if (serial.isBlank()) {
      throw new IllegalArgumentException("a status names its pump");
    }
    requireUnit(rate, rateUnit);
    requireUnit(volumeInfused, volumeUnit);
    requireUnit(pressure, pressureUnit);
  }

  /** The status that an answer tells, or empty if its content is not that of a status. */
  public static Optional<InfusionStatus> parse(AsenaFrame frame) {
    if (!AsenaPoll.INF.isAnsweredBy(frame) || frame.fields().size() != FIELDS) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new InfusionStatus(
              frame.field(1),
              frame.field(2).equals(NO_ALARM) ? null : textOrNull(frame.field(2)),
              frame.field(3),
              numberOrNull(frame.field(4)),
              frame.field(5),
              textOrNull(frame.field(6)),
              numberOrNull(frame.field(7)),
              frame.field(8),
              numberOrNull(frame.field(9)),
              frame.field(10),
              timeOrNull(frame.field(11)),
              frame.field(12),
              logNumberOrNull(frame.field(13))));
    } catch (IllegalArgumentException contentIsNoStatus) {
      return Optional.empty();
    }
  }

  /** The answer that tells this status. */
  public AsenaFrame toFrame() {
    return AsenaFrame.of(
        AsenaPoll.INF.name(),
        serial,
        alarm == null ? NO_ALARM : alarm,
        mode,
        text(rate),
        rateUnit,
        drug == null ? "" : drug,
        text(volumeInfused),
        volumeUnit,
        text(pressure),
        pressureUnit,
        timeRemaining == null ? "" : text(timeRemaining),
        event,
        logNumber == null ? "" : Long.toString(logNumber));
  }

  private static void requireUnit(@Nullable BigDecimal number, String unit) {
    if (number != null && unit.isBlank()) {
      throw new IllegalArgumentException("a number needs its unit");
    }
  }

  private static @Nullable String textOrNull(String field) {
    return field.isEmpty() ? null : field;
  }

  private static @Nullable BigDecimal numberOrNull(String field) {
    if (field.isEmpty()) {
      return null;
    }
    require(NUMBER.matcher(field).matches());
    return new BigDecimal(field);
  }

  private static @Nullable Long logNumberOrNull(String field) {
    if (field.isEmpty()) {
      return null;
    }
    require(LOG_NUMBER.matcher(field).matches());
    return Long.valueOf(field);
  }

  private static @Nullable TimeRemaining timeOrNull(String field) {
    if (field.isEmpty()) {
      return null;
    }
    if (field.equals(OVER_24_HOURS)) {
      return new TimeRemaining.Over24Hours();
    }
    var time = TIME.matcher(field);
    require(time.matches());
    return new TimeRemaining.Exactly(
        Duration.ofHours(Long.parseLong(time.group(1)))
            .plusMinutes(Long.parseLong(time.group(2)))
            .plusSeconds(Long.parseLong(time.group(3))));
  }

  private static void require(boolean wellFormed) {
    if (!wellFormed) {
      throw new IllegalArgumentException("a field is not what its place demands");
    }
  }

  private static String text(@Nullable BigDecimal number) {
    return number == null ? "" : number.toPlainString();
  }

  private static String text(TimeRemaining time) {
    return switch (time) {
      case TimeRemaining.Over24Hours() -> OVER_24_HOURS;
      case TimeRemaining.Exactly(var duration) ->
          String.format(
              Locale.ROOT,
              "%02d:%02d:%02d",
              duration.toHours(),
              duration.toMinutesPart(),
              duration.toSecondsPart());
    };
  }
}
