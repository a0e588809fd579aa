package io.medtwin.transports.coap;

import io.medtwin.spi.Message;
import io.medtwin.spi.transport.Delivery;
import io.medtwin.spi.transport.MessageWire;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The open inbox of one device. */
final class CoapServerWire implements MessageWire {

  private final LinkTable links;
  private final String device;
  private final Inbox<CoapDelivery> inbox = new Inbox<>();

  CoapServerWire(LinkTable links, String device) {
    this.links = links;
    this.device = device;
  }

  void attach() throws IOException {
    if (!links.attach(device, inbox)) {
      throw new IOException("the CoAP link of " + device + " is open already");
    }
  }

  @Override
  public @Nullable Delivery next(Duration atMost) throws IOException, InterruptedException {
    return inbox.poll(atMost);
  }

  @Override
  public void send(Message message) throws IOException {
    throw new IOException(
        "a device that posts over CoAP takes answers only; there is no way to send to " + device);
  }

  /**
   * Detaches from the hub; posts that nobody took are answered 5.03, so the device repeats them.
   */
  @Override
  public void close() {
    links.detach(device, inbox);
    for (var left : inbox.close("the CoAP link of " + device + " was closed")) {
      left.postpone("the link closed");
    }
  }
}
