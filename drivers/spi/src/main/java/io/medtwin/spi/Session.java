package io.medtwin.spi;

import java.time.Duration;

/**
 * One {@code run} over one link, seen from the driver. Used by the one thread that runs the driver;
 * a device behind a hub gets a session of its own by {@link #device}.
 */
public interface Session {

  /**
   * Hands over what the device said. Blocks while the gateway is full: so does your reading, so
   * does the device. The gateway stamps arrival.
   *
   * @throws InterruptedException the gateway stops this session
   */
  void emit(Report report) throws InterruptedException;

  /**
   * Counts bytes that made no sense. Goes on; never throws.
   *
   * @param why what was expected, the same few texts again and again ({@code "checksum"}): it is
   *     the key of a counter
   * @param bytes how many were thrown away, 0 or more
   */
  void discard(String why, int bytes);

  /** The configured value of one of the settings in the driver's descriptor, or its default. */
  <T> T setting(Setting<T> setting);

  /**
   * Time since this run began, by a clock that nobody sets. What a driver paces its requests and
   * bounds its waits by, instead of a clock of its own: under test and in a replay it is the time
   * of the conversation, which passes as fast as the driver waits.
   */
  Duration elapsed();

  /**
   * The session of one device behind this link. A device that nobody configured goes to the list of
   * unclaimed devices; what it emits is counted there and goes no further.
   *
   * @param id the device's own id on this link (address, serial number, end of a topic); case
   *     matters
   */
  Session device(String id);
}
