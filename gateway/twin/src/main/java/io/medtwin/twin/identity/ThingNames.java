package io.medtwin.twin.identity;

import com.fasterxml.uuid.Generators;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Thing ids {@code <site>.<class>:<UUID version 5>}. The UUID follows from the strongest identifier
 * that is configured, so two gateways that are told the same serial number arrive at the same
 * thing. Nothing that may change or must stay hidden goes in: no bed, no ward, no address.
 */
public final class ThingNames {

  /** Name space of our UUIDs: version 5 of the DNS name {@code medtwin.io}. */
  private static final UUID NAME_SPACE =
      Generators.nameBasedGenerator(com.fasterxml.uuid.impl.NameBasedGenerator.NAMESPACE_DNS)
          .generate("medtwin.io");

  private ThingNames() {}

  /**
   * The thing of a device.
   *
   * @param site dotted name of the site, {@code clinic.north}
   * @param deviceClass {@code infusion-pump}
   * @param manufacturer of the model
   * @param model of the device
   * @param serial configured serial number; without one the gateway and the device's configured id
   *     stand for it
   * @param gateway id of the gateway
   * @param device configured id of the device
   */
  public static String thingId(
      String site,
      String deviceClass,
      String manufacturer,
      String model,
      Optional<String> serial,
      String gateway,
      String device) {
    var identifier =
        serial
            .map(
                number ->
                    "serial/" + normal(manufacturer) + "/" + normal(model) + "/" + number.strip())
            .orElse("configured/" + gateway + "/" + device);
    return site
        + "."
        + deviceClass
        + ":"
        + Generators.nameBasedGenerator(NAME_SPACE).generate(identifier);
  }

  /** The policy that all things of a class and site share. */
  public static String policyId(String site, String deviceClass) {
    return site + ":" + deviceClass;
  }

  private static String normal(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }
}
