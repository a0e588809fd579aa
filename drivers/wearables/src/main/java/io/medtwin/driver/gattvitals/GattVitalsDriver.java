package io.medtwin.driver.gattvitals;

import io.medtwin.driver.internal.device.KnownIdentities;
import io.medtwin.driver.internal.json.Json;
import io.medtwin.driver.internal.json.JsonException;
import io.medtwin.driver.internal.json.JsonReader;
import io.medtwin.spi.DriverDescriptor;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Identity.Attribute;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.spi.MessageDriver;
import io.medtwin.spi.MessageLink;
import io.medtwin.spi.Presence;
import io.medtwin.spi.Reading.Flag;
import io.medtwin.spi.Session;
import io.medtwin.spi.SilenceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Sensors with the Bluetooth health profiles, heard through a BLE bridge: heart rate, pulse
 * oximetry, temperature, blood pressure, weight, battery, device information. One message is one
 * GATT event of one device; a device behind the bridge gets its own session.
 *
 * <p>A value that breaks its layout is discarded with its device, under the characteristic and the
 * problem. Silence is no fault here: a scale speaks once a day, and whether the bridge is alive is
 * the transport's to know.
 */
public final class GattVitalsDriver implements MessageDriver {

  private static final DriverDescriptor DESCRIPTOR =
      new DriverDescriptor(
          "gatt-vitals",
          "0.1.0",
          "Bluetooth health sensors behind a BLE bridge",
          Set.of(LinkKind.BLE),
          List.of());

  /** How long one wait lasts; its end has no meaning. */
  private static final Duration WAIT = Duration.ofMinutes(15);

  private static final Map<String, Attribute> TEXTS =
      Map.of(
          "2A29", Attribute.MANUFACTURER,
          "2A24", Attribute.MODEL,
          "2A25", Attribute.SERIAL,
          "2A26", Attribute.FIRMWARE,
          "2A27", Attribute.HARDWARE,
          "2A28", Attribute.SOFTWARE);

  private static final String SYSTEM_ID = "2A23";

  private final KnownIdentities identities = new KnownIdentities();

  @Override
  public DriverDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public void run(MessageLink link, Session session) throws IOException, InterruptedException {
    while (true) {
      Message message;
      try {
        message = link.receive(WAIT);
      } catch (SilenceException e) {
        continue;
      }
      var device = message.device();
      take(message, device == null ? session : session.device(device));
    }
  }

  private void take(Message message, Session device) throws InterruptedException {
    int size = message.payload().remaining();
    switch (message.attributes().getOrDefault(Message.GATT_KIND, "")) {
      case "notification", "readResponse" -> value(message, device);
      case "connection" -> connection(message, device);
      case "decoded" -> decoded(message, device);
      case "advertisement" -> device.discard("advertisement, not read", size);
      case "gattError" -> device.discard("GATT error", size);
      default -> device.discard("GATT event of a kind that is not read", size);
    }
  }

  private void value(Message message, Session device) throws InterruptedException {
    var octets = message.payload();
    int size = octets.remaining();
    var characteristic =
        message.attributes().getOrDefault(Message.GATT_CHARACTERISTIC, "").toUpperCase(Locale.ROOT);
    try {
      var mapping = Vitals.of(characteristic);
      if (mapping != null) {
        var readings = mapping.readings(octets);
        if (octets.hasRemaining()) {
          device.discard(characteristic + " octets after the value", octets.remaining());
        }
        for (var reading : readings) {
          device.emit(isRetained(message) ? reading.with(Flag.STORED) : reading);
        }
      } else if (characteristic.equals(SYSTEM_ID)) {
        var id = SystemId.decode(octets).eui64();
        learn(message, Identity.of(Attribute.EUI64, id), device);
      } else if (TEXTS.containsKey(characteristic)) {
        text(characteristic, message, device);
      } else {
        device.discard("characteristic that is not read", size);
      }
    } catch (GattException e) {
      device.discard(characteristic + " " + Words.of(e.problem()), size);
    }
  }

  private void text(String characteristic, Message message, Session device)
      throws GattException, InterruptedException {
    var attribute = TEXTS.get(characteristic);
    var text = DeviceText.decode(message.payload()).text().strip();
    if (attribute != null && !text.isEmpty()) {
      learn(message, Identity.of(attribute, text), device);
    }
  }

  private void decoded(Message message, Session device) throws InterruptedException {
    int size = message.payload().remaining();
    try {
      if (!(JsonReader.read(message.bytes()) instanceof Json.Obj object)) {
        device.discard("decoded body that is no object", size);
        return;
      }
      var body = DecodedBody.of(object);
      if (body.identity() != null) {
        learn(message, body.identity(), device);
      }
      for (var reading : body.readings()) {
        device.emit(isRetained(message) ? reading.with(Flag.STORED) : reading);
      }
      if (body.unread() > 0) {
        device.discard("decoded value that is not read", body.unread());
      }
    } catch (JsonException e) {
      device.discard("decoded body " + e.kind().name().toLowerCase(Locale.ROOT), size);
    }
  }

  private static void connection(Message message, Session device) throws InterruptedException {
    var bridge = message.attributes().get(Message.BRIDGE);
    var where = bridge == null ? "" : " by " + bridge;
    switch (StandardCharsets.UTF_8.decode(message.payload()).toString().strip()) {
      case "connected" -> device.emit(new Presence(true, "connected" + where));
      case "disconnected" -> device.emit(new Presence(false, "disconnected" + where));
      default -> device.discard("connection event without a state", message.bytes().length);
    }
  }

  private void learn(Message message, Identity told, Session device) throws InterruptedException {
    var known = identities.learn(message.address(), told);
    if (known.isPresent()) {
      device.emit(known.get());
    }
  }

  private static boolean isRetained(Message message) {
    return "true".equals(message.attributes().get(Message.RETAINED));
  }
}
