package io.medtwin.driver.gattvitals;

import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * System ID 2A23, 8 octets little-endian: 5 of the maker's number, 3 of its OUI (Device Information
 * Service 1.1).
 *
 * @param manufacturerId 40 bits
 * @param oui organizationally unique identifier, 24 bits
 */
public record SystemId(long manufacturerId, int oui) {

  public SystemId {
    if (manufacturerId >>> 40 != 0 || oui >>> 24 != 0) {
      throw new IllegalArgumentException("a system id has 40 bits of number and 24 of OUI");
    }
  }

  /** Takes the id from the buffer. */
  public static SystemId decode(ByteBuffer buffer) throws GattException {
    var octets = new OctetReader(buffer);
    long low = octets.uint24();
    long number = low | (long) octets.uint16() << 24;
    return new SystemId(number, octets.uint24());
  }

  /** Its 8 octets. */
  public byte[] encode() {
    return new OctetWriter()
        .uint24((int) (manufacturerId & 0xFF_FFFF))
        .uint16((int) (manufacturerId >>> 24))
        .uint24(oui)
        .toBytes();
  }

  /** EUI-64 in 16 upper-case hex digits: OUI, then the maker's number. */
  public String eui64() {
    return String.format(Locale.ROOT, "%06X%010X", oui, manufacturerId);
  }
}
