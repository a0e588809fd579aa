package io.medtwin.ditto.embedded.internal.twins;

import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What a modifying command does to a document, worked out but not yet done.
 *
 * @param next the document afterwards; absent when it is gone
 * @param path of the event
 * @param event value of the event; absent for a deletion
 * @param reply value of the reply; absent for 204
 */
record Step(
    @Nullable JsonObject next,
    Change.Kind kind,
    JsonPointer path,
    @Nullable JsonValue event,
    @Nullable JsonValue reply) {}
