package io.medtwin.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.eclipse.ditto.policies.model.PoliciesModelFactory;
import org.eclipse.ditto.policies.model.PoliciesResourceType;
import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.policies.model.PolicyEntry;
import org.eclipse.ditto.policies.model.ResourceKey;
import org.eclipse.ditto.policies.model.Subject;
import org.junit.jupiter.api.Test;

class PolicyDocumentTest {

  @Test
  void aRoleWithoutSubjectsHasNoEntry() {
    assertThat(policy(DittoRoles.of("nginx:gw-07")).getLabels())
        .extracting(Object::toString)
        .containsExactly("gateway", "provisioning");
  }

  @Test
  void theGatewayMayNotTouchThePolicyUnlessItProvisions() {
    Policy policy =
        policy(
            new DittoRoles(
                "nginx:gw-07",
                List.of("nginx:admin"),
                List.of("oauth:viewer"),
                List.of("oauth:technician"),
                List.of("oauth:exporter")));

    assertThat(policy)
        .filteredOn(entry -> subjects(entry).contains("nginx:gw-07"))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(resources(entry))
                  .containsExactly(
                      "thing:/features",
                      "thing:/attributes",
                      "thing:/definition",
                      "message:/outbox");
              assertThat(granted(entry, "/definition")).containsExactly("READ");
            });
  }

  @Test
  void aViewerReadsFeaturesButNotWhoIsAttached() {
    Policy policy =
        policy(
            new DittoRoles(
                "nginx:gw-07", List.of(), List.of("oauth:viewer"), List.of(), List.of()));
    PolicyEntry viewer = policy.getEntryFor("viewer").orElseThrow();

    assertThat(revoked(viewer, "/features/association")).containsExactly("READ");
    assertThat(granted(viewer, "/features")).containsExactly("READ");
    assertThat(granted(viewer, "/features/association")).isEmpty();
  }

  private static Policy policy(DittoRoles roles) {
    return PoliciesModelFactory.newPolicy(
        PolicyDocument.of("clinic.north:pumps", roles).toString());
  }

  private static List<String> subjects(PolicyEntry entry) {
    return entry.getSubjects().stream().map(Subject::getId).map(Object::toString).toList();
  }

  private static List<String> resources(PolicyEntry entry) {
    return entry.getResources().stream().map(r -> r.getResourceKey().toString()).toList();
  }

  private static Iterable<String> granted(PolicyEntry entry, String path) {
    return entry
        .getResources()
        .getResource(thing(path))
        .orElseThrow()
        .getEffectedPermissions()
        .getGrantedPermissions();
  }

  private static Iterable<String> revoked(PolicyEntry entry, String path) {
    return entry
        .getResources()
        .getResource(thing(path))
        .orElseThrow()
        .getEffectedPermissions()
        .getRevokedPermissions();
  }

  private static ResourceKey thing(String path) {
    return PoliciesResourceType.thingResource(path);
  }
}
