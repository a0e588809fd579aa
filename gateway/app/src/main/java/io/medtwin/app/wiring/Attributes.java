package io.medtwin.app.wiring;

import io.medtwin.app.config.GatewayConfig.Device;
import io.medtwin.spi.Identity.Attribute;
import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.outbox.Identities;
import io.medtwin.twin.profile.Profile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is written once of a device as it is configured: class, identity, place. */
public final class Attributes {

  private static final String SCHEMA = "1.0";

  private Attributes() {}

  static Patch of(Device device, Profile profile) {
    return of(device.id(), device.facts(), device.unit(), profile);
  }

  /** Of a device that no file configures. */
  public static Patch of(
      String label, Map<Attribute, String> facts, Optional<String> location, Profile profile) {
    var model = profile.model();
    var identity = new LinkedHashMap<String, Object>();
    identity.put("manufacturer", model.manufacturer());
    identity.put("model", model.name());
    facts.forEach((attribute, text) -> identity.put(Identities.key(attribute), text));
    var attributes = new LinkedHashMap<String, Object>();
    attributes.put("schema", SCHEMA);
    attributes.put("label", label);
    attributes.put("class", model.deviceClass());
    if (model.mdc() > 0) {
      attributes.put("mdc", (long) model.mdc());
    }
    attributes.put("identity", new Patch(identity));
    location.ifPresent(unit -> attributes.put("location", Patch.of("unit", unit)));
    return new Patch(attributes);
  }
}
