package io.medtwin.transports.mqtt;

import java.time.Duration;

/**
 * How the gateway says on the broker that it is there: a retained QoS 1 message, published after
 * each connecting, replaced by the broker when the connection is lost (the will) and by the gateway
 * when it stops.
 *
 * @param topic where, without wildcards
 * @param online content while connected (birth)
 * @param lost content after the connection was lost (will)
 * @param shutdown content after an orderly stop
 * @param willDelay how long the broker waits before it publishes the will, 0 to 5 min, so that a
 *     short break does not flap; MQTT 5 only; default 15 s
 */
public record MqttPresence(
    String topic, String online, String lost, String shutdown, Duration willDelay) {

  /** 15 s. */
  public static final Duration DEFAULT_WILL_DELAY = Duration.ofSeconds(15);

  public MqttPresence {
    if (topic.isBlank() || topic.matches(".*[+#\u0000].*")) {
      throw new IllegalArgumentException("a presence topic has no wildcard; got " + topic);
    }
    if (willDelay.isNegative() || willDelay.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new IllegalArgumentException("willDelay must be 0 to 5 min, got " + willDelay);
    }
  }

  /** JSON states {@code online} and {@code offline} with a reason. */
  public static MqttPresence at(String topic) {
    return new MqttPresence(
        topic,
        "{\"state\":\"online\"}",
        "{\"state\":\"offline\",\"reason\":\"lost\"}",
        "{\"state\":\"offline\",\"reason\":\"shutdown\"}",
        DEFAULT_WILL_DELAY);
  }
}
