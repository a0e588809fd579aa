package io.medtwin.driver.jsonfields;

import io.medtwin.driver.internal.json.Decimals;
import io.medtwin.driver.internal.json.Json;
import io.medtwin.driver.jsonfields.Field.TimeField;
import io.medtwin.spi.DeviceTime;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Times of makers' messages. Pure. */
final class FieldTime {

  /** End of the year 9999. */
  private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(253_402_300_799L);

  private FieldTime() {}

  /** The time a value stands for, or empty if it does not read as the field says. */
  static Optional<DeviceTime> of(TimeField field, Json value) {
    return switch (field.format()) {
      case EPOCH_SECONDS -> number(field, value).flatMap(FieldTime::epoch);
      case EPOCH_MILLIS -> number(field, value).flatMap(millis -> epoch(millis.movePointLeft(3)));
      case ISO -> text(value).flatMap(FieldTime::iso);
      case LOCAL -> text(value).flatMap(text -> local(text, field.pattern()));
    };
  }

  private static Optional<DeviceTime> epoch(BigDecimal seconds) {
    if (seconds.signum() <= 0 || seconds.compareTo(LAST_SECOND) > 0) {
      return Optional.empty();
    }
    var whole = seconds.setScale(0, RoundingMode.FLOOR);
    long nanos = seconds.subtract(whole).movePointRight(9).longValue();
    return Optional.of(
        new DeviceTime.Utc(Instant.ofEpochSecond(whole.longValueExact(), nanos), false));
  }

  private static Optional<DeviceTime> iso(String text) {
    try {
      var parsed =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              text, OffsetDateTime::from, LocalDateTime::from);
      return Optional.of(
          parsed instanceof OffsetDateTime withOffset
              ? new DeviceTime.Utc(withOffset.toInstant(), false)
              : new DeviceTime.Local((LocalDateTime) parsed));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<DeviceTime> local(String text, DateTimeFormatter pattern) {
    try {
      return Optional.of(new DeviceTime.Local(LocalDateTime.parse(text, pattern)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<BigDecimal> number(TimeField field, Json value) {
    return switch (value) {
      case Json.Num(BigDecimal number) -> Optional.of(number);
      case Json.Str(String text) when field.numberInString() -> Decimals.parse(text.strip());
      case Json.Obj _, Json.Arr _, Json.Str _, Json.Bool _, Json.Null _ -> Optional.empty();
    };
  }

  private static Optional<String> text(Json value) {
    return value instanceof Json.Str(String text) ? Optional.of(text.strip()) : Optional.empty();
  }
}
