package io.medtwin.simulator.mqtt;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One message to publish.
 *
 * @param topic where to
 * @param payload content, not to be changed afterwards
 * @param qos 0 or 1
 * @param retained whether the broker keeps it
 * @param contentType MQTT 5 content type, or null
 */
public record Publication(
    String topic, byte[] payload, int qos, boolean retained, @Nullable String contentType) {

  /** A QoS 1 message of JSON or other text that is not kept. */
  public static Publication text(String topic, @Nullable String contentType, String text) {
    return new Publication(topic, text.getBytes(StandardCharsets.UTF_8), 1, false, contentType);
  }

  /** A state that the broker keeps, QoS 1. */
  public static Publication state(String topic, String text) {
    return new Publication(topic, text.getBytes(StandardCharsets.UTF_8), 1, true, null);
  }

  /** The same with other content. */
  public Publication with(byte[] otherPayload) {
    return new Publication(topic, otherPayload, qos, retained, contentType);
  }

  /** Content is left out. */
  @Override
  public String toString() {
    return "Publication[" + topic + ", " + payload.length + " bytes]";
  }
}
