package io.medtwin.spi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message as its transport delivered it.
 *
 * @param address where it came from or goes to: MQTT topic, CoAP path, BLE device address
 * @param device id of the device as the transport knows it (from the topic pattern, the path, the
 *     DTLS identity, the BLE address), or null where only the content tells
 * @param contentType media type without parameters ({@code application/senml+json}), or null where
 *     the transport has none
 * @param attributes further facts of the transport, such as {@code retained}, {@code
 *     characteristic}, {@code rssi}
 * @param payload read-only view of the content
 */
public record Message(
    String address,
    @Nullable String device,
    @Nullable String contentType,
    Map<String, String> attributes,
    ByteBuffer payload) {

  /** {@code "true"} on a message the MQTT broker kept: by definition old. */
  public static final String RETAINED = "retained";

  /**
   * {@code advertisement}, {@code notification}, {@code readResponse}, {@code connection}, {@code
   * decoded} ... of a BLE bridge.
   */
  public static final String GATT_KIND = "gatt.kind";

  /** Short upper-case UUID of a GATT characteristic, {@code 2A37}. */
  public static final String GATT_CHARACTERISTIC = "gatt.characteristic";

  /** Name of the BLE bridge that heard the device. */
  public static final String BRIDGE = "bridge";

  /** Received signal strength in dBm. */
  public static final String RSSI = "rssi";

  public Message {
    attributes = Map.copyOf(attributes);
    payload = payload.asReadOnlyBuffer();
  }

  /** A message with text content. */
  public static Message text(String address, String contentType, String text) {
    return new Message(
        address,
        null,
        contentType,
        Map.of(),
        ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** A view of the content with its own position. */
  @Override
  public ByteBuffer payload() {
    return payload.asReadOnlyBuffer();
  }

  /** A copy of the content. */
  public byte[] bytes() {
    var copy = new byte[payload.remaining()];
    payload.duplicate().get(copy);
    return copy;
  }

  /** Content is left out: it may hold what must not be printed. */
  @Override
  public String toString() {
    return "Message["
        + address
        + ", device="
        + device
        + ", "
        + contentType
        + ", "
        + payload.remaining()
        + " bytes]";
  }
}
