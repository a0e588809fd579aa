package io.medtwin.transports.coap;

import io.medtwin.spi.LinkKind;
import io.medtwin.spi.transport.MessageWire;
import io.medtwin.spi.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedSinglePskStore;

/**
 * The way to one resource of a mains-powered sensor, which it observes (RFC 7641). Its messages:
 * address = path of the resource, device = the configured id, content type from Content-Format.
 *
 * <p>The sensor's confirmable notifications are acknowledged by the protocol as they come: a
 * notification is the latest value, not a record to keep, so accepting a message tells the sensor
 * nothing and refusing one is only counted. A device that must lose nothing posts instead.
 */
public final class CoapObserveTransport implements Transport {

  /** Longest body of a notification. */
  private static final int BODY_BYTES = 65_536;

  /** Longest wait for the sensor to answer the registration, DTLS handshake included. */
  private static final Duration OPEN_LIMIT = Duration.ofSeconds(10);

  private final CoapObserveConfig config;
  private final RandomGenerator random;

  /**
   * @param config what to observe
   * @param random spreads the moments of registering again
   */
  public CoapObserveTransport(CoapObserveConfig config, RandomGenerator random) {
    this.config = config;
    this.random = random;
  }

  @Override
  public LinkKind kind() {
    return LinkKind.COAP;
  }

  @Override
  public String name() {
    return "coap-observe:" + config.uri();
  }

  /**
   * Registers and waits for the first answer.
   *
   * @throws IOException the sensor refuses, cannot be observed, or does not answer within 10 s
   */
  @Override
  public MessageWire open() throws IOException, InterruptedException {
    var settings = Californium.client(BODY_BYTES, registerAgainAfter());
    var endpoint = endpoint(settings);
    try {
      endpoint.start();
      var wire = new CoapObserveWire(config, endpoint);
      wire.register(registration(), OPEN_LIMIT);
      return wire;
    } catch (IOException | InterruptedException | RuntimeException e) {
      endpoint.destroy();
      throw e;
    }
  }

  private Duration registerAgainAfter() {
    long min = config.registerAgainMin().toMillis();
    long max = config.registerAgainMax().toMillis();
    return Duration.ofMillis(random.nextLong(min, max + 1));
  }

  private Request registration() throws IOException {
    try {
      InetAddress.getByName(config.uri().getHost());
    } catch (UnknownHostException e) {
      throw new IOException(name() + ": no such host", e);
    }
    var request = Request.newGet();
    request.setURI(config.uri());
    request.setObserve();
    ContentFormats.numberOf(config.accept()).ifPresent(request.getOptions()::setAccept);
    return request;
  }

  private CoapEndpoint endpoint(Configuration settings) throws IOException {
    var builder = CoapEndpoint.builder().setConfiguration(settings);
    if (!config.isSecure()) {
      return builder.setInetSocketAddress(new InetSocketAddress(0)).build();
    }
    var identity = config.identity();
    byte[] key = identity == null ? null : config.keys().keyOf(identity);
    if (identity == null || key == null || key.length < PskStore.MIN_KEY_BYTES) {
      throw new IOException(
          name() + ": no pre-shared key of at least 128 bits for identity " + identity);
    }
    try {
      return builder
          .setConnector(
              new DTLSConnector(
                  DtlsConnectorConfig.builder(settings)
                      .setAddress(new InetSocketAddress(0))
                      .setAdvancedPskStore(new AdvancedSinglePskStore(identity, key))
                      .build()))
          .build();
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }
}
