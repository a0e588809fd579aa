package io.medtwin.simulator.sheet;

import io.medtwin.driver.jsonfields.FieldMap;
import io.medtwin.driver.jsonfields.FieldSyntaxException;
import io.medtwin.driver.jsonfields.JsonBodies;
import io.medtwin.driver.senml.Senml;
import io.medtwin.driver.senml.SenmlEntry;
import io.medtwin.driver.senml.SenmlFormat;
import io.medtwin.simulator.device.Broadcast;
import io.medtwin.spi.Absent;
import io.medtwin.spi.Coded;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Identity.Attribute;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Samples;
import io.medtwin.spi.Text;
import io.medtwin.spi.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Messages of a simulated device whose form follows from its sheet: {@code json-fields} writes what
 * the list of fields reads, {@code senml} packs with the parameters as record names. Pure.
 */
public final class LivingMessages {
  private static final String JSON_FIELDS = "json-fields";
  private static final String SENML = "senml";

  private LivingMessages() {}

  /**
   * Who a simulated device is.
   *
   * @param id its device id, as in topic or path
   * @param epoch what its clock shows when the scenario begins
   * @param seed same seed, same values
   */
  public record Self(String id, Instant epoch, long seed) {}

  /** Whether a driver's messages follow from a sheet. */
  public static boolean areKnownOf(Sheet sheet) {
    return sheet.driver().equals(JSON_FIELDS) || sheet.driver().equals(SENML);
  }

  /**
   * What a device says, tick by tick; mostly nothing.
   *
   * @param format of SenML
   * @throws IllegalArgumentException the driver's messages do not follow from a sheet, or its
   *     settings are wrong
   */
  public static Broadcast<List<byte[]>> of(
      Sheet sheet, Self self, SenmlFormat format, UnitConversion conversion) {
    return switch (sheet.driver()) {
      case JSON_FIELDS -> json(sheet, self, conversion);
      case SENML -> senml(sheet, self, format, conversion);
      default ->
          throw new IllegalArgumentException(
              sheet.profile()
                  + ": messages of the driver "
                  + sheet.driver()
                  + " do not follow from a sheet");
    };
  }

  private static Broadcast<List<byte[]>> json(Sheet sheet, Self self, UnitConversion conversion) {
    var bodies = new JsonBodies(fields(sheet));
    var identity =
        Identity.of(Attribute.MANUFACTURER, sheet.maker().manufacturer())
            .with(Attribute.MODEL, sheet.maker().model())
            .with(Attribute.SERIAL, sheet.maker().serial());
    return new Living(
        sheet,
        bodies.alerts(),
        bodies::unitsOf,
        bodies::wordsOf,
        conversion,
        self.seed(),
        moment ->
            bodies
                .write(
                    new JsonBodies.Said(
                        self.id(),
                        self.epoch().plusMillis(moment.millis()),
                        moment.values(),
                        moment.alerts(),
                        identity))
                .stream()
                .map(body -> body.getBytes(StandardCharsets.UTF_8))
                .toList());
  }

  private static FieldMap fields(Sheet sheet) {
    try {
      return FieldMap.parse(sheet.settings().getOrDefault("fields", ""));
    } catch (FieldSyntaxException e) {
      throw new IllegalArgumentException(
          sheet.profile() + ": settings/fields: " + e.getMessage(), e);
    }
  }

  private static Broadcast<List<byte[]>> senml(
      Sheet sheet, Self self, SenmlFormat format, UnitConversion conversion) {
    boolean named =
        !sheet.settings().getOrDefault("names", "").equals("lwm2m")
            && !sheet.settings().getOrDefault("baseName", "").equals("prefix");
    return new Living(
        sheet,
        Set.of(),
        parameter -> List.of(),
        parameter -> List.of(),
        conversion,
        self.seed(),
        moment -> {
          var entries = new ArrayList<SenmlEntry>();
          new TreeMap<>(moment.values()).forEach((name, value) -> entries.add(entry(name, value)));
          var at = BigDecimal.valueOf(self.epoch().toEpochMilli() + moment.millis(), 3);
          var first = entries.getFirst().withBaseTime(at);
          entries.set(0, named ? first.withBaseName("urn:example:" + self.id() + ":") : first);
          return List.of(Senml.write(entries, format));
        });
  }

  private static SenmlEntry entry(String name, Value value) {
    return switch (value) {
      case Numeric numeric -> SenmlEntry.number(name, numeric.unit(), numeric.amount());
      case Coded(String code) when Set.of("true", "false").contains(code) ->
          SenmlEntry.bool(name, Boolean.parseBoolean(code));
      case Coded(String code) -> SenmlEntry.text(name, code);
      case Text(String text) -> SenmlEntry.text(name, text);
      case Samples _, Absent _ -> throw new IllegalArgumentException(name + ": is no living value");
    };
  }
}
