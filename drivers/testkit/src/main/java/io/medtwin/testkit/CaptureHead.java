package io.medtwin.testkit;

import io.medtwin.spi.LinkKind;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a capture says before its first turn: who was recorded, with what, and when.
 *
 * @param began time of {@code at 0}, by the recorder's clock; the epoch where the file does not say
 * @param kind what carried it, or null where the file does not say
 * @param link where it led, for people
 * @param driver id of the driver that spoke, or empty where nobody did
 * @param driverVersion version of that driver, or empty
 * @param devices configured devices at the end of the link, in their order
 * @param settings settings of the driver
 */
public record CaptureHead(
    Instant began,
    @Nullable LinkKind kind,
    String link,
    String driver,
    String driverVersion,
    List<Device> devices,
    Map<String, String> settings) {

  /**
   * One device of a capture.
   *
   * @param id configured id
   * @param profile id of its profile, or empty
   * @param profileVersion version of that profile, or empty
   * @param address its own id behind a hub; empty at the end of a link of its own
   * @param zone zone of its wall clock, or empty
   */
  public record Device(
      String id, String profile, String profileVersion, String address, String zone) {}

  public CaptureHead {
    devices = List.copyOf(devices);
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings)); // in their order
  }

  /** Whether the file says that it is a capture; a plain transcript says nothing. */
  public boolean isOfCapture() {
    return kind != null;
  }
}
