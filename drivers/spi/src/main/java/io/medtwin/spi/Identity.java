package io.medtwin.spi;

import java.util.EnumMap;
import java.util.Map;

/**
 * Who the device says it is. Emit it at the start of a session and whenever it changes; only what
 * the device told.
 *
 * @param attributes known facts, never blank, never empty
 */
public record Identity(Map<Attribute, String> attributes) implements Report {

  /** One fact about a device. */
  public enum Attribute {
    MANUFACTURER,
    MODEL,
    SERIAL,
    FIRMWARE,
    HARDWARE,
    SOFTWARE,
    PROTOCOL,
    /** 16 upper-case hex digits. */
    EUI64,
    UDI_DI,
    UDI_PI
  }

  public Identity {
    attributes.forEach(
        (attribute, text) -> {
          if (text.isBlank()) {
            throw new IllegalArgumentException(attribute + " is blank; leave it out");
          }
        });
    attributes = Map.copyOf(attributes);
    if (attributes.isEmpty()) {
      throw new IllegalArgumentException("an identity says at least one thing");
    }
  }

  /** An identity that knows one fact. */
  public static Identity of(Attribute attribute, String text) {
    return new Identity(Map.of(attribute, text));
  }

  /** The same with one more fact. */
  public Identity with(Attribute attribute, String text) {
    var more = new EnumMap<Attribute, String>(attributes);
    more.put(attribute, text);
    return new Identity(more);
  }
}
