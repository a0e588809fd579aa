package io.medtwin.transports.mqtt;

import org.jspecify.annotations.Nullable;

/**
 * Which of a broker's messages one link takes.
 *
 * @param pattern topics, with {@code {device}} where the device id stands
 * @param device the only device to take, or null, the default, for a hub's every device. If the
 *     pattern has no placeholder, every message counts as this device's
 * @param qos 0 or 1; default 1. With 1 a message is acknowledged when it is safe
 * @param defaultContentType media type of a message that tells none, or null, the default
 * @param inboxLimit unsettled messages held, 1 to 65535; default 1024. Beyond it QoS 1 messages
 *     stay with the broker and QoS 0 messages are dropped and counted
 */
public record MqttLinkConfig(
    TopicPattern pattern,
    @Nullable String device,
    int qos,
    @Nullable String defaultContentType,
    int inboxLimit) {

  /** 1024. */
  public static final int DEFAULT_INBOX_LIMIT = 1024;

  public MqttLinkConfig {
    if (device != null && pattern.hasDevice()) {
      pattern = pattern.forDevice(device);
    }
    if (qos < 0 || qos > 1) {
      throw new IllegalArgumentException("qos must be 0 or 1, got " + qos);
    }
    if (inboxLimit < 1 || inboxLimit > 65_535) {
      throw new IllegalArgumentException("inboxLimit must be 1 to 65535, got " + inboxLimit);
    }
  }

  /** A hub: every device of a pattern, with every default. */
  public static MqttLinkConfig of(String pattern) {
    return new MqttLinkConfig(TopicPattern.parse(pattern), null, 1, null, DEFAULT_INBOX_LIMIT);
  }

  /** One device of a pattern, with every default. */
  public static MqttLinkConfig of(String pattern, String device) {
    return new MqttLinkConfig(TopicPattern.parse(pattern), device, 1, null, DEFAULT_INBOX_LIMIT);
  }
}
