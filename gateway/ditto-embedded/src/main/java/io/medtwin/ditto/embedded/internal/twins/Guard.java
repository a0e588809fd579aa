package io.medtwin.ditto.embedded.internal.twins;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.Permissions;
import org.eclipse.ditto.policies.model.PoliciesResourceType;
import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.policies.model.ResourceKey;
import org.eclipse.ditto.policies.model.enforcers.Enforcer;
import org.eclipse.ditto.policies.model.enforcers.PolicyEnforcers;
import org.eclipse.ditto.rql.parser.RqlPredicateParser;
import org.eclipse.ditto.rql.query.things.FieldNamesPredicateVisitor;

/** One policy's answer to "may this subject", by Ditto's own enforcer. */
public final class Guard {
  private static final String READ = "READ";
  private static final String WRITE = "WRITE";
  private static final Permissions READING = Permissions.newInstance(READ);

  /** Seen by whoever may see anything of a thing. */
  private static final JsonFieldSelector ALWAYS_SEEN =
      JsonFactory.newFieldSelector(
          "/thingId", "/_namespace", "/_revision", "/_modified", "/_created");

  private static final JsonFieldSelector POLICY_ALWAYS_SEEN =
      JsonFactory.newFieldSelector("/policyId");

  private final Enforcer enforcer;

  Guard(Policy policy) {
    enforcer = PolicyEnforcers.defaultEvaluator(policy);
  }

  boolean mayRead(JsonPointer path, AuthorizationContext who) {
    return enforcer.hasPartialPermissions(thing(path), who, READ);
  }

  /** Whether nothing of a thing is kept from the subject. */
  boolean mayReadAll(AuthorizationContext who) {
    return enforcer.hasUnrestrictedPermissions(thing(JsonPointer.empty()), who, READING);
  }

  boolean mayWrite(JsonPointer path, AuthorizationContext who) {
    return enforcer.hasUnrestrictedPermissions(thing(path), who, WRITE);
  }

  /** A merge needs the right to write on each leaf it touches, not on what lies between them. */
  boolean mayMerge(JsonPointer path, JsonValue patch, AuthorizationContext who) {
    return mayWrite(path, who)
        || leaves(path, patch).stream().allMatch(leaf -> mayWrite(leaf, who));
  }

  /** A condition needs the right to read all it mentions. */
  boolean mayAsk(String condition, AuthorizationContext who) {
    var names = FieldNamesPredicateVisitor.getNewInstance();
    names.visit(RqlPredicateParser.getInstance().parse(condition));
    var asked =
        names.getFieldNames().stream()
            .map(PoliciesResourceType::thingResource)
            .collect(Collectors.toSet());
    return enforcer.hasUnrestrictedPermissions(asked, who, READ);
  }

  /**
   * What of a value at a path of a thing the subject may see; anything but an object is seen whole,
   * and so is everything under a path that nothing is kept from it.
   */
  JsonValue view(JsonPointer path, JsonValue value, AuthorizationContext who) {
    boolean whole =
        !value.isObject()
            || value.isNull()
            || enforcer.hasUnrestrictedPermissions(thing(path), who, READING);
    return whole
        ? value
        : enforcer.buildJsonView(thing(path), value.asObject(), who, ALWAYS_SEEN, READING);
  }

  JsonObject policyView(JsonPointer path, JsonObject value, AuthorizationContext who) {
    return enforcer.buildJsonView(
        PoliciesResourceType.policyResource(path), value, who, POLICY_ALWAYS_SEEN, READING);
  }

  boolean mayReadPolicy(JsonPointer path, AuthorizationContext who) {
    return enforcer.hasPartialPermissions(PoliciesResourceType.policyResource(path), who, READ);
  }

  boolean mayWritePolicy(JsonPointer path, AuthorizationContext who) {
    return enforcer.hasUnrestrictedPermissions(
        PoliciesResourceType.policyResource(path), who, WRITE);
  }

  private static ResourceKey thing(JsonPointer path) {
    return PoliciesResourceType.thingResource(path);
  }

  private static List<JsonPointer> leaves(JsonPointer path, JsonValue value) {
    if (!value.isObject() || value.isNull()) {
      return List.of(path);
    }
    List<JsonPointer> leaves = new ArrayList<>();
    value
        .asObject()
        .forEach(field -> leaves.addAll(leaves(path.addLeaf(field.getKey()), field.getValue())));
    return leaves;
  }
}
