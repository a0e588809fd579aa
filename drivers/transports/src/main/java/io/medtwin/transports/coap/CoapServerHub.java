package io.medtwin.transports.coap;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.server.resources.DiscoveryResource;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.util.DaemonThreadFactory;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one CoAP server of a gateway, shared by all links of devices that post. It listens on a plain
 * and a secure port and hands each post to the link of the device in its path.
 *
 * <p>Make it once, take a {@link CoapServerTransport} from it for each configured device, close it
 * when the gateway stops. It binds when {@link #start} is called or the first link opens, so a busy
 * port is a link that fails and is tried again. Any thread may call it.
 */
public final class CoapServerHub implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(CoapServerHub.class);

  private final CoapServerConfig config;
  private final PskStore keys;
  private final Faults faults = new Faults();
  private final LinkTable links = new LinkTable();
  private final ScheduledThreadPoolExecutor protocol;
  private final ScheduledThreadPoolExecutor timer;
  private final PostDesk desk;
  private final Object lifecycle = new Object();
  private List<CoapEndpoint> endpoints = List.of();
  private OptionalInt plainPort = OptionalInt.empty();
  private OptionalInt securePort = OptionalInt.empty();
  private boolean started;
  private boolean closed;

  /**
   * A hub that does not listen yet.
   *
   * @param config where to listen, and limits
   * @param keys keys of the devices for the secure port; {@link PskStore#empty} without one
   */
  public CoapServerHub(CoapServerConfig config, PskStore keys) {
    this.config = config;
    this.keys = keys;
    this.protocol = executor("coap-protocol#");
    this.timer = executor("coap-timer#");
    this.desk =
        new PostDesk(resources(), Californium.server(config.limits()), links, faults, timer);
  }

  /**
   * The way to one device: its posts become the messages of this link.
   *
   * @param device device id, as in the path and as DTLS identity: 1 to 64 characters of {@code A-Z
   *     a-z 0-9 : . _ ~ -}, the first a letter or digit
   * @throws IllegalArgumentException the id could not be in a path
   */
  public CoapServerTransport transportFor(String device) {
    if (!PostTarget.DEVICE.matcher(device).matches()) {
      throw new IllegalArgumentException(
          "CoAP device id: expected " + PostTarget.DEVICE + ", got \"" + device + "\"");
    }
    links.configure(device);
    return new CoapServerTransport(this, device);
  }

  /** The way to all devices that have no link of their own: one link, many devices. */
  public CoapServerTransport transportForAll() {
    links.configure(LinkTable.WILDCARD);
    return new CoapServerTransport(this, LinkTable.WILDCARD);
  }

  /**
   * Binds the ports; does nothing where they are bound.
   *
   * @throws IOException a port cannot be bound, or the hub is closed
   */
  public void start() throws IOException {
    synchronized (lifecycle) {
      if (closed) {
        throw new IOException("the CoAP hub is closed");
      }
      if (started) {
        return;
      }
      var bound = new ArrayList<CoapEndpoint>();
      try {
        plainPort = bind(config.plainPort(), false, bound);
        securePort = bind(config.securePort(), true, bound);
      } catch (IOException e) {
        bound.forEach(CoapEndpoint::destroy);
        throw e;
      }
      endpoints = List.copyOf(bound);
      started = true;
      LOG.info(
          "CoAP hub listens on {}: plain {}, secure {}",
          config.bind().getHostAddress(),
          text(plainPort),
          text(securePort));
    }
  }

  /** The plain port in use, once started. */
  public OptionalInt plainPort() {
    synchronized (lifecycle) {
      return plainPort;
    }
  }

  /** The secure port in use, once started. */
  public OptionalInt securePort() {
    synchronized (lifecycle) {
      return securePort;
    }
  }

  /** Posts handed to a link so far. */
  public long taken() {
    return desk.taken();
  }

  /** How often each kind of fault happened; every kind has an entry. */
  public Map<CoapFault, Long> faults() {
    return faults.snapshot();
  }

  /** Stops listening and ends every open link; what waits is not answered. */
  @Override
  public void close() {
    List<CoapEndpoint> bound;
    synchronized (lifecycle) {
      closed = true;
      bound = endpoints;
      endpoints = List.of();
    }
    links.closeAll("the CoAP hub was closed");
    bound.forEach(CoapEndpoint::destroy);
    protocol.shutdownNow();
    timer.shutdownNow();
  }

  LinkTable links() {
    return links;
  }

  /** Acknowledgements that are scheduled, for tests of growth. */
  int scheduled() {
    return timer.getQueue().size();
  }

  /** Where it listens, for people. */
  String address() {
    return config.bind().getHostAddress()
        + (config.securePort() != null ? " coaps:" + config.securePort() : "")
        + (config.plainPort() != null ? " coap:" + config.plainPort() : "");
  }

  private OptionalInt bind(@Nullable Integer port, boolean secure, List<CoapEndpoint> bound)
      throws IOException {
    if (port == null) {
      return OptionalInt.empty();
    }
    var address = new InetSocketAddress(config.bind(), port);
    var settings = Californium.server(config.limits());
    var gate = new Gate(() -> protocol.getQueue().size(), faults);
    var endpoint =
        CoapEndpoint.builder()
            .setConfiguration(settings)
            .setConnector(secure ? dtls(address, settings, gate) : gate.udp(address, settings))
            .build();
    endpoint.setMessageDeliverer(desk);
    endpoint.setExecutors(protocol, protocol);
    try {
      endpoint.start();
    } catch (IOException e) {
      endpoint.destroy();
      throw new IOException(
          "CoAP hub: cannot bind UDP " + address + (secure ? " for DTLS: " : ": ") + e.getMessage(),
          e);
    }
    bound.add(endpoint);
    return OptionalInt.of(endpoint.getAddress().getPort());
  }

  private DTLSConnector dtls(InetSocketAddress address, Configuration settings, Gate gate) {
    return new DTLSConnector(
        DtlsConnectorConfig.builder(settings)
            .setAddress(address)
            .setAdvancedPskStore(new DeviceKeys(keys, faults))
            .setDatagramFilter(gate.dtls(settings))
            .build());
  }

  /** The tree that discovery shows; requests other than discovery never reach it. */
  private static CoapResource resources() {
    var root = new CoapResource("");
    var wellKnown = new CoapResource(".well-known", false);
    wellKnown.add(new DiscoveryResource(root));
    root.add(wellKnown);
    for (var resource : PostTarget.Resource.values()) {
      var shown = new CoapResource(resource.segment());
      shown.getAttributes().addResourceType("medtwin." + resource.segment());
      ContentFormats.READ.forEach(shown.getAttributes()::addContentType);
      root.add(shown);
    }
    return root;
  }

  /** One thread: two would let posts of one device overtake each other. */
  private static ScheduledThreadPoolExecutor executor(String name) {
    var executor = new ScheduledThreadPoolExecutor(1, new DaemonThreadFactory(name));
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }

  private static String text(OptionalInt port) {
    return port.isPresent() ? Integer.toString(port.getAsInt()) : "none";
  }
}
