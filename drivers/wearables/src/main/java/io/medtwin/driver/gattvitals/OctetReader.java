package io.medtwin.driver.gattvitals;

import io.medtwin.driver.gattvitals.GattException.Problem;
import java.nio.ByteBuffer;

/** Takes little-endian fields from a characteristic value, moving the buffer's position. */
final class OctetReader {

  private final ByteBuffer octets;

  OctetReader(ByteBuffer octets) {
    this.octets = octets;
  }

  int remaining() {
    return octets.remaining();
  }

  int uint8() throws GattException {
    require(1);
    return Byte.toUnsignedInt(octets.get());
  }

  int uint16() throws GattException {
    require(2);
    return uint8() | uint8() << 8;
  }

  int uint24() throws GattException {
    require(3);
    return uint16() | uint8() << 16;
  }

  MedicalFloat sfloat() throws GattException {
    return MedicalFloat.ofSfloat(uint16());
  }

  MedicalFloat float32() throws GattException {
    require(4);
    return MedicalFloat.ofFloat(uint16() | uint16() << 16);
  }

  byte[] bytes(int count) throws GattException {
    require(count);
    var copy = new byte[count];
    octets.get(copy);
    return copy;
  }

  private void require(int count) throws GattException {
    if (octets.remaining() < count) {
      throw new GattException(
          Problem.TRUNCATED, "expected " + count + " more octets, got " + octets.remaining());
    }
  }
}
