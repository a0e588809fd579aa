package io.medtwin.spi;

import java.io.IOException;

/**
 * The dialogue with the device is broken: it answers something else than was asked, twice, or
 * speaks another protocol. The gateway closes the link, waits and opens it again.
 */
public class DeviceException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what was expected and what came; the gateway adds the device, the link and what
   *     happens next
   */
  public DeviceException(String message) {
    super(message);
  }
}
