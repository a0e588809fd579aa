package io.medtwin.driver.senml;

import io.medtwin.driver.senml.SenmlException.Problem;
import io.medtwin.spi.DriverDescriptor;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.spi.MessageDriver;
import io.medtwin.spi.MessageLink;
import io.medtwin.spi.MessageLink.Refusal;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Reading.Flag;
import io.medtwin.spi.Session;
import io.medtwin.spi.Setting;
import io.medtwin.spi.SilenceException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Devices that send SenML over CoAP or MQTT. A pack is taken whole or refused whole: one bad record
 * refuses it.
 *
 * <p>The format comes from the content type; without one, from the end of the address ({@code
 * /senml}, {@code /senmlc}), then from the setting. It is never guessed from the content.
 *
 * <p>If the transport names the device, every base name must name the same one ({@code
 * RecordPlace}); else the base name is the id of the device behind the link.
 */
public final class SenmlDriver implements MessageDriver {

  private static final String JSON_TYPE = "application/senml+json";
  private static final String CBOR_TYPE = "application/senml+cbor";

  static final Setting<String> NAMES =
      Setting.choice(
          "names",
          "standard",
          List.of("standard", "lwm2m"),
          "Names of RFC 8428, or paths of LwM2M, which begin with a slash and become the"
              + " parameter");

  static final Setting<String> BASE_NAME =
      Setting.choice(
          "baseName",
          "device",
          List.of("device", "prefix"),
          "Whether a base name names the device, or is only the beginning of the parameter's name");

  static final Setting<String> DEFAULT_FORMAT =
      Setting.choice(
          "defaultFormat",
          "json",
          List.of("json", "cbor", "none"),
          "How a message without content type is read if its address does not tell either");

  private static final DriverDescriptor DESCRIPTOR =
      new DriverDescriptor(
          "senml",
          "0.1.0",
          "Devices that send SenML",
          Set.of(LinkKind.COAP, LinkKind.MQTT),
          List.of(NAMES, BASE_NAME, DEFAULT_FORMAT));

  /** How long one wait lasts; its end has no meaning. */
  private static final Duration WAIT = Duration.ofMinutes(15);

  /** A record with the session it belongs to. */
  private record Placed(@Nullable String device, String parameter, SenmlRecord record) {}

  /** A pack that names another device than its transport does. */
  private static final class WrongDevice extends Exception {
    private static final long serialVersionUID = 1L;
  }

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
      take(message, link, session);
    }
  }

  private static void take(Message message, MessageLink link, Session session)
      throws IOException, InterruptedException {
    var format = format(message, session.setting(DEFAULT_FORMAT));
    if (format == null) {
      link.refuse(Refusal.UNSUPPORTED_FORMAT, "expected " + JSON_TYPE + " or " + CBOR_TYPE);
      return;
    }
    var names = session.setting(NAMES).equals("lwm2m") ? SenmlNames.LWM2M : SenmlNames.STANDARD;
    boolean prefixed = names == SenmlNames.LWM2M || session.setting(BASE_NAME).equals("prefix");
    try {
      var records = Senml.resolve(Senml.parse(message.bytes(), format), names);
      for (var placed : place(records, message.device(), prefixed)) {
        var device = placed.device();
        emit(placed, isRetained(message), device == null ? session : session.device(device));
      }
    } catch (SenmlException e) {
      link.refuse(
          e.problem() == Problem.TOO_LARGE ? Refusal.TOO_LARGE : Refusal.MALFORMED,
          e.problem() + ": " + e.getMessage());
    } catch (WrongDevice e) {
      link.refuse(
          Refusal.WRONG_DEVICE, "expected a base name of the device that the transport names");
    }
  }

  /** All records with their devices, before anything is emitted. */
  private static List<Placed> place(
      List<SenmlRecord> records, @Nullable String device, boolean prefixed) throws WrongDevice {
    var placed = new ArrayList<Placed>(records.size());
    String agreed = ""; // the last base name that was seen to mean the transport's device
    for (var record : records) {
      if (prefixed) {
        placed.add(new Placed(device, record.name(), record));
        continue;
      }
      var place = RecordPlace.of(record);
      var named = place.device();
      if (device != null && named != null && !named.equals(agreed)) {
        if (!RecordPlace.sameDevice(named, device)) {
          throw new WrongDevice();
        }
        agreed = named;
      }
      placed.add(new Placed(device == null ? named : device, place.parameter(), record));
    }
    return placed;
  }

  private static void emit(Placed placed, boolean retained, Session device)
      throws InterruptedException {
    var readings = SenmlReadings.of(placed.parameter(), placed.record());
    for (Reading reading : readings) {
      device.emit(retained ? reading.with(Flag.STORED) : reading);
    }
    if (readings.isEmpty() && placed.record().value() instanceof SenmlValue.Data data) {
      device.discard("data value longer than is read", data.octets().remaining());
    }
  }

  private static @Nullable SenmlFormat format(Message message, String defaultFormat) {
    var type = message.contentType();
    if (type != null) {
      return switch (type.strip().toLowerCase(Locale.ROOT)) {
        case JSON_TYPE -> SenmlFormat.JSON;
        case CBOR_TYPE -> SenmlFormat.CBOR;
        default -> null;
      };
    }
    if (message.address().endsWith("/senmlc")) {
      return SenmlFormat.CBOR;
    }
    if (message.address().endsWith("/senml")) {
      return SenmlFormat.JSON;
    }
    return switch (defaultFormat) {
      case "json" -> SenmlFormat.JSON;
      case "cbor" -> SenmlFormat.CBOR;
      default -> null;
    };
  }

  private static boolean isRetained(Message message) {
    return "true".equals(message.attributes().get(Message.RETAINED));
  }
}
