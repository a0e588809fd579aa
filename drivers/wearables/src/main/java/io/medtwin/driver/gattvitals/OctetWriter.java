package io.medtwin.driver.gattvitals;

import java.io.ByteArrayOutputStream;

/** Builds a characteristic value from little-endian fields. */
final class OctetWriter {

  private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

  OctetWriter uint8(int value) {
    octets.write(requireUnsigned(value, 8));
    return this;
  }

  OctetWriter uint16(int value) {
    requireUnsigned(value, 16);
    octets.write(value);
    octets.write(value >>> 8);
    return this;
  }

  OctetWriter uint24(int value) {
    requireUnsigned(value, 24);
    octets.write(value);
    octets.write(value >>> 8);
    octets.write(value >>> 16);
    return this;
  }

  OctetWriter sfloat(MedicalFloat value) {
    return uint16(value.toSfloat());
  }

  OctetWriter float32(MedicalFloat value) {
    int raw = value.toFloat();
    return uint16(raw & 0xFFFF).uint16(raw >>> 16);
  }

  OctetWriter bytes(byte[] value) {
    octets.writeBytes(value);
    return this;
  }

  byte[] toBytes() {
    return octets.toByteArray();
  }

  private static int requireUnsigned(int value, int bits) {
    if (value < 0 || value >= 1 << bits) {
      throw new IllegalArgumentException("expected " + bits + " unsigned bits, got " + value);
    }
    return value;
  }
}
