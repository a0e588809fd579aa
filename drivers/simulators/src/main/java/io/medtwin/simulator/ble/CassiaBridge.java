package io.medtwin.simulator.ble;

import com.fasterxml.jackson.core.JsonGenerator;
import io.medtwin.simulator.device.Outlet;
import io.medtwin.simulator.mqtt.MqttOutlet;
import io.medtwin.simulator.mqtt.Publication;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Cassia gateway in its MQTT variant (CassiaSDKGuide, "MQTT API"): notifications at {@code
 * up/{gateway}/notification} name a handle, not a UUID; connections at {@code
 * up/{gateway}/connection_state}; REST calls come at {@code down/{gateway}/api} and are answered at
 * {@code up/{gateway}/api_reply}. It knows discovery, reading a handle, connecting and
 * disconnecting; anything else is answered 404. No heartbeat, no scan data: the sensors stay
 * connected.
 */
public final class CassiaBridge implements BleBridge {
  private static final Logger LOG = LoggerFactory.getLogger(CassiaBridge.class);
  private static final String BASE_UUID = "-0000-1000-8000-00805f9b34fb";
  private static final Pattern DISCOVER =
      Pattern.compile("/gatt/nodes/([0-9A-F:]{17})/services/characteristics/descriptors.*");
  private static final Pattern READ =
      Pattern.compile("/gatt/nodes/([0-9A-F:]{17})/handle/(\\d+)/value(?:[/?].*)?");
  private static final Pattern CONNECT = Pattern.compile("/gap/nodes/([0-9A-F:]{17})/connection.*");

  private static final List<String> HANDLES =
      List.of("2A29", "2A24", "2A25", "2A19", "2A37", "2A5F", "2A1C", "2A35");

  private static final Map<String, String> SERVICES =
      Map.of(
          "2A29", "180a", "2A24", "180a", "2A25", "180a", "2A19", "180f", "2A37", "180d", "2A5F",
          "1822", "2A1C", "1809", "2A35", "1810");

  private final String gateway;
  private final InstantSource clock;
  private final MqttOutlet mqtt;
  private final AtomicLong messages = new AtomicLong();
  private final Map<String, Radio> radios = new ConcurrentHashMap<>();

  /**
   * A bridge that is not connected yet.
   *
   * @param gateway its MAC address, upper case with colons
   * @param broker {@code tcp://host:port}
   * @param clock scenario time, for what it says unasked by a sensor
   */
  public CassiaBridge(String gateway, URI broker, InstantSource clock) {
    this.gateway = gateway;
    this.clock = clock;
    this.mqtt =
        MqttOutlet.ofBridge(
            broker,
            "cassia-" + gateway.replace(":", ""),
            Publication.text(
                "up/" + gateway + "/gateway_status",
                null,
                envelope("gateway_status", clock.instant(), this::status)),
            null,
            null,
            "down/" + gateway + "/api",
            this::onCommand);
  }

  /** Handle of a characteristic on every sensor of this bridge. */
  public static int handle(String characteristic) {
    return 2 + HANDLES.indexOf(characteristic) * 3;
  }

  /** What the handles of a sensor mean, by short upper-case UUID. */
  public static Map<Integer, String> handles(GattSensor sensor) {
    return HANDLES.stream()
        .filter(
            characteristic ->
                characteristic.equals(sensor.kind().characteristic())
                    || sensor.readable().containsKey(characteristic))
        .collect(Collectors.toMap(CassiaBridge::handle, characteristic -> characteristic));
  }

  @Override
  public void start() throws IOException {
    mqtt.plug();
  }

  @Override
  public Outlet<List<GattValue>> reach(GattSensor sensor) {
    var radio = new Radio(sensor);
    radios.put(sensor.sheet().address(), radio);
    return radio;
  }

  @Override
  public void connected(boolean connected) throws IOException {
    if (connected) {
      mqtt.plug();
    } else {
      mqtt.unplug();
    }
  }

  @Override
  public void close() {
    mqtt.close();
  }

  private void status(JsonGenerator json) throws IOException {
    json.writeStringField("model", "M2000");
    json.writeStringField("version", "7.7.161.2401041522");
  }

  private String envelope(String action, Instant at, Json.Fields data) {
    return Json.object(
        json -> {
          json.writeStringField("id", Long.toString(messages.incrementAndGet()));
          head(json, action, at);
          json.writeObjectFieldStart("data");
          data.write(json);
          json.writeEndObject();
        });
  }

  private void head(JsonGenerator json, String action, Instant at) throws IOException {
    json.writeStringField("action", action);
    json.writeNumberField("timestamp", at.toEpochMilli());
    json.writeStringField("gateway", gateway);
  }

  /** One event of a sensor, in the array that Cassia wraps it in. */
  private String event(String action, Instant at, Json.Fields event) {
    return Json.object(
        json -> {
          json.writeStringField("id", Long.toString(messages.incrementAndGet()));
          head(json, action, at);
          json.writeArrayFieldStart("data");
          json.writeStartObject();
          event.write(json);
          json.writeEndObject();
          json.writeEndArray();
        });
  }

