package io.medtwin.ditto.embedded.internal.twins;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.headers.entitytag.EntityTag;
import org.eclipse.ditto.base.model.json.FieldType;
import org.eclipse.ditto.base.model.signals.Signal;
import org.eclipse.ditto.base.model.signals.commands.Command;
import org.eclipse.ditto.base.model.signals.commands.WithSelectedFields;
import org.eclipse.ditto.base.model.signals.commands.exceptions.PathUnknownException;
import org.eclipse.ditto.json.JsonCollectors;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.signals.commands.PolicyCommand;
import org.eclipse.ditto.things.model.Thing;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.ThingTooLargeException;
import org.eclipse.ditto.things.model.ThingsModelFactory;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingCommandToAccessExceptionRegistry;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingCommandToModifyExceptionRegistry;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingConflictException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingNotAccessibleException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingNotCreatableException;
import org.eclipse.ditto.things.model.signals.commands.modify.CreateThing;
import org.eclipse.ditto.things.model.signals.commands.modify.MergeThing;
import org.eclipse.ditto.things.model.signals.commands.modify.ModifyThing;
import org.eclipse.ditto.things.model.signals.commands.modify.ThingModifyCommand;
import org.eclipse.ditto.things.model.signals.commands.query.RetrieveThings;
import org.eclipse.ditto.things.model.signals.commands.query.ThingQueryCommand;
import org.jspecify.annotations.Nullable;

/**
 * All things and policies, and the one owner of both: commands are carried out one after the other,
 * whatever thread brings them, so no merge is lost; what is stored is immutable and may be read
 * from any thread.
 */
public final class Twins {
  /** Largest thing, in characters of its JSON, as Ditto's default. */
  public static final int THING_CHARS_MAX = 100 * 1024;

  private static final JsonPointer INLINE_POLICY = JsonPointer.of("/_policy");

  private final InstantSource clock;
  private final Keeper keeper;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Map<ThingId, Thing> things = new ConcurrentSkipListMap<>();
  private final PolicyBook policies;
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

  public Twins(InstantSource clock, Keeper keeper) {
    this.clock = clock;
    this.keeper = keeper;
    this.policies = new PolicyBook(clock, keeper);
  }

  /** Puts back what was kept; before the first command. A thing whose policy is gone stays away. */
  public void restore(Collection<Policy> keptPolicies, Collection<Thing> keptThings) {
    keptPolicies.forEach(policies::restore);
    keptThings.stream()
        .filter(thing -> thing.getPolicyEntityId().filter(policies::has).isPresent())
        .forEach(thing -> things.put(thing.getEntityId().orElseThrow(), thing));
  }

  /**
   * Things as far as a subject may see them, ordered by id; hidden fields are included.
   *
   * @param wanted which at all, judged by the whole of each
   */
  public Stream<Thing> visible(AuthorizationContext who, Predicate<Thing> wanted) {
    return things.values().stream()
        .filter(wanted)
        .filter(thing -> policies.has(thing.getPolicyEntityId().orElseThrow()))
        .filter(thing -> guard(thing).mayRead(JsonPointer.empty(), who))
        .map(thing -> guard(thing).mayReadAll(who) ? thing : seen(thing, who));
  }

  private Thing seen(Thing thing, AuthorizationContext who) {
    return ThingsModelFactory.newThing(
        guard(thing).view(JsonPointer.empty(), thing.toJson(FieldType.all()), who).asObject());
  }

  /**
   * Calls back with each change, in order, on the thread that brought the command; must not block.
   */
  public void listen(Consumer<Change> listener) {
    listeners.add(listener);
  }

  /** Stops calling back. */
  public void unlisten(Consumer<Change> listener) {
    listeners.remove(listener);
  }

  /**
   * Carries out a command of Ditto's things or policies model.
   *
   * @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when it is refused, as
   *     Ditto would
   */
  public Reply execute(Signal<?> signal, Caller caller) {
    Signal<?> command =
        signal.setDittoHeaders(
            signal.getDittoHeaders().toBuilder()
                .authorizationContext(caller.authorization())
                .build());
    lock.lock();
    try {
      return switch (command) {
        case RetrieveThings several -> retrieve(several);
        case ThingQueryCommand<?> query -> retrieve(query);
        case CreateThing create -> create(create, caller);
        case ThingModifyCommand<?> modify -> modify(modify, caller);
        case PolicyCommand<?> policy -> policies.execute(policy);
        default -> throw PathUnknownException.newBuilder(command.getResourcePath()).build();
      };
    } finally {
      lock.unlock();
    }
  }

