package io.medtwin.sync;

import java.util.List;
import org.eclipse.ditto.json.JsonArray;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonObjectBuilder;
import org.eclipse.ditto.json.JsonValue;

/**
 * The policy that all twins of one device class and site share: one entry for each role that has
 * subjects, each with no more than its task needs. Layout: Ditto documentation, "Policies".
 */
public final class PolicyDocument {

  private static final List<String> READ = List.of("READ");
  private static final List<String> WRITE = List.of("WRITE");
  private static final List<String> READ_WRITE = List.of("READ", "WRITE");
  private static final List<String> NONE = List.of();

  private PolicyDocument() {}

  /**
   * The policy as JSON, as this gateway provisions it and Ditto's {@code PUT /policies} takes it.
   */
  public static String json(String policyId, DittoRoles roles) {
    return of(policyId, roles).toString();
  }

  static JsonObject of(String policyId, DittoRoles roles) {
    JsonObjectBuilder entries = JsonFactory.newObjectBuilder();
    put(
        entries,
        "gateway",
        List.of(roles.gateway()),
        new Resource("thing:/features", READ_WRITE, NONE),
        new Resource("thing:/attributes", READ_WRITE, NONE),
        new Resource("thing:/definition", READ, NONE),
        new Resource("message:/outbox", WRITE, NONE));
    put(
        entries,
        "provisioning",
        roles.provisioning(),
        new Resource("thing:/", WRITE, NONE),
        new Resource("policy:/", READ_WRITE, NONE));
    put(
        entries,
        "viewer",
        roles.viewers(),
        new Resource("thing:/features", READ, NONE),
        new Resource("thing:/features/association", NONE, READ),
        new Resource("thing:/attributes/terms", READ, NONE), // units: a value means nothing without
        new Resource("thing:/definition", READ, NONE),
        new Resource("message:/outbox", READ, NONE));
    put(
        entries,
        "technician",
        roles.technicians(),
        new Resource("thing:/attributes", READ, NONE),
        new Resource("thing:/definition", READ, NONE),
        new Resource("thing:/features/link", READ, NONE),
        new Resource("thing:/features/clock", READ, NONE),
        new Resource("thing:/features/power", READ, NONE),
        new Resource("thing:/features/operation", READ, NONE));
    put(
        entries,
        "exporter",
        roles.exporters(),
        new Resource("thing:/", READ, NONE),
        new Resource("message:/outbox", READ, NONE));
    return JsonFactory.newObjectBuilder()
        .set("policyId", policyId)
        .set("entries", entries.build())
        .build();
  }

  private record Resource(String path, List<String> grant, List<String> revoke) {}

  private static void put(
      JsonObjectBuilder entries, String role, List<String> subjects, Resource... resources) {
    if (subjects.isEmpty()) {
      return;
    }
    JsonObjectBuilder who = JsonFactory.newObjectBuilder();
    for (String subject : subjects) {
      who.set(PatchJson.verbatim(subject, object("type", JsonFactory.newValue("medtwin " + role))));
    }
    JsonObjectBuilder what = JsonFactory.newObjectBuilder();
    for (Resource resource : resources) {
      what.set(
          PatchJson.verbatim(
              resource.path,
              JsonFactory.newObjectBuilder()
                  .set("grant", array(resource.grant))
                  .set("revoke", array(resource.revoke))
                  .build()));
    }
    entries.set(
        role,
        JsonFactory.newObjectBuilder()
            .set("subjects", who.build())
            .set("resources", what.build())
            .build());
  }

  private static JsonObject object(String name, JsonValue value) {
    return JsonFactory.newObjectBuilder().set(name, value).build();
  }

  private static JsonArray array(List<String> values) {
    var array = JsonFactory.newArrayBuilder();
    values.forEach(array::add);
    return array.build();
  }
}