  private void onCommand(String topic, byte[] content) {
    try {
      var call = Json.flat(content);
      var id = call.getOrDefault("id", "");
      var reply =
          answer(call.getOrDefault("data.method", "GET"), call.getOrDefault("data.url", ""));
      var text =
          Json.object(
              json -> {
                json.writeStringField("id", id);
                head(json, "api_reply", clock.instant());
                json.writeObjectFieldStart("data");
                json.writeNumberField("code", reply.code());
                json.writeFieldName("body");
                reply.body().write(json);
                json.writeEndObject();
              });
      mqtt.send(Publication.text("up/" + gateway + "/api_reply", null, text));
    } catch (IOException e) {
      LOG.debug("{}: a command on {} is no JSON object", gateway, topic);
    }
  }

  private record Reply(int code, Json.Fields body) {
    static Reply text(int code, String text) {
      return new Reply(code, json -> json.writeString(text));
    }
  }

  private Reply answer(String method, String url) {
    var discover = DISCOVER.matcher(url);
    var read = READ.matcher(url);
    var connect = CONNECT.matcher(url);
    if (method.equals("GET") && discover.matches()) {
      var radio = radios.get(discover.group(1));
      return radio == null ? notFound() : new Reply(200, json -> services(json, radio.sensor));
    }
    if (method.equals("GET") && read.matches()) {
      return read(read.group(1), Integer.parseInt(read.group(2)));
    }
    if (connect.matches()) {
      var radio = radios.get(connect.group(1));
      return radio == null || !radio.inReach ? notFound() : Reply.text(200, "OK");
    }
    return notFound();
  }

  private Reply read(String address, int handle) {
    var radio = radios.get(address);
    var known = HANDLES.stream().filter(c -> handle(c) == handle).findFirst().orElse("");
    var octets = radio == null || !radio.inReach ? null : radio.sensor.readable().get(known);
    return octets == null
        ? notFound()
        : new Reply(
            200,
            json -> {
              json.writeStartObject();
              json.writeStringField("handle", Integer.toString(handle));
              json.writeStringField("value", HexFormat.of().formatHex(octets));
              json.writeEndObject();
            });
  }

  private static Reply notFound() {
    return Reply.text(404, "device not found");
  }

  private static void services(JsonGenerator json, GattSensor sensor) throws IOException {
    json.writeStartArray();
    for (var characteristic : HANDLES) {
      boolean measured = sensor.kind().characteristic().equals(characteristic);
      if (!measured && !sensor.readable().containsKey(characteristic)) {
        continue;
      }
      int handle = handle(characteristic);
      json.writeStartObject();
      json.writeStringField("uuid", "0000" + SERVICES.get(characteristic) + BASE_UUID);
      json.writeBooleanField("primary", true);
      json.writeNumberField("handle", handle - 1);
      json.writeArrayFieldStart("characteristics");
      json.writeStartObject();
      json.writeStringField("uuid", "0000" + characteristic.toLowerCase(Locale.ROOT) + BASE_UUID);
      json.writeNumberField("handle", handle);
      json.writeNumberField("properties", measured ? 0x10 : 0x02);
      json.writeArrayFieldStart("descriptors");
      if (measured) {
        json.writeStartObject();
        json.writeStringField("uuid", "00002902" + BASE_UUID);
        json.writeNumberField("handle", handle + 1);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Between the bridge and one sensor. */
  private final class Radio implements Outlet<List<GattValue>> {
    private final GattSensor sensor;
    private volatile boolean inReach;

    Radio(GattSensor sensor) {
      this.sensor = sensor;
    }

    @Override
    public void send(List<GattValue> said) {
      if (!inReach) {
        return;
      }
      for (var value : said) {
        mqtt.send(
            Publication.text(
                "up/" + gateway + "/notification",
                null,
                event(
                    "data.notification",
                    value.at(),
                    json -> {
                      json.writeStringField("id", sensor.sheet().address());
                      json.writeNumberField("handle", handle(value.characteristic()));
                      json.writeStringField("value", value.hex());
                    })));
      }
    }

    @Override
    public void plug() throws IOException {
      mqtt.plug();
      if (!inReach) {
        inReach = true;
        state("connected");
      }
    }

    @Override
    public void unplug() {
      if (inReach) {
        inReach = false;
        state("disconnected");
      }
    }

    @Override
    public void close() {
      unplug();
      radios.remove(sensor.sheet().address());
    }

    private void state(String state) {
      mqtt.send(
          Publication.text(
              "up/" + gateway + "/connection_state",
              null,
              event(
                  "data.connection_state",
                  clock.instant(),
                  json -> {
                    json.writeStringField("handle", sensor.sheet().address());
                    json.writeStringField("connectionState", state);
                  })));
    }
  }
}
