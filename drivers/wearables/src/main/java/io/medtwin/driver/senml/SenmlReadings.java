package io.medtwin.driver.senml;

import io.medtwin.spi.Absent;
import io.medtwin.spi.Absent.Reason;
import io.medtwin.spi.Coded;
import io.medtwin.spi.DeviceTime;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Text;
import io.medtwin.spi.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From resolved records to readings. Pure. */
final class SenmlReadings {

  /** Most octets of a {@code vd} that are shown, in hex. */
  static final int MAX_DATA_OCTETS = 64;

  private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000L);

  private SenmlReadings() {}

  /** One reading for the value and one for the sum; none for data too long to be shown. */
  static List<Reading> of(String parameter, SenmlRecord record) {
    var readings = new ArrayList<Reading>();
    var time = time(record.time());
    var value = record.value() == null ? null : value(record.value(), record.unit());
    if (value != null) {
      readings.add(Reading.of(parameter, value).at(time));
    }
    if (record.sum() != null) {
      var unit = hasUnit(record.unit()) ? record.unit() + ".s" : "s";
      readings.add(Reading.of(parameter + "-sum", new Numeric(record.sum(), unit)).at(time));
    }
    return readings;
  }

  private static @Nullable Value value(SenmlValue value, @Nullable String unit) {
    return switch (value) {
      case SenmlValue.Num(BigDecimal number) ->
          new Numeric(number, unit != null && hasUnit(unit) ? unit : "1");
      case SenmlValue.NoNumber none ->
          new Absent(
              switch (none) {
                case NOT_A_NUMBER -> Reason.NOT_A_NUMBER;
                case POSITIVE_INFINITY -> Reason.OVERFLOW;
                case NEGATIVE_INFINITY -> Reason.UNDERFLOW;
              });
      case SenmlValue.Str(String text) -> new Text(text);
      case SenmlValue.Bool(boolean bool) -> new Coded(String.valueOf(bool));
      case SenmlValue.Data data -> {
        var octets = new byte[data.octets().remaining()];
        data.octets().get(octets);
        yield octets.length > MAX_DATA_OCTETS ? null : new Text(HexFormat.of().formatHex(octets));
      }
    };
  }

  private static boolean hasUnit(@Nullable String unit) {
    return unit != null && !unit.isBlank();
  }

  private static @Nullable DeviceTime time(SenmlTime time) {
    return switch (time) {
      case SenmlTime.Unsaid _ -> null;
      case SenmlTime.Absolute(BigDecimal seconds) ->
          new DeviceTime.Utc(Instant.EPOCH.plus(duration(seconds)), false);
      case SenmlTime.Relative(BigDecimal seconds) -> new DeviceTime.Ago(duration(seconds.negate()));
    };
  }

  /** Within ±10^12 seconds by the codec's bounds; what is finer than a nanosecond is cut off. */
  private static Duration duration(BigDecimal seconds) {
    var whole = seconds.setScale(0, RoundingMode.FLOOR);
    long nanos = seconds.subtract(whole).multiply(NANOS_PER_SECOND).longValue();
    return Duration.ofSeconds(whole.longValueExact(), nanos);
  }
}
