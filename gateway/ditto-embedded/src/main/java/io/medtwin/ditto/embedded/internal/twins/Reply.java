package io.medtwin.ditto.embedded.internal.twins;

import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.headers.entitytag.EntityTag;
import org.eclipse.ditto.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What a command that was carried out is answered with.
 *
 * @param value absent for 204
 * @param tag of the entity the command addressed, after the command; absent for what is gone
 */
public record Reply(HttpStatus status, @Nullable JsonValue value, @Nullable EntityTag tag) {

  static Reply created(JsonValue value, @Nullable EntityTag tag) {
    return new Reply(HttpStatus.CREATED, value, tag);
  }

  static Reply done(@Nullable EntityTag tag) {
    return new Reply(HttpStatus.NO_CONTENT, null, tag);
  }

  static Reply found(JsonValue value, @Nullable EntityTag tag) {
    return new Reply(HttpStatus.OK, value, tag);
  }
}
