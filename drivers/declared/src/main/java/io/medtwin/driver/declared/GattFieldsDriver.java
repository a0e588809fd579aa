package io.medtwin.driver.declared;

import io.medtwin.spi.DriverDescriptor;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.spi.MessageDriver;
import io.medtwin.spi.MessageLink;
import io.medtwin.spi.Presence;
import io.medtwin.spi.Session;
import io.medtwin.spi.Setting;
import io.medtwin.spi.SilenceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Bluetooth sensors whose characteristics have a layout of their own, behind a BLE bridge, read by
 * the declaration in the setting {@code fields}. One message is one GATT event of one device; a
 * device behind the bridge gets its own session. Silence is no fault: whether the bridge is alive
 * is the transport's to know.
 */
public final class GattFieldsDriver implements MessageDriver {

  static final Setting<Declaration> FIELDS =
      Declaration.setting(Grammar.CHARACTERISTICS, "body-weight <- u16le 1 unit=kg scale=0.005");

  private static final DriverDescriptor DESCRIPTOR =
      new DriverDescriptor(
          "gatt-fields",
          "0.1.0",
          "Bluetooth sensors behind a BLE bridge, declared by their profile",
          Set.of(LinkKind.BLE),
          List.of(FIELDS));

  /** How long one wait lasts; its end has no meaning. */
  private static final Duration WAIT = Duration.ofMinutes(15);

  /** Longest value of an attribute: Bluetooth Core, volume 3, part F, section 3.2.9. */
  private static final int MAX_VALUE = 512;

  private static final int LONGEST_STATE = 16;

  private final Emission emission = new Emission();

  @Override
  public DriverDescriptor descriptor() {
    return DESCRIPTOR;
  }

  /**
   * Takes messages until the link ends.
   *
   * @throws IllegalArgumentException the setting {@code fields} does not parse; names all its lines
   */
  @Override
  public void run(MessageLink link, Session session) throws IOException, InterruptedException {
    var declaration = session.setting(FIELDS);
    while (true) {
      Message message;
      try {
        message = link.receive(WAIT);
      } catch (SilenceException e) {
        continue;
      }
      var device = message.device();
      take(message, declaration, device == null ? session : session.device(device));
    }
  }

  private void take(Message message, Declaration declaration, Session device)
      throws InterruptedException {
    int size = message.payload().remaining();
    switch (message.attributes().getOrDefault(Message.GATT_KIND, "")) {
      case "notification", "readResponse" -> value(message, declaration, device);
      case "connection" -> connection(message, device);
      case "advertisement" -> device.discard("advertisement, not read", size);
      case "decoded" -> device.discard("decoded body, not read", size);
      case "gattError" -> device.discard("GATT error", size);
      default -> device.discard("GATT event of a kind that is not read", size);
    }
  }

  private void value(Message message, Declaration declaration, Session device)
      throws InterruptedException {
    var octets = message.payload();
    int size = octets.remaining();
    var characteristic =
        message.attributes().getOrDefault(Message.GATT_CHARACTERISTIC, "").toUpperCase(Locale.ROOT);
    if (declaration.sections().stream().noneMatch(one -> one.name().equals(characteristic))) {
      device.discard("characteristic that is not read", size);
      return;
    }
    if (size > MAX_VALUE) {
      device.discard(characteristic + " longer than a value can be", size);
      return;
    }
    var content = new OctetContent(ByteBuffer.wrap(message.bytes()));
    var section = declaration.of(characteristic, content).orElse(null);
    if (section == null) {
      device.discard(characteristic + " of no declared layout", size);
      return;
    }
    if (section.ignored()) {
      return;
    }
    boolean retained = "true".equals(message.attributes().get(Message.RETAINED));
    emission.tell(section, Extraction.of(section, content), device, message.address(), retained);
  }

  private static void connection(Message message, Session device) throws InterruptedException {
    var payload = message.payload();
    int size = payload.remaining();
    var bridge = message.attributes().get(Message.BRIDGE);
    var where = bridge == null ? "" : " by " + bridge;
    var state =
        size > LONGEST_STATE ? "" : StandardCharsets.UTF_8.decode(payload).toString().strip();
    switch (state) {
      case "connected" -> device.emit(new Presence(true, "connected" + where));
      case "disconnected" -> device.emit(new Presence(false, "disconnected" + where));
      default -> device.discard("connection event without a state", size);
    }
  }
}
