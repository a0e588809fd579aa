package io.medtwin.twin.outbox;

import io.medtwin.spi.Identity;
import io.medtwin.twin.backend.Patch;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Adds what a device told of itself to the configured attributes: {@code identity/serial}, {@code
 * identity/firmware}.
 */
final class Identities {

  private Identities() {}

  static Patch into(Patch attributes, Map<Identity.Attribute, String> told) {
    var members = new LinkedHashMap<>(attributes.members());
    var identity = new LinkedHashMap<String, Object>();
    if (members.get("identity") instanceof Patch configured) {
      identity.putAll(configured.members());
    }
    told.forEach((attribute, text) -> identity.put(key(attribute), text));
    members.put("identity", new Patch(identity));
    return new Patch(members);
  }

  private static String key(Identity.Attribute attribute) {
    return switch (attribute) {
      case MANUFACTURER -> "manufacturer";
      case MODEL -> "model";
      case SERIAL -> "serial";
      case FIRMWARE -> "firmware";
      case HARDWARE -> "hardware";
      case SOFTWARE -> "software";
      case PROTOCOL -> "protocol";
      case EUI64 -> "eui64";
      case UDI_DI -> "udiDi";
      case UDI_PI -> "udiPi";
    };
  }
}
