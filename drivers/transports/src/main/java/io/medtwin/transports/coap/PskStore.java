package io.medtwin.transports.coap;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The pre-shared keys of a hub's devices. The DTLS identity is the device id; each device has a key
 * of its own. Asked by handshake threads; answers at once.
 */
@FunctionalInterface
public interface PskStore {

  /** Fewest octets of a key: 128 bits. Shorter keys are refused in the handshake. */
  int MIN_KEY_BYTES = 16;

  /**
   * The key of one device.
   *
   * @param identity device id as the peer claims it
   * @return its key, which the caller may overwrite, or null where there is no such device
   */
  byte @Nullable [] keyOf(String identity);

  /** A store that knows nobody, for a hub without a secure port. */
  static PskStore empty() {
    return identity -> null;
  }

  /**
   * Keys that do not change.
   *
   * @param keys device id to key
   * @throws IllegalArgumentException a key has fewer than 128 bits or is shared by two devices;
   *     names the devices, never a key
   */
  static PskStore of(Map<String, byte[]> keys) {
    var copy = new HashMap<String, byte[]>();
    var owners = new HashMap<ByteBuffer, String>();
    for (var identity : new TreeSet<>(keys.keySet())) {
      byte[] key = keys.get(identity);
      if (key == null || key.length < MIN_KEY_BYTES) {
        throw new IllegalArgumentException(
            "pre-shared key of "
                + identity
                + ": expected at least "
                + MIN_KEY_BYTES
                + " octets, got "
                + (key == null ? 0 : key.length));
      }
      var owner = owners.put(ByteBuffer.wrap(key), identity);
      if (owner != null) {
        throw new IllegalArgumentException(
            "pre-shared key of " + identity + " is also that of " + owner + "; give each its own");
      }
      copy.put(identity, key.clone());
    }
    return identity -> {
      byte[] key = copy.get(identity);
      return key == null ? null : key.clone();
    };
  }
}
