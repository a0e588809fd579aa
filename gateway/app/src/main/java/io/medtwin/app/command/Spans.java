package io.medtwin.app.command;

import io.medtwin.spi.Setting;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Time spans on the command line, written as in every other place: {@code 500ms}, {@code 30s},
 * {@code 2min}.
 */
public final class Spans implements ITypeConverter<Duration> {

  private static final Setting<Duration> SPAN =
      Setting.duration(
          "span", Duration.ZERO, Duration.ofMillis(1), Duration.ofDays(365), "how long");

  @Override
  public Duration convert(String text) {
    try {
      return SPAN.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          "expected a time span such as 30s or 2min, got \"" + text + "\"");
    }
  }
}
