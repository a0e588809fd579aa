package io.medtwin.twin.identity;

import io.medtwin.spi.Identity.Attribute;
import io.medtwin.twin.identity.Identifier.Plate;
import io.medtwin.twin.identity.Identifier.Udi;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one source knows of one device.
 *
 * @param source who saw it: {@code gateway file, pump-7}, {@code the device at pump-7}
 * @param identifiers what it saw, strongest first; none where nothing it saw is an identifier
 */
public record Sighting(String source, NavigableSet<Identifier> identifiers) {

  public Sighting {
    var sorted = new TreeSet<>(Identifier.STRONGEST_FIRST);
    sorted.addAll(identifiers);
    identifiers = java.util.Collections.unmodifiableNavigableSet(sorted);
  }

  /**
   * The identifiers in what is known of a device.
   *
   * @param manufacturer of the model, where the facts do not say it; empty for none
   * @param model of the device, likewise
   * @param facts as told or configured
   */
  public static Sighting of(
      String source, String manufacturer, String model, Map<Attribute, String> facts) {
    var found = new TreeSet<>(Identifier.STRONGEST_FIRST);
    var serial = fact(facts, Attribute.SERIAL);
    var udi = fact(facts, Attribute.UDI_DI).flatMap(UdiText::read);
    var production = fact(facts, Attribute.UDI_PI).flatMap(UdiText::serialOf);
    if (udi.isPresent()) {
      udi.get()
          .serial()
          .or(() -> production)
          .or(() -> serial)
          .ifPresent(number -> found.add(new Udi(udi.get().di(), number)));
    }
    if (serial.isPresent() && !manufacturer.isBlank() && !model.isBlank()) {
      found.add(new Plate(manufacturer, model, serial.get()));
    }
    fact(facts, Attribute.EUI64).flatMap(HardwareAddress::read).ifPresent(found::add);
    return new Sighting(source, found);
  }

  /** The strongest identifier, or null where there is none: such a device cannot be resolved. */
  @Nullable Identifier strongest() {
    return identifiers.isEmpty() ? null : identifiers.first();
  }

  private static Optional<String> fact(Map<Attribute, String> facts, Attribute attribute) {
    return Optional.ofNullable(facts.get(attribute))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }
}
