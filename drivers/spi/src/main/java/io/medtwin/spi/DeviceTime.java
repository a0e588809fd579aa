package io.medtwin.spi;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;

/** The device's own idea of when a value was true. The gateway decides how far to trust it. */
public sealed interface DeviceTime {

  /**
   * A point on the world's time scale.
   *
   * @param instant as sent
   * @param synchronised whether the device says its clock follows a time source
   */
  record Utc(Instant instant, boolean synchronised) implements DeviceTime {}

  /**
   * A wall clock without offset.
   *
   * @param dateTime as sent
   */
  record Local(LocalDateTime dateTime) implements DeviceTime {}

  /**
   * Counted back from reception (SenML times below 2^28).
   *
   * @param age how long before reception; negative for "in the future"
   */
  record Ago(Duration age) implements DeviceTime {}

  /**
   * A counter that started at some unknown moment.
   *
   * @param count ticks as sent
   * @param tick length of one
   */
  record Ticks(long count, Duration tick) implements DeviceTime {}
}
