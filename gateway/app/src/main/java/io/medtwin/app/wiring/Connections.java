package io.medtwin.app.wiring;

import io.medtwin.app.config.GatewayConfig;
import io.medtwin.app.config.GatewayConfig.Broker;
import io.medtwin.app.config.GatewayConfig.Hub;
import io.medtwin.app.config.GatewayConfig.Route;
import io.medtwin.app.config.Secret;
import io.medtwin.app.wiring.Plan.Way;
import io.medtwin.spi.transport.Transport;
import io.medtwin.transports.ble.BleBridgeConfig;
import io.medtwin.transports.ble.BleBridgeTransport;
import io.medtwin.transports.ble.BridgeDialect;
import io.medtwin.transports.ble.CassiaMqtt;
import io.medtwin.transports.ble.OpenMqtt;
import io.medtwin.transports.coap.CoapObserveConfig;
import io.medtwin.transports.coap.CoapObserveTransport;
import io.medtwin.transports.coap.CoapServerConfig;
import io.medtwin.transports.coap.CoapServerHub;
import io.medtwin.transports.coap.PskStore;
import io.medtwin.transports.mllp.MllpConfig;
import io.medtwin.transports.mllp.MllpTransport;
import io.medtwin.transports.mqtt.MqttConfig;
import io.medtwin.transports.mqtt.MqttHub;
import io.medtwin.transports.mqtt.MqttLinkConfig;
import io.medtwin.transports.mqtt.MqttPresence;
import io.medtwin.transports.mqtt.MqttTls;
import io.medtwin.transports.mqtt.MqttTransport;
import io.medtwin.transports.mqtt.TopicPattern;
import io.medtwin.transports.serial.SerialConfig;
import io.medtwin.transports.serial.SerialTransport;
import io.medtwin.transports.tcp.TcpClientConfig;
import io.medtwin.transports.tcp.TcpClientTransport;
import io.medtwin.transports.tcp.TcpServerConfig;
import io.medtwin.transports.tcp.TcpServerTransport;
import io.medtwin.transports.udp.UdpConfig;
import io.medtwin.transports.udp.UdpTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything a gateway is connected to on the side of the devices: brokers, CoAP and MLLP servers
 * are shared, other links are not.
 */
