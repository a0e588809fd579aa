package io.medtwin.app.generate;

import io.medtwin.sync.DittoRoles;
import io.medtwin.sync.PolicyDocument;
import io.medtwin.twin.identity.ThingNames;
import java.util.List;

/**
 * The Ditto policy of one device class at one site, with a subject in every role. It is the
 * document that the gateway itself provisions; only the subjects are to be replaced.
 */
final class PolicyTemplate {

  /** One subject for each role; basic authentication behind nginx gives such names. */
  private static final DittoRoles ROLES =
      new DittoRoles(
          "nginx:medtwin-gateway",
          List.of("nginx:medtwin-provisioning"),
          List.of("nginx:clinical-viewer"),
          List.of("nginx:technician"),
          List.of("nginx:fhir-exporter"));

  private PolicyTemplate() {}

  static String of(String site, String deviceClass) {
    return Json.pretty(PolicyDocument.json(ThingNames.policyId(site, deviceClass), ROLES));
  }
}
