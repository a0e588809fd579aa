package io.medtwin.driver.gattvitals;

import io.medtwin.driver.gattvitals.GattException.Problem;
import java.nio.ByteBuffer;

/** Body Sensor Location 2A38, one octet. */
public enum BodySensorLocation {
  OTHER(0),
  CHEST(1),
  WRIST(2),
  FINGER(3),
  HAND(4),
  EAR_LOBE(5),
  FOOT(6);

  private final int code;

  BodySensorLocation(int code) {
    this.code = code;
  }

  /** The code on the wire. */
  public int code() {
    return code;
  }

  /** Takes the location from the buffer. */
  public static BodySensorLocation decode(ByteBuffer buffer) throws GattException {
    int raw = new OctetReader(buffer).uint8();
    for (var location : values()) {
      if (location.code == raw) {
        return location;
      }
    }
    throw new GattException(Problem.RESERVED_VALUE, "sensor location 0 to 6, got " + raw);
  }

  /** Its octet. */
  public byte[] encode() {
    return new byte[] {(byte) code};
  }
}
