package io.medtwin.simulator.coap;

import io.medtwin.simulator.device.Outlet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.CoapHandler;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedSinglePskStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device that posts to one CoAP resource from a UDP port of its own, over DTLS with a pre-shared
 * key for a {@code coaps} address. Posts are confirmable and repeated as RFC 7252 has it; beyond
 * {@link #MAX_UNANSWERED} further ones are lost and counted.
 */
public final class CoapOutlet implements Outlet<CoapPost> {
  /** Posts under way before further ones are lost. */
  public static final int MAX_UNANSWERED = 4;

  private static final Logger LOG = LoggerFactory.getLogger(CoapOutlet.class);

  private static final List<CipherSuite> CIPHER_SUITES =
      List.of(
          CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256,
          CipherSuite.TLS_PSK_WITH_AES_128_CCM_8);

  static {
    CoapConfig.register();
    DtlsConfig.register();
  }

  private final URI resource;
  private final @Nullable PreSharedKey key;
  private final ScheduledExecutorService protocol;
  private final AtomicInteger unanswered = new AtomicInteger();
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private volatile @Nullable CoapEndpoint endpoint;
  private boolean closed;

  /**
   * A device without a port yet.
   *
   * @param resource {@code coap://host:port/ingest/wear-6} or {@code coaps:}
   * @param key for {@code coaps}, else null
   * @param protocol runs retransmissions; stays the caller's
   * @throws IllegalArgumentException a {@code coaps} address without key, or a key without
   */
  public CoapOutlet(URI resource, @Nullable PreSharedKey key, ScheduledExecutorService protocol) {
    if ("coaps".equals(resource.getScheme()) != (key != null)) {
      throw new IllegalArgumentException(resource + ": a key goes with coaps, and with it alone");
    }
    this.resource = resource;
    this.key = key;
    this.protocol = protocol;
  }

  /** Posts answered with success. */
  public long taken() {
    return taken.get();
  }

  /** Posts answered with an error. */
  public long refused() {
    return refused.get();
  }

  /** Posts that were not sent or never answered. */
  public long lost() {
    return lost.get();
  }

  @Override
  public void send(CoapPost said) {
    var now = endpoint;
    if (now == null || unanswered.get() >= MAX_UNANSWERED) {
      lost.incrementAndGet();
      return;
    }
    var request = Request.newPost();
    request.setURI(resource);
    request.setConfirmable(true);
    request.getOptions().setContentFormat(said.contentFormat());
    request.setPayload(said.payload());
    unanswered.incrementAndGet();
    new CoapClient().setEndpoint(now).advanced(new Answer(), request);
  }

  @Override
  public synchronized void plug() throws IOException {
    if (closed) {
      throw new IOException(resource + ": device is closed");
    }
    if (endpoint != null) {
      return;
    }
    var settings = Configuration.createStandardWithoutFile();
    settings.set(DtlsConfig.DTLS_CIPHER_SUITES, CIPHER_SUITES);
    var builder = CoapEndpoint.builder().setConfiguration(settings);
    boolean here = InetAddress.getByName(resource.getHost()).isLoopbackAddress();
    var anyPort =
        here
            ? new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)
            : new InetSocketAddress(0);
    if (key == null) {
      builder.setInetSocketAddress(anyPort);
    } else {
      builder.setConnector(
          new DTLSConnector(
              DtlsConnectorConfig.builder(settings)
                  .setAddress(anyPort)
                  .setAdvancedPskStore(new AdvancedSinglePskStore(key.identity(), key.key()))
                  .build()));
    }
    var fresh = builder.build();
    fresh.setExecutors(protocol, protocol);
    fresh.start();
    unanswered.set(0);
    endpoint = fresh;
  }

  @Override
  public synchronized void unplug() {
    var now = endpoint;
    endpoint = null;
    if (now != null) {
      now.destroy();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    unplug();
  }

  private final class Answer implements CoapHandler {
    @Override
    public void onLoad(CoapResponse response) {
      unanswered.decrementAndGet();
      if (response.isSuccess()) {
        taken.incrementAndGet();
      } else if (refused.getAndIncrement() == 0) {
        LOG.warn(
            "{}: the server answers {}; further refusals are only counted",
            resource,
            response.getCode());
      }
    }

    @Override
    public void onError() {
      unanswered.decrementAndGet();
      if (lost.getAndIncrement() == 0) {
        LOG.warn("{}: no answer to a post; further losses are only counted", resource);
      }
    }
  }
}
