package io.medtwin.ditto.embedded.internal.twins;

import java.time.Instant;
import java.util.Optional;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.entity.id.NamespacedEntityId;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.things.model.Thing;
import org.jspecify.annotations.Nullable;

/**
 * One change of one thing: what Ditto calls a twin event.
 *
 * @param path what changed, from the root of the thing
 * @param value what it is now (for a merge: the patch); absent for a deletion
 * @param revision of the thing after the change
 * @param thing after the change; before it for a deletion of the whole thing
 * @param guard decides who may see the change
 * @param headers of the command that caused it
 */
public record Change(
    NamespacedEntityId id,
    Kind kind,
    JsonPointer path,
    @Nullable JsonValue value,
    long revision,
    Instant timestamp,
    Thing thing,
    Guard guard,
    DittoHeaders headers,
    Caller caller) {

  /** The same change as far as a subject may see it; nothing if it may see none of it. */
  public Optional<Change> seenBy(AuthorizationContext who) {
    if (!guard.mayRead(path, who)) {
      return Optional.empty();
    }
    JsonValue all = value;
    JsonValue seen = all == null ? null : guard.view(path, all, who);
    if (seen == all) {
      return Optional.of(this);
    }
    boolean isHidden = seen == null || seen.isObject() && seen.asObject().isEmpty();
    return isHidden && !isEmpty(all)
        ? Optional.empty()
        : Optional.of(
            new Change(id, kind, path, seen, revision, timestamp, thing, guard, headers, caller));
  }

  private static boolean isEmpty(@Nullable JsonValue value) {
    return value == null || value.isObject() && value.asObject().isEmpty();
  }

  /** What of the whole thing a subject may see. */
  public JsonObject thingFor(AuthorizationContext who, JsonFieldSelector fields) {
    return guard.view(JsonPointer.empty(), thing.toJson(fields), who).asObject().get(fields);
  }

  /** The last word of the event's topic. */
  public enum Kind {
    CREATED,
    MODIFIED,
    MERGED,
    DELETED
  }
}