  private Reply retrieve(RetrieveThings several) {
    AuthorizationContext who = several.getDittoHeaders().getAuthorizationContext();
    List<JsonValue> found = new ArrayList<>();
    for (ThingId id : several.getEntityIds()) {
      Thing thing = things.get(id);
      if (thing != null && guard(thing).mayRead(JsonPointer.empty(), who)) {
        found.add(view(thing, JsonPointer.empty(), several.getSelectedFields(), who).orElseThrow());
      }
    }
    return Reply.found(found.stream().collect(JsonCollectors.valuesToArray()), null);
  }

  private Reply retrieve(ThingQueryCommand<?> query) {
    Thing thing = things.get((ThingId) query.getEntityId());
    if (thing == null) {
      throw ThingNotAccessibleException.newBuilder((ThingId) query.getEntityId()).build();
    }
    AuthorizationContext who = query.getDittoHeaders().getAuthorizationContext();
    JsonPointer path = query.getResourcePath();
    Guard guard = guard(thing);
    if (!guard.mayRead(path, who)) {
      throw ThingCommandToAccessExceptionRegistry.getInstance().exceptionFrom(query);
    }
    Preconditions.checkCondition(query, thing, guard);
    EntityTag tag = tag(thing, path);
    Preconditions.checkThingTag(query, tag);
    Optional<JsonFieldSelector> fields =
        query instanceof WithSelectedFields selecting
            ? selecting.getSelectedFields()
            : Optional.empty();
    JsonValue value =
        view(thing, path, fields, who)
            .orElseThrow(() -> Missing.at(path, (ThingId) query.getEntityId()));
    return Reply.found(value, tag);
  }

  private Optional<JsonValue> view(
      Thing thing, JsonPointer path, Optional<JsonFieldSelector> fields, AuthorizationContext who) {
    if (!path.isEmpty()) {
      return thing
          .toJson()
          .getValue(path)
          .map(value -> guard(thing).view(path, value, who))
          .map(
              value ->
                  fields.isPresent() && value.isObject()
                      ? value.asObject().get(fields.get())
                      : value);
    }
    JsonObject whole = fields.isPresent() ? thing.toJson(fields.get()) : thing.toJson();
    JsonObject seen = guard(thing).view(path, whole, who).asObject();
    boolean withPolicy = fields.isPresent() && fields.get().getPointers().contains(INLINE_POLICY);
    return Optional.of(
        withPolicy
            ? seen.setValue(
                INLINE_POLICY, policies.view(thing.getPolicyEntityId().orElseThrow(), who))
            : seen);
  }

  private Reply create(CreateThing create, Caller caller) {
    if (things.containsKey(create.getEntityId())) {
      throw ThingConflictException.newBuilder(create.getEntityId()).build();
    }
    return store(
        create,
        create.getThing(),
        create.getInitialPolicy(),
        create.getPolicyIdOrPlaceholder(),
        caller);
  }

  private Reply store(
      ThingModifyCommand<?> command,
      Thing thing,
      Optional<JsonObject> inlinePolicy,
      Optional<String> copiedPolicy,
      Caller caller) {
    ThingId id = (ThingId) command.getEntityId();
    Preconditions.checkThingTag(command, null);
    PolicyId policyId = thing.getPolicyEntityId().orElseGet(() -> PolicyId.of(id));
    boolean known =
        thing.getPolicyEntityId().isPresent() && inlinePolicy.isEmpty() && copiedPolicy.isEmpty();
    if (known && !policies.has(policyId)) {
      throw ThingNotCreatableException.newBuilderForPolicyMissing(id, policyId).build();
    }
    if (!known && policies.has(policyId)) {
      throw ThingNotCreatableException.newBuilderForPolicyExisting(id, policyId).build();
    }
    Thing next =
        thing.toBuilder()
            .setId(id)
            .setPolicyId(policyId)
            .setRevision(1)
            .setCreated(clock.instant())
            .setModified(clock.instant())
            .build();
    checkSize(next);
    Policy policy =
        known
            ? policies.get(policyId)
            : policies.draft(policyId, inlinePolicy, copiedPolicy, caller);
    Guard guard = new Guard(policy);
    if (!guard.mayWrite(JsonPointer.empty(), caller.authorization())) {
      throw ThingCommandToModifyExceptionRegistry.getInstance().exceptionFrom(command);
    }
    if (!known) {
      policies.store(policy);
    }
    things.put(id, next);
    keeper.keep(next);
    JsonObject json = next.toJson();
    publish(command, Change.Kind.CREATED, JsonPointer.empty(), json, next, guard, caller);
    return Reply.created(json, tag(next, JsonPointer.empty()));
  }

