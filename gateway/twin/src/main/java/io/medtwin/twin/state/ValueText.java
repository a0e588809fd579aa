package io.medtwin.twin.state;

import io.medtwin.spi.Absent;
import io.medtwin.spi.Coded;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Samples;
import io.medtwin.spi.Text;
import io.medtwin.spi.Value;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values as text, for people. Pure. */
public final class ValueText {

  private ValueText() {}

  /** What a device said, without its unit. */
  public static String of(Value value) {
    return switch (value) {
      case Numeric number -> number.amount().toPlainString();
      case Coded coded -> coded.code();
      case Text text -> text.text();
      case Samples samples -> samples.raw().remaining() + " samples";
      case Absent absent ->
          "absent: " + absent.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
    };
  }

  /** Its unit, empty for a word. */
  public static String unitOf(Value value) {
    return switch (value) {
      case Numeric number -> number.unit();
      case Samples samples -> samples.unit();
      case Coded _, Text _, Absent _ -> "";
    };
  }

  /** A value of a twin, a number with all its decimals; empty where there is none. */
  public static String ofProperty(@Nullable Object value) {
    return value instanceof BigDecimal number
        ? number.toPlainString()
        : value == null ? "" : value.toString();
  }
}
