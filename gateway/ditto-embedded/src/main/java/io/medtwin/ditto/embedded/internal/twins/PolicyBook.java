package io.medtwin.ditto.embedded.internal.twins;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.headers.entitytag.EntityTag;
import org.eclipse.ditto.base.model.signals.WithOptionalEntity;
import org.eclipse.ditto.base.model.signals.commands.Command;
import org.eclipse.ditto.json.JsonKey;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.Label;
import org.eclipse.ditto.policies.model.PoliciesModelFactory;
import org.eclipse.ditto.policies.model.PoliciesResourceType;
import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.PolicyTooLargeException;
import org.eclipse.ditto.policies.model.ResourceKey;
import org.eclipse.ditto.policies.model.SubjectId;
import org.eclipse.ditto.policies.model.SubjectType;
import org.eclipse.ditto.policies.model.signals.commands.PolicyCommand;
import org.eclipse.ditto.policies.model.signals.commands.exceptions.PolicyCommandToAccessExceptionRegistry;
import org.eclipse.ditto.policies.model.signals.commands.exceptions.PolicyCommandToModifyExceptionRegistry;
import org.eclipse.ditto.policies.model.signals.commands.exceptions.PolicyConflictException;
import org.eclipse.ditto.policies.model.signals.commands.exceptions.PolicyModificationInvalidException;
import org.eclipse.ditto.policies.model.signals.commands.exceptions.PolicyNotAccessibleException;
import org.eclipse.ditto.policies.model.signals.commands.modify.CreatePolicy;
import org.eclipse.ditto.policies.model.signals.commands.modify.DeleteResource;
import org.eclipse.ditto.policies.model.signals.commands.modify.ModifyPolicy;
import org.eclipse.ditto.policies.model.signals.commands.modify.ModifyResource;
import org.eclipse.ditto.policies.model.signals.commands.modify.PolicyModifyCommand;
import org.eclipse.ditto.policies.model.signals.commands.query.PolicyQueryCommand;
import org.eclipse.ditto.policies.model.signals.commands.query.RetrieveResource;
import org.jspecify.annotations.Nullable;

/** All policies and their commands; called by {@link Twins} alone, under its lock. */
final class PolicyBook {
  /** Largest policy, in characters of its JSON, as Ditto's default. */
  static final int POLICY_CHARS_MAX = 100 * 1024;

  private final InstantSource clock;
  private final Keeper keeper;
  private final Map<PolicyId, Policy> policies = new ConcurrentHashMap<>();
  private final Map<PolicyId, Guard> guards = new ConcurrentHashMap<>();

  PolicyBook(InstantSource clock, Keeper keeper) {
    this.clock = clock;
    this.keeper = keeper;
  }

  boolean has(PolicyId id) {
    return policies.containsKey(id);
  }

  Policy get(PolicyId id) {
    Policy policy = policies.get(id);
    if (policy == null) {
      throw PolicyNotAccessibleException.newBuilder(id).build();
    }
    return policy;
  }

  Guard guard(PolicyId id) {
    return guards.computeIfAbsent(id, it -> new Guard(get(it)));
  }

  JsonObject view(PolicyId id, AuthorizationContext who) {
    return guard(id).policyView(JsonPointer.empty(), get(id).toJson(), who);
  }

  /**
   * The policy a new thing brings: its own, a copy of another, or one that lets its creator do
   * anything.
   */
  Policy draft(PolicyId id, Optional<JsonObject> inline, Optional<String> copied, Caller caller) {
    Policy source =
        inline
            .map(json -> PoliciesModelFactory.newPolicy(json.setValue("/policyId", id.toString())))
            .or(() -> copied.map(PolicyId::of).map(this::get))
            .orElseGet(() -> ownedBy(id, caller.subject()));
    return checked(
        stamped(PoliciesModelFactory.newPolicyBuilder(id, source).build(), null),
        caller.authorization());
  }

  private static Policy ownedBy(PolicyId id, String subject) {
    return PoliciesModelFactory.newPolicyBuilder(id)
        .forLabel("DEFAULT")
        .setSubject(SubjectId.newInstance(subject), SubjectType.GENERATED)
        .setGrantedPermissions(PoliciesResourceType.policyResource("/"), "READ", "WRITE")
        .setGrantedPermissions(PoliciesResourceType.thingResource("/"), "READ", "WRITE")
        .setGrantedPermissions(PoliciesResourceType.messageResource("/"), "READ", "WRITE")
        .build();
  }

  void store(Policy policy) {
    restore(policy);
    keeper.keep(policy);
  }

  void restore(Policy policy) {
    PolicyId id = policy.getEntityId().orElseThrow();
    policies.put(id, policy);
    guards.remove(id);
  }

  Reply execute(PolicyCommand<?> command) {
    return switch (command) {
      case PolicyQueryCommand<?> query -> retrieve(query);
      case CreatePolicy create when policies.containsKey(create.getEntityId()) ->
          throw PolicyConflictException.newBuilder(create.getEntityId()).build();
      case CreatePolicy create -> create(create, create.getPolicy());
      case PolicyModifyCommand<?> modify -> modify(modify);
      default ->
          throw PolicyNotAccessibleException.newBuilder((PolicyId) command.getEntityId()).build();
    };
  }

