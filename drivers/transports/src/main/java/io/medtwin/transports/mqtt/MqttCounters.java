package io.medtwin.transports.mqtt;

/**
 * What happened on a hub since its start.
 *
 * @param received messages that came
 * @param tooLarge messages over 64 KiB, acknowledged and refused
 * @param unrouted messages of no link's pattern, acknowledged and dropped
 * @param dropped QoS 0 messages dropped because an inbox was full or its link closed
 * @param withheld QoS 1 messages left with the broker because an inbox was full
 * @param refused messages a driver refused; acknowledged, since MQTT cannot say no
 * @param connections times the broker was connected
 */
public record MqttCounters(
    long received,
    long tooLarge,
    long unrouted,
    long dropped,
    long withheld,
    long refused,
    long connections) {}
