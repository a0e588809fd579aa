package io.medtwin.twin.identity;

import com.fasterxml.uuid.Generators;
import io.medtwin.spi.Identity.Attribute;
import java.util.Map;
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
   * @param configured what the gateway file says of the device's identity; without an identifier
   *     the gateway and the device's configured id stand for it
   * @param gateway id of the gateway
   * @param device configured id of the device
   */
  public static String thingId(
      String site, String deviceClass, Sighting configured, String gateway, String device) {
    var strongest = configured.strongest();
    var identifier = strongest == null ? "configured/" + gateway + "/" + device : strongest.text();
    return site
        + "."
        + deviceClass
        + ":"
        + Generators.nameBasedGenerator(NAME_SPACE).generate(identifier);
  }

  /** The thing of a device of which at most a serial number is configured. */
  public static String thingId(
      String site,
      String deviceClass,
      String manufacturer,
      String model,
      Optional<String> serial,
      String gateway,
      String device) {
    var facts = serial.map(number -> Map.of(Attribute.SERIAL, number)).orElse(Map.of());
    var configured = Sighting.of(device, manufacturer, model, facts);
    return thingId(site, deviceClass, configured, gateway, device);
  }

  /** The policy that all things of a class and site share. */
  public static String policyId(String site, String deviceClass) {
    return site + ":" + deviceClass;
  }
}
