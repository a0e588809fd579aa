package io.medtwin.driver.gattvitals;

import io.medtwin.driver.gattvitals.GattException.Problem;
import java.nio.ByteBuffer;

/**
 * Battery Level 2A19, one octet.
 *
 * @param percent 0 to 100
 */
public record BatteryLevel(int percent) {

  public BatteryLevel {
    if (percent < 0 || percent > 100) {
      throw new IllegalArgumentException("battery level 0 to 100 %, got " + percent);
    }
  }

  /** Takes the level from the buffer. */
  public static BatteryLevel decode(ByteBuffer buffer) throws GattException {
    int raw = new OctetReader(buffer).uint8();
    if (raw > 100) {
      throw new GattException(Problem.RESERVED_VALUE, "battery level 0 to 100 %, got " + raw);
    }
    return new BatteryLevel(raw);
  }

  /** Its octet. */
  public byte[] encode() {
    return new byte[] {(byte) percent};
  }
}
