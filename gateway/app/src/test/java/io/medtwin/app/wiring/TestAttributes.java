package io.medtwin.app.wiring;

import io.medtwin.spi.Identity.Attribute;
import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.profile.Profile;
import java.util.Map;
import java.util.Optional;

/** What the wiring writes once of a device that says and is told everything. */
public final class TestAttributes {

  private TestAttributes() {}

  /** Attributes with all that is optional. */
  public static Patch of(Profile profile) {
    return Attributes.of("d-1", Map.of(Attribute.SERIAL, "SN 1"), Optional.of("ICU-1"), profile);
  }
}
