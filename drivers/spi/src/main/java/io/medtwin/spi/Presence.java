package io.medtwin.spi;

/**
 * A hub says that a device behind it came or went: BLE sensor connected, MQTT birth or will. For
 * the link itself the gateway knows without being told.
 *
 * @param present whether the hub reaches the device
 * @param why in the hub's words, or empty
 */
public record Presence(boolean present, String why) implements Report {}
