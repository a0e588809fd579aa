package io.medtwin.ditto.embedded.internal.twins;

import java.time.Instant;
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

  /** Whether a subject may see any of the change; what it may see is {@link #valueFor}. */
  public boolean visibleTo(AuthorizationContext who) {
    if (!guard.mayRead(path, who)) {
      return false;
    }
    JsonValue changed = value;
    if (changed == null
        || changed.isNull()
        || !changed.isObject()
        || changed.asObject().isEmpty()) {
      return true;
    }
    return !guard.view(path, changed, who).asObject().isEmpty();
  }

  /** What of the change a subject may see; absent for a deletion. */
  public @Nullable JsonValue valueFor(AuthorizationContext who) {
    return value == null ? null : guard.view(path, value, who);
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
