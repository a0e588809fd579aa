package io.medtwin.app.console;

import io.medtwin.console.line.Claim;
import io.medtwin.console.line.Claimed;
import io.medtwin.console.line.Refusal;

/** Puts a device that was heard into the gateway's file. */
@FunctionalInterface
public interface Claimer {

  /**
   * Configures it; the gateway that runs takes it up from its file.
   *
   * @throws Refusal it cannot be done, and why; nothing is written
   */
  Claimed claim(Claim claim) throws Refusal;
}
