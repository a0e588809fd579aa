package io.medtwin.twin.outbox;

import io.medtwin.spi.Identity;
import io.medtwin.twin.backend.Patch;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The identity of a device in its twin: {@code identity/serial}, {@code identity/firmware}. What
 * the device told of itself stands over what is configured; {@code identity/conflict} says where
 * they do not agree.
 */
public final class Identities {

  private static final String IDENTITY = "identity";
  private static final String CONFLICT = "conflict";

  private Identities() {}

  /** What is configured of a device's identity, read back from its attributes. */
  public static Map<Identity.Attribute, String> configured(Patch attributes) {
    var facts = new EnumMap<Identity.Attribute, String>(Identity.Attribute.class);
    if (attributes.members().get(IDENTITY) instanceof Patch identity) {
      for (Identity.Attribute attribute : Identity.Attribute.values()) {
        if (identity.members().get(key(attribute)) instanceof String text) {
          facts.put(attribute, text);
        }
      }
    }
    return facts;
  }

  /** Attributes with what the device told, and what is doubtful about it. */
  static Patch into(Patch attributes, Map<Identity.Attribute, String> told, String doubt) {
    var members = new LinkedHashMap<>(attributes.members());
    var identity = new LinkedHashMap<String, Object>();
    if (members.get(IDENTITY) instanceof Patch configured) {
      identity.putAll(configured.members());
    }
    told.forEach((attribute, text) -> identity.put(key(attribute), text));
    identity.put(CONFLICT, doubt.isEmpty() ? Patch.REMOVE : doubt);
    members.put(IDENTITY, new Patch(identity));
    return new Patch(members);
  }

  /** Name of a fact in the twin. */
  public static String key(Identity.Attribute attribute) {
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
