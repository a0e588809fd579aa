package io.medtwin.benchmarks.bridge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.neovisionaries.ws.client.WebSocket;
import io.medtwin.transports.mqtt.BufferedSockets;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.headers.contenttype.ContentType;
import org.eclipse.ditto.client.DittoClient;
import org.eclipse.ditto.client.DittoClients;
import org.eclipse.ditto.client.configuration.AuthenticationConfiguration;
import org.eclipse.ditto.client.configuration.BasicAuthenticationConfiguration;
import org.eclipse.ditto.client.configuration.WebSocketMessagingConfiguration;
import org.eclipse.ditto.client.messaging.AuthenticationProvider;
import org.eclipse.ditto.client.messaging.AuthenticationProviders;
import org.eclipse.ditto.client.messaging.MessagingProviders;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.protocol.Payload;
import org.eclipse.ditto.protocol.ProtocolFactory;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A bare bridge: the gateway's MQTT client with manual acknowledgements, the gateway's Ditto
 * client, and between them the least that makes a merge of a SenML pack. No journal, no twin, no
 * units, no conditions, no answers awaited: what a message costs at least on this machine.
 *
 * <p>Either each message is one merge, or the newest of each device is told once a second, as the
 * gateway does. A message is acknowledged when its merge is handed over, or when it is the newest.
 */
@Command(name = "bridge", hidden = true)
public final class BridgeCommand implements Callable<Integer> {

  private static final int RECEIVE_MAXIMUM = 1024;
  private static final int FRAMES_WAITING_MAX = 1000;
  private static final JsonFactory JSON = new JsonFactory();

  @Option(names = "--broker", required = true)
  private URI broker = URI.create("tcp://127.0.0.1");

  @Option(names = "--ditto", required = true)
  private URI ditto = URI.create("ws://127.0.0.1");

  @Option(names = "--each", arity = "1")
  private boolean each;

  private final Map<String, byte[]> newest = new ConcurrentHashMap<>();

  @Override
  public Integer call() throws Exception {
    var client = connect();
    var mqtt = new MqttAsyncClient(broker.toString(), "bridge", new MemoryPersistence());
    mqtt.setManualAcks(true);
    mqtt.setCallback(new Arrivals(mqtt, client));
    var options = new MqttConnectionOptions();
    options.setAutomaticReconnect(false);
    options.setUseSubscriptionIdentifiers(false);
    options.setReceiveMaximum(RECEIVE_MAXIMUM);
    options.setSocketFactory(new BufferedSockets());
    mqtt.connect(options).waitForCompletion();
    mqtt.subscribe("med/v1/bench/+/telemetry/#", 1).waitForCompletion();
    if (!each) {
      var unused =
          Executors.newSingleThreadScheduledExecutor()
              .scheduleAtFixedRate(() -> tellNewest(client), 1, 1, TimeUnit.SECONDS);
    }
    System.out.println("ready");
    while (System.in.read() >= 0) {
      // until whoever started it closes the pipe
    }
    return 0;
  }

  private DittoClient connect() throws Exception {
    var endpoint = "ws://" + ditto.getHost() + ":" + ditto.getPort() + "/ws/2";
    var messaging = WebSocketMessagingConfiguration.newBuilder().endpoint(endpoint).build();
    var login =
        AuthenticationProviders.basic(
            BasicAuthenticationConfiguration.newBuilder()
                .username("ditto")
                .password("ditto")
                .build());
    var provider =
        MessagingProviders.webSocket(
            messaging,
            new Bounded(login),
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory()),
            Executors.newSingleThreadScheduledExecutor());
    return DittoClients.newInstance(provider)
        .connect()
        .toCompletableFuture()
        .get(15, TimeUnit.SECONDS);
  }

  private void tellNewest(DittoClient client) {
    for (String device : newest.keySet()) {
      byte[] pack = newest.remove(device);
      if (pack != null) {
        tell(client, device, pack);
      }
    }
  }

  private static void tell(DittoClient client, String device, byte[] pack) {
    JsonObject patch;
    try {
      patch = patch(pack);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    var headers =
        DittoHeaders.newBuilder()
            .correlationId(UUID.randomUUID().toString())
            .responseRequired(false)
            .contentType(ContentType.APPLICATION_MERGE_PATCH_JSON)
            .build();
    var topic =
        ProtocolFactory.newTopicPathBuilder(ThingId.of("bench.bare", device))
            .things()
            .twin()
            .commands()
            .merge()
            .build();
    var unused =
        client.sendDittoProtocol(
            ProtocolFactory.newAdaptableBuilder(topic)
                .withPayload(Payload.newBuilder(JsonPointer.empty()).withValue(patch).build())
                .withHeaders(headers)
                .build());
  }

  /** The merge patch of a pack of our own generator; nothing is checked. */
  static JsonObject patch(byte[] pack) throws IOException {
    Map<String, BigDecimal> values = new HashMap<>();
    BigDecimal time = BigDecimal.ZERO;
    try (JsonParser parser = JSON.createParser(pack)) {
      String name = "";
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING && parser.currentName().equals("n")) {
          name = parser.getText();
        } else if (token.isNumeric() && parser.currentName().equals("bt")) {
          time = parser.getDecimalValue();
        } else if (token.isNumeric() && parser.currentName().equals("v")) {
          values.put(name, parser.getDecimalValue());
        }
      }
    }
    String at = java.time.Instant.ofEpochMilli(time.movePointRight(3).longValue()).toString();
    var features = JsonObject.newBuilder();
    put(features, "heart", "heartRate", values.get("heart-rate"), 0, at);
    put(features, "spo2", "saturation", values.get("spo2"), 2, at);
    put(features, "temp-1", "temperature", values.get("temperature"), 0, at);
    return JsonObject.newBuilder().set("features", features.build()).build();
  }

  private static void put(
      org.eclipse.ditto.json.JsonObjectBuilder features,
      String feature,
      String property,
      @org.jspecify.annotations.Nullable BigDecimal value,
      int shift,
      String at) {
    if (value != null) {
      features.set(
          feature,
          JsonObject.newBuilder()
              .set(
                  "properties",
                  JsonObject.newBuilder()
                      .set(
                          property,
                          JsonObject.newBuilder()
                              .set("value", value.movePointRight(shift).doubleValue())
                              .set("observedAt", at)
                              .build())
                      .build())
              .build());
    }
  }

  private final class Arrivals implements MqttCallback {
    private final MqttAsyncClient mqtt;
    private final DittoClient client;

    Arrivals(MqttAsyncClient mqtt, DittoClient client) {
      this.mqtt = mqtt;
      this.client = client;
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) throws MqttException {
      String device = topic.split("/", -1)[3];
      if (each) {
        tell(client, device, message.getPayload());
      } else {
        newest.put(device, message.getPayload());
      }
      mqtt.messageArrivedComplete(message.getId(), 1);
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
      System.err.println("disconnected: " + response);
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
      System.err.println(exception);
    }

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
  }

  /** Logs in, and lets only so many frames wait: beyond it the sender is held, as by TCP. */
  private record Bounded(AuthenticationProvider<WebSocket> login)
      implements AuthenticationProvider<WebSocket> {

    @Override
    public AuthenticationConfiguration getConfiguration() {
      return login.getConfiguration();
    }

    @Override
    public void prepareAuthentication(WebSocket socket) {
      socket.setFrameQueueSize(FRAMES_WAITING_MAX);
      login.prepareAuthentication(socket);
    }

    @Override
    public void destroy() {
      login.destroy();
    }
  }
}