  private Reply modify(ThingModifyCommand<?> command, Caller caller) {
    ThingId id = (ThingId) command.getEntityId();
    Thing before = things.get(id);
    if (before == null) {
      return createInstead(command, id, caller);
    }
    Guard guard = guard(before);
    AuthorizationContext who = caller.authorization();
    boolean allowed =
        command instanceof MergeThing merge
            ? guard.mayMerge(merge.getPath(), merge.getValue(), who)
            : guard.mayWrite(command.getResourcePath(), who);
    if (!allowed) {
      throw ThingCommandToModifyExceptionRegistry.getInstance().exceptionFrom(command);
    }
    Preconditions.checkCondition(command, before, guard);
    Preconditions.checkThingTag(command, tag(before, command.getResourcePath()));
    Step step = ThingSteps.of(command, id, before.toJson());
    JsonObject json = step.next();
    Thing after = json == null ? null : next(before, json);
    if (after == null) {
      things.remove(id);
      keeper.forget(id);
    } else {
      things.put(id, after);
      keeper.keep(after);
    }
    Thing shown =
        after == null ? before.toBuilder().setRevision(revision(before) + 1).build() : after;
    publish(command, step.kind(), step.path(), step.event(), shown, guard(shown), caller);
    EntityTag tag = after == null ? null : tag(after, step.path());
    JsonValue value = step.reply();
    return value == null ? Reply.done(tag) : Reply.created(value, tag);
  }

  /**
   * A put or a merge of a whole thing that is not there creates it; anything else finds nothing.
   */
  private Reply createInstead(ThingModifyCommand<?> command, ThingId id, Caller caller) {
    return switch (command) {
      case ModifyThing put ->
          store(
              put, put.getThing(), put.getInitialPolicy(), put.getPolicyIdOrPlaceholder(), caller);
      case MergeThing merge when merge.getPath().isEmpty() && merge.getValue().isObject() -> {
        JsonObject json = WithoutNulls.of(merge.getValue().asObject());
        yield store(
            merge,
            ThingsModelFactory.newThing(json),
            json.getValue(INLINE_POLICY).map(JsonValue::asObject),
            Optional.empty(),
            caller);
      }
      default -> throw ThingNotAccessibleException.newBuilder(id).build();
    };
  }

  private Thing next(Thing before, JsonObject json) {
    Thing after =
        ThingsModelFactory.newThingBuilder(json)
            .setRevision(revision(before) + 1)
            .setModified(clock.instant())
            .setCreated(before.getCreated().orElseThrow())
            .build();
    PolicyId policyId = after.getPolicyEntityId().orElseThrow();
    if (!policies.has(policyId)) {
      throw ThingNotCreatableException.newBuilderForPolicyMissing(
              after.getEntityId().orElseThrow(), policyId)
          .build();
    }
    checkSize(after);
    return after;
  }

  private static void checkSize(Thing thing) {
    int chars = thing.toJsonString().length();
    if (chars > THING_CHARS_MAX) {
      throw ThingTooLargeException.newBuilder(chars, THING_CHARS_MAX).build();
    }
  }

  private void publish(
      Command<?> command,
      Change.Kind kind,
      JsonPointer path,
      @Nullable JsonValue value,
      Thing thing,
      Guard guard,
      Caller caller) {
    Change change =
        new Change(
            thing.getEntityId().orElseThrow(),
            kind,
            path,
            value,
            revision(thing),
            clock.instant(),
            thing,
            guard,
            command.getDittoHeaders(),
            caller);
    listeners.forEach(listener -> listener.accept(change));
  }

  private static long revision(Thing thing) {
    return thing.getRevision().orElseThrow().toLong();
  }

  private static @Nullable EntityTag tag(Thing thing, JsonPointer path) {
    boolean ofThing = path.isEmpty() || path.getRoot().filter(Twins::taggedAsThing).isPresent();
    return ofThing
        ? EntityTag.fromEntity(thing).orElse(null)
        : thing.toJson().getValue(path).flatMap(EntityTag::fromEntity).orElse(null);
  }

  private static boolean taggedAsThing(CharSequence root) {
    String name = root.toString();
    return name.equals("definition") || name.equals("policyId");
  }

  /** A thing whose policy was deleted is nobody's: it cannot be found. */
  private Guard guard(Thing thing) {
    PolicyId policyId = thing.getPolicyEntityId().orElseThrow();
    if (!policies.has(policyId)) {
      throw ThingNotAccessibleException.newBuilder(thing.getEntityId().orElseThrow()).build();
    }
    return policies.guard(policyId);
  }
}
