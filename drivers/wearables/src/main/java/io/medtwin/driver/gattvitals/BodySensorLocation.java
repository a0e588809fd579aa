package io.medtwin.driver.gattvitals;

import io.medtwin.driver.gattvitals.GattException.Problem;
import java.nio.ByteBuffer;

/** Body Sensor Location 2A38, one octet; the ordinal is the code on the wire. */
public enum BodySensorLocation {
  OTHER,
  CHEST,
  WRIST,
  FINGER,
  HAND,
  EAR_LOBE,
  FOOT;

  /** Takes the location from the buffer. */
  public static BodySensorLocation decode(ByteBuffer buffer) throws GattException {
    int raw = new OctetReader(buffer).uint8();
    if (raw >= values().length) {
      throw new GattException(Problem.RESERVED_VALUE, "sensor location 0 to 6, got " + raw);
    }
    return values()[raw];
  }

  /** Its octet. */
  public byte[] encode() {
    return new byte[] {(byte) ordinal()};
  }
}
