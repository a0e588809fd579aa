package io.medtwin.simulator.ward;

import io.medtwin.simulator.broker.EmbeddedBroker;
import io.medtwin.simulator.coap.PreSharedKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.eclipse.californium.core.server.resources.Resource;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedMultiPskStore;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;

/** A broker and a CoAP server that keep what a ward says, by topic or path. */
final class Bench implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;
  private static final int MAX_KEPT = 100_000;

  /** One message or post that came. */
  record Heard(String address, String contentType, byte[] payload) {}

  private final EmbeddedBroker broker;
  private final MqttClient listener;
  private final CoapServer server;
  private final CoapEndpoint plain;
  private final CoapEndpoint secure;
  private final AdvancedMultiPskStore keys = new AdvancedMultiPskStore();
  private final Map<String, BlockingQueue<Heard>> heard = new ConcurrentHashMap<>();

  Bench() throws IOException, MqttException {
    broker = EmbeddedBroker.start();
    listener = new MqttClient(broker.uri().toString(), "bench", new MemoryPersistence());
    listener.connect();
    listener.subscribe(
        new MqttSubscription[] {new MqttSubscription("#", 1)},
        new IMqttMessageListener[] {
          (topic, message) -> keep(topic, contentType(message), message.getPayload())
        });
    CoapConfig.register();
    DtlsConfig.register();
    var settings = Configuration.createStandardWithoutFile();
    server = new CoapServer(settings);
    var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    plain = CoapEndpoint.builder().setConfiguration(settings).setInetSocketAddress(anyPort).build();
    secure =
        CoapEndpoint.builder()
            .setConfiguration(settings)
            .setConnector(
                new DTLSConnector(
                    DtlsConnectorConfig.builder(settings)
                        .setAddress(anyPort)
                        .setAdvancedPskStore(keys)
                        .build()))
            .build();
    server.addEndpoint(plain);
    server.addEndpoint(secure);
    server.add(new Ingest());
    server.start();
  }

  void know(PreSharedKey key) {
    keys.setKey(key.identity(), key.key());
  }

  URI brokerUri() {
    return broker.uri();
  }

  URI coap() {
    return URI.create("coap://127.0.0.1:" + plain.getAddress().getPort());
  }

  URI coaps() {
    return URI.create("coaps://127.0.0.1:" + secure.getAddress().getPort());
  }

  MqttClient client() {
    return listener;
  }

  /** The next message on a topic or path. */
  Heard next(String address) throws InterruptedException {
    return next(address, any -> true);
  }

  /** The next message on a topic or path that fits; others are dropped. */
  Heard next(String address, Predicate<Heard> fits) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      var next = queue(address).poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        throw new AssertionError("nothing fitting on " + address + "; heard " + heard.keySet());
      }
      if (fits.test(next)) {
        return next;
      }
    }
  }

  @Override
  public void close() throws MqttException {
    listener.disconnect();
    listener.close();
    server.destroy();
    broker.close();
  }

  private void keep(String address, String contentType, byte[] payload) {
    queue(address).offer(new Heard(address, contentType, payload));
  }

  private BlockingQueue<Heard> queue(String address) {
    return heard.computeIfAbsent(address, unused -> new ArrayBlockingQueue<>(MAX_KEPT));
  }

  private static String contentType(MqttMessage message) {
    var properties = message.getProperties();
    return properties == null || properties.getContentType() == null
        ? ""
        : properties.getContentType();
  }

  /** {@code /ingest/{device}}. */
  private final class Ingest extends CoapResource {
    Ingest() {
      super("ingest");
    }

    @Override
    public Resource getChild(String name) {
      return this;
    }

    @Override
    public void handlePOST(CoapExchange exchange) {
      var path = List.copyOf(exchange.getRequestOptions().getUriPath());
      keep(
          "/" + String.join("/", path),
          Integer.toString(exchange.getRequestOptions().getContentFormat()),
          exchange.getRequestPayload());
      exchange.respond(ResponseCode.CHANGED);
    }
  }
}
