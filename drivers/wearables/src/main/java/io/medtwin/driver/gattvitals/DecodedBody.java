package io.medtwin.driver.gattvitals;

import io.medtwin.driver.internal.json.Decimals;
import io.medtwin.driver.internal.json.Json;
import io.medtwin.driver.internal.json.PersonalKeys;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Identity.Attribute;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Reading.Flag;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What OpenMQTTGateway and Theengs Gateway decoded from an advertisement before we saw it: one flat
 * object of known keys. Their old firmware writes numbers as strings.
 *
 * @param readings known values, and numbers under keys nobody declared
 * @param identity maker and model, or null
 * @param unread how many values were neither known nor a number
 */
record DecodedBody(List<Reading> readings, @Nullable Identity identity, int unread) {

  /** Most readings from keys that are not declared; more are counted. */
  static final int MAX_UNDECLARED = 32;

  /** A key of theirs as a reading of ours. */
  private record Declared(String parameter, String unit) {}

  private static final Map<String, Declared> DECLARED =
      Map.of(
          "hum", new Declared("humidity", "%"),
          "batt", new Declared("battery-level", "%"),
          "bpm", new Declared("heart-rate", "/min"),
          "act_bpm", new Declared("heart-rate", "/min"),
          "steps", new Declared("steps", "{steps}"),
          "impedance", new Declared("body-impedance", "Ohm"));

  private static final Map<String, String> WEIGHT_UNITS =
      Map.of("kg", "kg", "lb", "[lb_av]", "lbs", "[lb_av]", "g", "g");

  /** Facts about the advertisement, or the same value in another unit. */
  private static final Set<String> ENVELOPE =
      Set.of(
          "id",
          "mac",
          "mac_type",
          "adv_type",
          "name",
          "rssi",
          "distance",
          "txpower",
          "brand",
          "model",
          "model_id",
          "type",
          "mfr",
          "track",
          "device",
          "servicedata",
          "servicedatauuid",
          "manufacturerdata",
          "tempc",
          "tempf",
          "weight",
          "unit",
          "cidc",
          "acts",
          "cont",
          "encr");

  static DecodedBody of(Json.Obj body) {
    var members = body.members();
    var readings = new ArrayList<Reading>();
    number(members.get("tempc"))
        .ifPresent(
            amount -> {
              var where = "BODY".equals(text(members.get("type"))) ? "body" : "ambient";
              readings.add(Reading.of(where + "-temperature", new Numeric(amount, "Cel")));
            });
    number(members.get("weight"))
        .ifPresent(amount -> readings.add(weight(amount, text(members.get("unit")))));
    int unread = 0;
    int undeclared = 0;
    for (var member : members.entrySet()) {
      var key = member.getKey();
      if (ENVELOPE.contains(key)) {
        continue;
      }
      var declared = DECLARED.get(key);
      var amount = number(member.getValue());
      if (amount.isEmpty() || (declared == null && PersonalKeys.maybePersonal(key))) {
        unread++;
      } else if (declared != null) {
        readings.add(Reading.of(declared.parameter(), new Numeric(amount.get(), declared.unit())));
      } else if (undeclared < MAX_UNDECLARED && !key.isBlank()) {
        undeclared++;
        readings.add(Reading.of(key, new Numeric(amount.get(), "1")));
      } else {
        unread++;
      }
    }
    return new DecodedBody(List.copyOf(readings), identity(members), unread);
  }

  private static Reading weight(BigDecimal amount, @Nullable String unit) {
    if (unit == null || unit.isBlank()) {
      return Reading.of("body-weight", new Numeric(amount, "1")).with(Flag.QUESTIONABLE);
    }
    return Reading.of("body-weight", new Numeric(amount, WEIGHT_UNITS.getOrDefault(unit, unit)));
  }

  private static @Nullable Identity identity(Map<String, Json> members) {
    var maker = text(members.get("brand"));
    var model = text(members.get("model"));
    Identity identity = null;
    if (maker != null && !maker.isBlank()) {
      identity = Identity.of(Attribute.MANUFACTURER, maker);
    }
    if (model != null && !model.isBlank()) {
      identity =
          identity == null
              ? Identity.of(Attribute.MODEL, model)
              : identity.with(Attribute.MODEL, model);
    }
    return identity;
  }

  private static @Nullable String text(@Nullable Json value) {
    return value instanceof Json.Str(String text) ? text.strip() : null;
  }

  private static Optional<BigDecimal> number(@Nullable Json value) {
    return switch (value) {
      case Json.Num(BigDecimal number) -> Optional.of(number);
      case Json.Str(String text) -> Decimals.parse(text.strip());
      case null -> Optional.empty();
      case Json.Obj _, Json.Arr _, Json.Bool _, Json.Null _ -> Optional.empty();
    };
  }
}
