package io.medtwin.driver.jsonfields;

import io.medtwin.driver.internal.device.DeviceIds;
import io.medtwin.driver.internal.device.KnownIdentities;
import io.medtwin.driver.internal.json.Json;
import io.medtwin.driver.internal.json.JsonException;
import io.medtwin.driver.internal.json.JsonReader;
import io.medtwin.spi.Alert;
import io.medtwin.spi.DriverDescriptor;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.spi.MessageDriver;
import io.medtwin.spi.MessageLink;
import io.medtwin.spi.MessageLink.Refusal;
import io.medtwin.spi.Presence;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Reading.Flag;
import io.medtwin.spi.Session;
import io.medtwin.spi.Setting;
import io.medtwin.spi.SilenceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Devices whose maker sends JSON of its own, read by the list of fields in the setting {@code
 * fields}. A message is taken whole or refused whole; a field of it that does not read as declared
 * becomes an absent value and is counted.
 *
 * <p>Bare {@code online} and {@code offline} are presence without any field: what bridges publish
 * as MQTT birth and will.
 */
public final class JsonFieldsDriver implements MessageDriver {

  static final Setting<FieldMap> FIELDS =
      Setting.parsed(
          "fields",
          FieldMap.EMPTY,
          "one field a line, such as: spo2 <- $.data.spo2 unit=%",
          "What is where in a message, one field a line",
          JsonFieldsDriver::fieldMap);

  static final Setting<String> UNKNOWN =
      Setting.choice(
          "unknown",
          "show",
          List.of("show", "count"),
          "Whether values that no field asks for are shown without a code, or only counted");

  private static final DriverDescriptor DESCRIPTOR =
      new DriverDescriptor(
          "json-fields",
          "0.1.0",
          "Devices that send a maker's own JSON",
          Set.of(LinkKind.MQTT, LinkKind.COAP),
          List.of(FIELDS, UNKNOWN));

  /** How long one wait lasts; its end has no meaning. */
  private static final Duration WAIT = Duration.ofMinutes(15);

  private static final int LONGEST_STATE = 16;

  private final ActiveAlerts alerts = new ActiveAlerts();
  private final KnownIdentities identities = new KnownIdentities();

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
    var map = session.setting(FIELDS);
    boolean showUnknown = session.setting(UNKNOWN).equals("show");
    while (true) {
      Message message;
      try {
        message = link.receive(WAIT);
      } catch (SilenceException e) {
        continue;
      }
      take(message, map, showUnknown, link, session);
    }
  }

  private static FieldMap fieldMap(String text) {
    try {
      return FieldMap.parse(text);
    } catch (FieldSyntaxException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private void take(
      Message message, FieldMap map, boolean showUnknown, MessageLink link, Session session)
      throws IOException, InterruptedException {
    var presence = bareState(message);
    if (presence != null) {
      session(session, message.device()).emit(presence);
      return;
    }
    if (!isJson(message.contentType())) {
      link.refuse(Refusal.UNSUPPORTED_FORMAT, "expected application/json");
      return;
    }
    Json root;
    try {
      root = JsonReader.read(message.bytes());
    } catch (JsonException e) {
      var refusal =
          switch (e.kind()) {
            case MALFORMED -> Refusal.MALFORMED;
            case TOO_LARGE -> Refusal.TOO_LARGE;
          };
      link.refuse(refusal, String.valueOf(e.getMessage()));
      return;
    }
    var extraction = Extraction.of(map, root);
    var named = extraction.device();
    var known = message.device();
    if (known != null
        && named != null
        && !extraction.isDeviceBehindHub()
        && !DeviceIds.same(known, named)) {
      link.refuse(Refusal.WRONG_DEVICE, "expected the id of the device that the transport names");
      return;
    }
    if (named == null
        && extraction.isDeviceExpected()
        && (known == null || extraction.isDeviceBehindHub())) {
      link.refuse(Refusal.MALFORMED, "expected the id of a device where the fields say");
      return;
    }
    boolean contentDecides = known == null || extraction.isDeviceBehindHub();
    var device = contentDecides && named != null ? named : known;
    emit(extraction, message, showUnknown, device, session(session, device));
  }

  private void emit(
      Extraction extraction,
      Message message,
      boolean showUnknown,
      @Nullable String device,
      Session session)
      throws InterruptedException {
    boolean retained = "true".equals(message.attributes().get(Message.RETAINED));
    var key = device == null ? "" : device;
    // Alarms first: what is slow to take must not hold them up.
    for (var condition : extraction.conditions()) {
      if (retained) {
        session.discard("alert in a retained message", 0);
      } else {
        alert(condition, key, extraction, session);
      }
    }
    for (var event : extraction.events()) {
      if (retained) {
        session.discard("event in a retained message", 0);
      } else {
        session.emit(event);
      }
    }
    if (extraction.presence() != null) {
      session.emit(extraction.presence());
    }
    if (extraction.identity() != null) {
      var known = identities.learn(key, extraction.identity());
      if (known.isPresent()) {
        session.emit(known.get());
      }
    }
    for (var reading : extraction.readings()) {
      session.emit(retained ? reading.with(Flag.STORED) : reading);
    }
    extraction.complaints().forEach(complaint -> session.discard(complaint, 0));
    unknown(extraction, retained, showUnknown, session);
  }

  private void alert(
      Extraction.Condition condition, String device, Extraction extraction, Session session)
      throws InterruptedException {
    var field = condition.field();
    var phase = alerts.judge(device, field.code(), condition.on());
    if (phase.isPresent()) {
      session.emit(
          new Alert(
              field.code(),
              field.code(),
              phase.get(),
              field.priority(),
              field.kind(),
              field.text(),
              field.parameter(),
              extraction.time()));
    }
  }

  private static void unknown(
      Extraction extraction, boolean retained, boolean showUnknown, Session session)
      throws InterruptedException {
    var unknown = extraction.unknown();
    if (showUnknown) {
      for (Reading reading : unknown.readings()) {
        var timed = reading.at(extraction.time());
        session.emit(retained ? timed.with(Flag.STORED) : timed);
      }
    } else if (!unknown.readings().isEmpty()) {
      session.discard("value that no field asks for", unknown.readings().size());
    }
    if (unknown.beyond() > 0) {
      session.discard("value that no field asks for, not shown", unknown.beyond());
    }
    if (unknown.personal() > 0) {
      session.discard("value under a key that may name a person", unknown.personal());
    }
  }

  private static Session session(Session session, @Nullable String device) {
    return device == null ? session : session.device(device);
  }

  private static @Nullable Presence bareState(Message message) {
    if (message.payload().remaining() > LONGEST_STATE) {
      return null;
    }
    var text = StandardCharsets.UTF_8.decode(message.payload()).toString();
    return switch (text.strip().replace("\"", "").toLowerCase(Locale.ROOT)) {
      case "online" -> new Presence(true, "online");
      case "offline" -> new Presence(false, "offline");
      default -> null;
    };
  }

  private static boolean isJson(@Nullable String contentType) {
    return contentType == null
        || switch (contentType.strip().toLowerCase(Locale.ROOT)) {
          case "application/json", "text/json", "text/plain" -> true;
          default -> false;
        };
  }
}