final class Connections implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  private final GatewayConfig config;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<String, MqttHub> brokers = new LinkedHashMap<>();
  private final Map<String, CoapServerHub> coapServers = new LinkedHashMap<>();
  private final Map<String, MllpTransport> mllpServers = new LinkedHashMap<>();
  private final List<AutoCloseable> owned = new ArrayList<>();

  Connections(GatewayConfig config, InstantSource clock, RandomGenerator random) {
    this.config = config;
    this.clock = clock;
    this.random = random;
  }

  /**
   * The transport of a line; opens nothing.
   *
   * @throws IllegalArgumentException what is wrong with the line's parameters
   */
  Transport transport(Way way) {
    return switch (way) {
      case Way.Own own -> transport(own.device(), own.route(), own.linkDefaults());
      case Way.Shared shared -> sharedTransport(shared);
    };
  }

  /**
   * Opens what devices come to by themselves.
   *
   * @throws IOException a port cannot be had
   */
  void listen() throws IOException {
    for (CoapServerHub server : coapServers.values()) {
      server.start();
    }
    for (MllpTransport server : mllpServers.values()) {
      portOf(server);
    }
  }

  /**
   * Port of an MLLP server.
   *
   * @throws IOException there is none of that name, or its port cannot be had
   */
  int mllpPort(String name) throws IOException {
    var server = mllpServers.get(name);
    if (server == null) {
      throw new IOException("there is no MLLP server " + name);
    }
    return portOf(server);
  }

  private static int portOf(MllpTransport server) throws IOException {
    try {
      return server.listen();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(server.name() + ": interrupted before its port was open", e);
    }
  }

  /** CoAP servers by name, for their ports. */
  Map<String, CoapServerHub> coapServers() {
    return coapServers;
  }

  @Override
  public void close() {
    brokers.values().forEach(MqttHub::close);
    coapServers.values().forEach(CoapServerHub::close);
    mllpServers.values().forEach(MllpTransport::close);
    for (AutoCloseable closeable : owned) {
      try {
        closeable.close();
      } catch (Exception e) {
        LOG.warn("could not be closed: {}", e.toString());
      }
    }
  }

  private Transport transport(String name, Route route, Map<String, String> linkDefaults) {
    return switch (route) {
      case Route.Serial serial -> {
        var parameters = serial.parameters().orElse(linkDefaults.get("serial"));
        if (parameters == null) {
          throw new IllegalArgumentException(
              name
                  + ": neither its link nor its profile says the line parameters, such as 9600"
                  + " 8N1");
        }
        yield new SerialTransport(SerialConfig.parse(serial.path(), parameters));
      }
      case Route.TcpConnect tcp ->
          new TcpClientTransport(TcpClientConfig.of(tcp.host(), tcp.port()));
      case Route.TcpListen tcp -> {
        var server = new TcpServerTransport(listenAt(tcp));
        owned.add(server);
        yield server;
      }
      case Route.Udp udp -> new UdpTransport(new UdpConfig(udp.host(), udp.port(), null, 0));
      case Route.UdpTo udp -> new UdpTransport(UdpConfig.toPeer(udp.host(), udp.port()));
      case Route.CoapObserve coap -> new CoapObserveTransport(observeConfig(name, coap), random);
      case Route.Behind behind ->
          throw new IllegalStateException(behind + " has no link of its own");
    };
  }

  private static TcpServerConfig listenAt(Route.TcpListen tcp) {
    var usual = TcpServerConfig.of(tcp.port());
    return new TcpServerConfig(
        tcp.host(),
        usual.port(),
        usual.allowedPeers(),
        usual.acceptLimit(),
        usual.keepAlive(),
        usual.noDelay());
  }

  private static CoapObserveConfig observeConfig(String device, Route.CoapObserve coap) {
    if (coap.identity().isEmpty() || coap.key().isEmpty()) {
      return CoapObserveConfig.plain(coap.uri(), device);
    }
    var identity = coap.identity().get();
    var key = HexFormat.of().parseHex(coap.key().get().value());
    return CoapObserveConfig.secure(
        coap.uri(), device, identity, PskStore.of(Map.of(identity, key)));
  }

  private Transport sharedTransport(Way.Shared shared) {
    var hub = config.links().get(shared.hub());
    if (hub == null) {
      throw new IllegalArgumentException("there is no link " + shared.hub());
    }
    return switch (hub) {
      case Hub.Mqtt mqtt ->
          new MqttTransport(
              broker(mqtt.broker()),
              new MqttLinkConfig(
                  TopicPattern.parse(mqtt.topic()),
                  null,
                  1,
                  mqtt.contentType().orElse(null),
                  MqttLinkConfig.DEFAULT_INBOX_LIMIT));
      case Hub.CoapServer coap -> coapServer(shared.hub(), coap).transportForAll();
      case Hub.Ble ble -> bridge(ble, shared);
      case Hub.Bytes bytes -> transport(shared.hub(), bytes.route(), shared.linkDefaults());
      case Hub.Mllp mllp -> mllpServer(shared.hub(), mllp);
    };
  }

  private Transport bridge(Hub.Ble ble, Way.Shared shared) {
    BridgeDialect dialect =
        ble.dialect().equals("cassia") ? new CassiaMqtt() : new OpenMqtt(ble.base());
    var carrier = new MqttTransport(broker(ble.broker()), MqttLinkConfig.of(dialect.topicFilter()));
    var bridge = new BleBridgeConfig(dialect, null, shared.handles(), List.of());
    return new BleBridgeTransport(carrier, bridge, clock, random);
  }

  private MllpTransport mllpServer(String name, Hub.Mllp mllp) {
    return mllpServers.computeIfAbsent(
        name,
        unused ->
            new MllpTransport(
                new MllpConfig(mllp.bind(), mllp.port(), mllp.peers(), MllpConfig.Limits.DEFAULT)));
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("there is no local address " + host, e);
    }
  }

  private MqttHub broker(String name) {
    return brokers.computeIfAbsent(
        name,
        unused -> {
          var broker = config.brokers().get(name);
          if (broker == null) {
            throw new IllegalArgumentException("there is no broker " + name);
          }
          return new MqttHub(mqttConfig(name, broker));
        });
  }

  private MqttConfig mqttConfig(String name, Broker broker) {
    var id = broker.clientId().orElse("medtwin-" + config.gateway().id() + "-" + name);
    var version =
        switch (broker.version()) {
          case "5" -> MqttConfig.Version.V5;
          case "3.1.1" -> MqttConfig.Version.V3_1_1;
          default -> MqttConfig.Version.AUTO;
        };
    var mqtt = MqttConfig.of(broker.url().toString(), id).withVersion(version);
    if (broker.user().isPresent()) {
      var password = broker.password().map(Secret::value).orElse("");
      mqtt = mqtt.withCredentials(broker.user().get(), password::toCharArray);
    }
    if (broker.ca().isPresent()) {
      mqtt = mqtt.withTls(MqttTls.trusting(broker.ca().get()));
    }
    return mqtt.withPresence(
        MqttPresence.at(
            "med/v1/" + config.gateway().site() + "/gateway/" + config.gateway().id() + "/status"));
  }

  private CoapServerHub coapServer(String name, Hub.CoapServer coap) {
    var known = coapServers.get(name);
    if (known != null) {
      return known;
    }
    var keys = new HashMap<String, byte[]>();
    coap.keys().forEach((device, key) -> keys.put(device, HexFormat.of().parseHex(key.value())));
    var server =
        new CoapServerHub(
            new CoapServerConfig(
                address(coap.bind()),
                coap.port().orElse(null),
                coap.securePort().orElse(null),
                false,
                CoapServerConfig.Limits.DEFAULT),
            PskStore.of(keys));
    coapServers.put(name, server);
    return server;
  }
}
