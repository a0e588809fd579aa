package io.medtwin.simulator.coap;

import java.util.HexFormat;

/**
 * What a device and its server know of each other beforehand (DTLS-PSK).
 *
 * @param identity what the device calls itself: its device id
 * @param key at least 16 octets, not to be changed afterwards
 */
public record PreSharedKey(String identity, byte[] key) {
  private static final int MIN_KEY_BYTES = 16;

  public PreSharedKey {
    if (identity.isBlank() || key.length < MIN_KEY_BYTES) {
      throw new IllegalArgumentException(
          "a pre-shared key has an identity and at least " + MIN_KEY_BYTES + " octets");
    }
  }

  /** The key as a configuration file holds it. */
  public String hex() {
    return HexFormat.of().formatHex(key);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "PreSharedKey[" + identity + ", ***]";
  }
}
