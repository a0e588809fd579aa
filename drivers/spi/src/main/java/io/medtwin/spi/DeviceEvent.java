package io.medtwin.spi;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened once at the device: delivery started, log entry written, button pressed.
 *
 * @param code the device's or the driver's name for it, lower case with dashes
 * @param text details as the device tells them, or empty
 * @param time the device's own time, or null
 */
public record DeviceEvent(String code, String text, @Nullable DeviceTime time) implements Report {
  public DeviceEvent {
    if (code.isBlank()) {
      throw new IllegalArgumentException("an event needs a code");
    }
  }
}
