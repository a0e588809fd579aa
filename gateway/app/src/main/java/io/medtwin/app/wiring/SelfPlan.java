package io.medtwin.app.wiring;

import io.medtwin.app.config.GatewayConfig;
import io.medtwin.twin.document.Document;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.identity.ThingNames;
import io.medtwin.twin.keeper.DevicePlan;
import io.medtwin.twin.outbox.Facts;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.profile.ProfileReader;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The gateway's own twin: its device and its profile, which is part of the program. */
public final class SelfPlan {

  private static final String FILE = "medtwin-gateway.yaml";

  private SelfPlan() {}

  static DevicePlan of(GatewayConfig config) {
    var profile = profile();
    var self = config.gateway();
    var model = profile.model();
    var thingId =
        ThingNames.thingId(
            self.site(),
            model.deviceClass(),
            model.manufacturer(),
            model.name(),
            Optional.empty(),
            self.id(),
            GatewayConfig.SELF);
    var facts =
        new Facts(
            GatewayConfig.SELF,
            thingId,
            ThingNames.policyId(self.site(), model.deviceClass()),
            self.id(),
            profile.driver(),
            Attributes.of(self.id(), Map.of(), Optional.empty(), profile));
    return new DevicePlan(facts, profile);
  }

  /** The profile of the gateway itself. */
  public static Profile profile() {
    var problems = new Problems();
    try {
      var stream = Objects.requireNonNull(SelfPlan.class.getResourceAsStream(FILE), FILE);
      var profile = Document.read(FILE, stream, problems).map(ProfileReader::read);
      problems.throwIfAny();
      return profile.orElseThrow();
    } catch (DocumentException e) {
      throw new IllegalStateException(e);
    }
  }
}