  private Reply retrieve(PolicyQueryCommand<?> query) {
    PolicyId id = (PolicyId) query.getEntityId();
    Policy policy = get(id);
    JsonPointer path = path(query);
    AuthorizationContext who = query.getDittoHeaders().getAuthorizationContext();
    if (!guard(id).mayReadPolicy(query.getResourcePath(), who)) {
      throw PolicyCommandToAccessExceptionRegistry.getInstance().exceptionFrom(query);
    }
    EntityTag tag = tag(policy, path);
    Preconditions.checkPolicyTag(query, tag);
    JsonValue value =
        Document.at(policy.toJson(), path)
            .orElseThrow(
                () -> PolicyCommandToAccessExceptionRegistry.getInstance().exceptionFrom(query));
    return Reply.found(
        value.isObject() ? guard(id).policyView(path, value.asObject(), who) : value, tag);
  }

  private Reply create(PolicyModifyCommand<?> command, Policy policy) {
    Preconditions.checkPolicyTag(command, null);
    PolicyId id = (PolicyId) command.getEntityId();
    Policy next =
        checked(
            stamped(PoliciesModelFactory.newPolicyBuilder(id, policy).build(), null),
            command.getDittoHeaders().getAuthorizationContext());
    store(next);
    return Reply.created(next.toJson(), tag(next, JsonPointer.empty()));
  }

  private Reply modify(PolicyModifyCommand<?> command) {
    PolicyId id = (PolicyId) command.getEntityId();
    Policy before = policies.get(id);
    if (before == null) {
      if (command instanceof ModifyPolicy put) {
        return create(put, put.getPolicy());
      }
      throw PolicyNotAccessibleException.newBuilder(id).build();
    }
    AuthorizationContext who = command.getDittoHeaders().getAuthorizationContext();
    if (!guard(id).mayWritePolicy(command.getResourcePath(), who)) {
      throw PolicyCommandToModifyExceptionRegistry.getInstance().exceptionFrom(command);
    }
    JsonPointer path = path(command);
    Preconditions.checkPolicyTag(command, tag(before, path));
    return command.getCategory() == Command.Category.DELETE
        ? deleted(command, before, path, who)
        : modified(command, before, path, who);
  }

  private Reply deleted(
      PolicyCommand<?> command, Policy before, JsonPointer path, AuthorizationContext who) {
    PolicyId id = before.getEntityId().orElseThrow();
    if (path.isEmpty()) {
      policies.remove(id);
      guards.remove(id);
      keeper.forget(id);
      return Reply.done(null);
    }
    JsonObject json = before.toJson();
    if (Document.at(json, path).isEmpty()) {
      throw missing(command);
    }
    Policy next =
        checked(stamped(PoliciesModelFactory.newPolicy(Document.without(json, path)), before), who);
    store(next);
    return Reply.done(tag(next, JsonPointer.empty()));
  }

  private Reply modified(
      PolicyCommand<?> command, Policy before, JsonPointer path, AuthorizationContext who) {
    JsonValue value = ((WithOptionalEntity) command).getEntity().orElseThrow();
    JsonObject json = before.toJson();
    boolean known = Document.at(json, path).isPresent();
    JsonObject wanted = Document.with(json, path, value);
    Policy next =
        checked(
            stamped(
                PoliciesModelFactory.newPolicy(
                    wanted.setValue("/policyId", before.getEntityId().orElseThrow().toString())),
                before),
            who);
    store(next);
    EntityTag tag = tag(next, path);
    return known ? Reply.done(tag) : Reply.created(value, tag);
  }

  private Policy stamped(Policy policy, @Nullable Policy before) {
    return policy.toBuilder()
        .setRevision(before == null ? 1 : before.getRevision().orElseThrow().toLong() + 1)
        .setCreated(before == null ? clock.instant() : before.getCreated().orElseThrow())
        .setModified(clock.instant())
        .build();
  }

  /** Throws unless somebody, namely the caller, may still write the policy afterwards. */
  private static Policy checked(Policy policy, AuthorizationContext who) {
    int chars = policy.toJsonString().length();
    if (chars > POLICY_CHARS_MAX) {
      throw PolicyTooLargeException.newBuilder(chars, POLICY_CHARS_MAX).build();
    }
    if (!new Guard(policy).mayWritePolicy(JsonPointer.empty(), who)) {
      throw PolicyModificationInvalidException.newBuilder(policy.getEntityId().orElseThrow())
          .description(
              "It must contain at least one Subject with permission(s) <[WRITE]> on resource"
                  + " <policy:/>, and the caller must be one of them.")
          .build();
    }
    return policy;
  }

  private static DittoRuntimeException missing(PolicyCommand<?> command) {
    return PolicyCommandToAccessExceptionRegistry.getInstance().exceptionFrom(command);
  }

  private static @Nullable EntityTag tag(Policy policy, JsonPointer path) {
    return path.isEmpty()
        ? EntityTag.fromEntity(policy).orElse(null)
        : Document.at(policy.toJson(), path).flatMap(EntityTag::fromEntity).orElse(null);
  }

  /**
   * A resource key has slashes of its own: {@code /entries/x/resources/thing:/features} has four
   * levels, not five.
   */
  private static JsonPointer path(PolicyCommand<?> command) {
    return switch (command) {
      case RetrieveResource one -> resource(one.getLabel(), one.getResourceKey());
      case ModifyResource one -> resource(one.getLabel(), one.getResource().getResourceKey());
      case DeleteResource one -> resource(one.getLabel(), one.getResourceKey());
      default -> command.getResourcePath();
    };
  }

  private static JsonPointer resource(Label label, ResourceKey key) {
    return JsonPointer.of("/entries")
        .addLeaf(JsonKey.of(label))
        .addLeaf(JsonKey.of("resources"))
        .addLeaf(JsonKey.of(key.toString()));
  }
}
