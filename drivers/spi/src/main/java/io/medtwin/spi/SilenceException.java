package io.medtwin.spi;

import java.io.IOException;
import java.time.Duration;

/**
 * Nothing came for as long as the driver was willing to wait. The link is still open: ask again, or
 * let this out.
 */
public class SilenceException extends IOException {

  private static final long serialVersionUID = 1L;

  private final Duration waited;

  /**
   * @param waited how long nothing came
   */
  public SilenceException(Duration waited) {
    super("nothing came for " + waited);
    this.waited = waited;
  }

  /** How long nothing came. */
  public Duration waited() {
    return waited;
  }
}
