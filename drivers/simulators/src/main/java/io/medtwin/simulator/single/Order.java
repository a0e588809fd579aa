package io.medtwin.simulator.single;

import io.medtwin.simulator.play.Conversation;
import io.medtwin.simulator.sheet.Sheet;
import io.medtwin.simulator.sheet.UnitConversion;
import java.time.Instant;

/**
 * What is to be simulated.
 *
 * @param sheet what the device is
 * @param conversation what it shall play; empty for living values
 * @param where the wire it shall be on
 * @param id its device id
 * @param epoch what its clock shows when it begins
 * @param seed same seed, same values
 * @param speed seconds of the device for a second of real time, more than 0
 * @param conversion units of the sheet to those of the wire
 */
public record Order(
    Sheet sheet,
    Conversation conversation,
    Where where,
    String id,
    Instant epoch,
    long seed,
    double speed,
    UnitConversion conversion) {
  public Order {
    if (!(speed > 0) || !Double.isFinite(speed)) {
      throw new IllegalArgumentException("expected a speed above 0, got " + speed);
    }
  }
}
