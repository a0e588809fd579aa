package io.medtwin.simulator.ble;

import java.time.Instant;
import java.util.HexFormat;

/**
 * One value of one characteristic, as a sensor sends it.
 *
 * @param characteristic short upper-case UUID, {@code 2A37}
 * @param octets the value, not to be changed afterwards
 * @param at when the bridge heard it
 */
public record GattValue(String characteristic, byte[] octets, Instant at) {

  /** Upper-case hex digits. */
  public String hex() {
    return HexFormat.of().withUpperCase().formatHex(octets);
  }

  /** The same with other octets. */
  public GattValue with(byte[] otherOctets) {
    return new GattValue(characteristic, otherOctets, at);
  }

  /** Content is left out. */
  @Override
  public String toString() {
    return "GattValue[" + characteristic + ", " + octets.length + " octets]";
  }
}
