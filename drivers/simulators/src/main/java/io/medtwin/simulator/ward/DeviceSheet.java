package io.medtwin.simulator.ward;

import java.time.Duration;
import java.util.Map;

/**
 * What a gateway must know of one device of the ward.
 *
 * @param id {@code bed1-pump}, {@code bed1-ecg}, {@code bed1-oximeter}, {@code wear-1}
 * @param driver id of the driver that reads it
 * @param profile name of the device profile
 * @param settings settings of that driver, by name; empty where the defaults do
 * @param reach the way to it
 * @param period time from one message, or with a polled device one poll, to the next
 * @param manufacturer maker, as the device or its box says it
 * @param model model, as the device or its box says it
 * @param serial serial number
 */
public record DeviceSheet(
    String id,
    String driver,
    String profile,
    Map<String, String> settings,
    Reach reach,
    Duration period,
    String manufacturer,
    String model,
    String serial) {
  public DeviceSheet {
    settings = Map.copyOf(settings);
  }

  /** The same with settings of its driver. */
  DeviceSheet withSettings(Map<String, String> others) {
    return new DeviceSheet(id, driver, profile, others, reach, period, manufacturer, model, serial);
  }
}
