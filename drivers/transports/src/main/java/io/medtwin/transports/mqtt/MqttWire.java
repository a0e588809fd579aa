package io.medtwin.transports.mqtt;

import io.medtwin.spi.Message;
import io.medtwin.spi.transport.Delivery;
import io.medtwin.spi.transport.MessageWire;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One session's use of a hub: reads its transport's inbox, publishes through the hub. */
final class MqttWire implements MessageWire {

  private final String name;
  private final MqttHub hub;
  private final LinkInbox inbox;
  private volatile @Nullable IOException failure;

  MqttWire(String name, MqttHub hub, LinkInbox inbox) {
    this.name = name;
    this.hub = hub;
    this.inbox = inbox;
  }

  @Override
  public @Nullable Delivery next(Duration atMost) throws IOException, InterruptedException {
    return inbox.next(this, atMost);
  }

  /**
   * Publishes to the topic that is the message's address, at QoS 1, retained if its {@code
   * retained} attribute says so; returns when the broker has it.
   */
  @Override
  public void send(Message message) throws IOException, InterruptedException {
    if (failure != null) {
      throw whyEnded();
    }
    hub.publish(message);
  }

  @Override
  public void close() {
    if (failure == null) {
      failure = new IOException(name + ": closed by the gateway");
    }
    inbox.detach(this);
  }

  /** The hub's connection broke. */
  void fail(IOException cause) {
    if (failure == null) {
      failure = cause;
    }
  }

  IOException whyEnded() {
    IOException known = failure;
    return known == null
        ? new IOException(name + ": another session took over this link")
        : new IOException(known.getMessage(), known);
  }
}
