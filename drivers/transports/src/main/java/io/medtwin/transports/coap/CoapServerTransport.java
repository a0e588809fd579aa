package io.medtwin.transports.coap;

import io.medtwin.spi.LinkKind;
import io.medtwin.spi.transport.MessageWire;
import io.medtwin.spi.transport.Transport;
import java.io.IOException;

/**
 * The way to one device that posts to the {@link CoapServerHub}, or to all devices without a link
 * of their own. Its messages: address = path ({@code /ingest/band-7}), device = device id, content
 * type from Content-Format (null where the device named none). Made by {@link
 * CoapServerHub#transportFor} and {@link CoapServerHub#transportForAll}.
 *
 * <p>An accepted message is answered 2.04, with content where the driver answered. A post that
 * comes while the link is closed or 256 wait is answered 5.03, and the device posts it again.
 * Nothing can be sent to the device except an answer.
 */
public final class CoapServerTransport implements Transport {

  /** Attribute: {@code CON} for a confirmable request, {@code NON} otherwise. */
  public static final String TYPE = "coap.type";

  /** Attribute: the DTLS identity of the sender; absent on the plain port. */
  public static final String IDENTITY = "coap.identity";

  private final CoapServerHub hub;
  private final String device;

  CoapServerTransport(CoapServerHub hub, String device) {
    this.hub = hub;
    this.device = device;
  }

  @Override
  public LinkKind kind() {
    return LinkKind.COAP;
  }

  @Override
  public String name() {
    return "coap-server:" + hub.address() + "/" + device;
  }

  /**
   * Starts the hub where it does not listen yet and opens the device's inbox.
   *
   * @throws IOException a port cannot be bound, or the device's link is open already
   */
  @Override
  public MessageWire open() throws IOException {
    hub.start();
    var wire = new CoapServerWire(hub.links(), device);
    wire.attach();
    return wire;
  }
}
