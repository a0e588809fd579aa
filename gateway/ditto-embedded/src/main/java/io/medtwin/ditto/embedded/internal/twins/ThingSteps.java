package io.medtwin.ditto.embedded.internal.twins;

import java.util.Optional;
import java.util.Set;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.WithOptionalEntity;
import org.eclipse.ditto.base.model.signals.commands.Command;
import org.eclipse.ditto.json.JsonKey;
import org.eclipse.ditto.json.JsonMergePatch;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonRuntimeException;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.signals.commands.exceptions.PolicyIdNotDeletableException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingIdNotDeletableException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingMergeInvalidException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingPreconditionFailedException;
import org.eclipse.ditto.things.model.signals.commands.modify.MergeThing;
import org.eclipse.ditto.things.model.signals.commands.modify.ThingModifyCommand;

/** What each modifying command makes of a thing that exists: pure, from JSON to JSON. */
final class ThingSteps {
  private static final JsonPointer POLICY_ID = JsonPointer.of("/policyId");
  private static final JsonPointer THING_ID = JsonPointer.of("/thingId");
  private static final JsonPointer DEFINITION = JsonPointer.of("/definition");
  private static final JsonKey FEATURES = JsonKey.of("features");

  /** What a put of a whole thing leaves as it was when the new thing does not name it. */
  private static final Set<JsonPointer> KEPT = Set.of(THING_ID, POLICY_ID, DEFINITION);

  private ThingSteps() {}

  /**
   * Throws what Ditto throws when the thing has nothing where the command points, or the result is
   * no thing.
   */
  static Step of(ThingModifyCommand<?> command, ThingId id, JsonObject thing) {
    if (command instanceof MergeThing merge) {
      return merged(merge, thing);
    }
    JsonPointer path = command.getResourcePath();
    return command.getCategory() == Command.Category.DELETE
        ? deleted(path, id, thing)
        : modified(command, path, id, thing);
  }

  private static Step merged(MergeThing merge, JsonObject thing) {
    JsonPointer path = merge.getPath();
    if (merge.getValue().isNull()
        && (path.isEmpty() || path.equals(POLICY_ID) || path.equals(THING_ID))) {
      throw notDeletable(path);
    }
    JsonObject after = applied(merge, thing);
    String ifEqual = ifEqual(merge);
    if (ifEqual.startsWith("skip") && Document.same(after, thing)) {
      throw equal(merge.getDittoHeaders());
    }
    JsonValue event =
        ifEqual.equals("skip-minimizing-merge") ? smallest(merge, thing, after) : merge.getValue();
    return new Step(after, Change.Kind.MERGED, path, event, null);
  }

  private static JsonObject applied(MergeThing merge, JsonObject thing) {
    try {
      return JsonMergePatch.of(merge.getPath(), merge.getValue()).applyOn(thing).asObject();
    } catch (JsonRuntimeException | IllegalArgumentException | UnsupportedOperationException e) {
      throw ThingMergeInvalidException.fromMessage(
          String.valueOf(e.getMessage()), merge.getDittoHeaders());
    }
  }

  /** The part of a merge that changes something; the merge as it came where nothing was before. */
  private static JsonValue smallest(MergeThing merge, JsonObject before, JsonObject after) {
    JsonPointer path = merge.getPath();
    return Document.at(before, path)
        .flatMap(old -> Document.at(after, path).flatMap(now -> JsonMergePatch.compute(old, now)))
        .map(JsonMergePatch::asJsonValue)
        .orElseGet(merge::getValue);
  }

  private static Step deleted(JsonPointer path, ThingId id, JsonObject thing) {
    if (path.isEmpty()) {
      return new Step(null, Change.Kind.DELETED, path, null, null);
    }
    if (path.equals(POLICY_ID) || path.equals(THING_ID)) {
      throw notDeletable(path);
    }
    if (Document.at(thing, path).isEmpty()) {
      throw Missing.at(path, id);
    }
    return new Step(Document.without(thing, path), Change.Kind.DELETED, path, null, null);
  }

  private static Step modified(
      ThingModifyCommand<?> command, JsonPointer path, ThingId id, JsonObject thing) {
    JsonValue value = ((WithOptionalEntity) command).getEntity().orElseThrow();
    if (insideFeature(path)) {
      JsonPointer feature = JsonPointer.of("/features").addLeaf(path.get(1).orElseThrow());
      if (Document.at(thing, feature).isEmpty()) {
        throw Missing.at(feature, id);
      }
    }
    JsonValue wanted = path.isEmpty() ? keeping(thing, value.asObject()) : value;
    Optional<JsonValue> before = Document.at(thing, path);
    if (ifEqual(command).startsWith("skip")
        && before.filter(old -> Document.same(old, wanted)).isPresent()) {
      throw equal(command.getDittoHeaders());
    }
    JsonObject after = Document.with(thing, path, wanted);
    return before.isPresent()
        ? new Step(after, Change.Kind.MODIFIED, path, wanted, null)
        : new Step(after, Change.Kind.CREATED, path, wanted, wanted);
  }

  private static boolean insideFeature(JsonPointer path) {
    return path.getLevelCount() > 2 && path.getRoot().filter(FEATURES::equals).isPresent();
  }

  private static JsonObject keeping(JsonObject before, JsonObject wanted) {
    JsonObject whole = wanted;
    for (JsonPointer field : KEPT) {
      if (!whole.contains(field)) {
        Optional<JsonValue> old = before.getValue(field);
        whole = old.isPresent() ? whole.setValue(field, old.get()) : whole;
      }
    }
    return whole;
  }

  private static String ifEqual(Command<?> command) {
    return command.getDittoHeaders().getOrDefault("if-equal", "update");
  }

  private static DittoRuntimeException notDeletable(JsonPointer path) {
    return path.equals(POLICY_ID)
        ? PolicyIdNotDeletableException.newBuilder().build()
        : ThingIdNotDeletableException.newBuilder().build();
  }

  private static DittoRuntimeException equal(DittoHeaders headers) {
    return ThingPreconditionFailedException.newBuilder("if-equal", "skip", "equal")
        .message(
            "The previous value was equal to the new value and the 'if-equal' header was set to"
                + " 'skip'.")
        .description("Your changes were not applied, which is probably the expected outcome.")
        .dittoHeaders(headers)
        .build();
  }
}
