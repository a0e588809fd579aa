package io.medtwin.transports.mqtt;

import io.medtwin.spi.LinkKind;
import io.medtwin.spi.transport.MessageWire;
import io.medtwin.spi.transport.Transport;
import java.io.IOException;

/**
 * The messages of one topic pattern on a hub's broker. Make every transport of a hub before the
 * first is opened: then nothing that the broker kept for us arrives before its link is known.
 */
public final class MqttTransport implements Transport {

  /** Attribute of a message: the QoS it came with, {@code "0"} or {@code "1"}. */
  public static final String QOS = "qos";

  private final MqttHub hub;
  private final MqttHub.Member member;

  /** Registers with {@code hub}, which stays owned by the caller; connects nothing yet. */
  public MqttTransport(MqttHub hub, MqttLinkConfig config) {
    this.hub = hub;
    this.member = hub.register(config);
  }

  @Override
  public LinkKind kind() {
    return LinkKind.MQTT;
  }

  @Override
  public String name() {
    return member.name();
  }

  /**
   * Subscribes and begins to take messages. Waits for the hub if it is connecting; fails at once
   * while the hub waits to try again.
   */
  @Override
  public MessageWire open() throws IOException, InterruptedException {
    return hub.open(member);
  }
}
