package io.medtwin.testkit;

import java.util.Locale;

/** How far a driver is to be trusted; each grade asks for the rules of those before it, too. */
public enum Grade {
  /** It can be tried at a bench: found, true to its conversations, silent towards the device. */
  BRONZE,
  /** It can be tried on a ward's wires: noise, damage and silence cost what they must. */
  SILVER,
  /** It can be relied on around the clock; every bundled driver holds it. */
  GOLD,
  /**
   * It met more than its author thought of: ten million damages, and a device or a second source.
   */
  PLATINUM;

  /** Its name as people write it. */
  public String title() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }
}
