package io.medtwin.twin.backend;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A JSON object as plain values, free of any JSON library: members are {@link String}, {@link
 * Boolean}, {@link Long}, {@link BigDecimal}, a nested {@code Patch}, or {@link #REMOVE}.
 *
 * @param members by name, in the order they are written
 */
public record Patch(Map<String, Object> members) {

  /** Stands for JSON {@code null}, which in a merge patch (RFC 7396) removes the member. */
  public static final Object REMOVE = Removal.REMOVE;

  /** Nothing to change. */
  public static final Patch EMPTY = new Patch(Map.of());

  private enum Removal {
    REMOVE
  }

  public Patch {
    members.forEach(
        (name, value) -> {
          boolean allowed =
              value instanceof String
                  || value instanceof Boolean
                  || value instanceof Long
                  || value instanceof BigDecimal
                  || value instanceof Patch
                  || value == REMOVE;
          if (!allowed) {
            throw new IllegalArgumentException(
                name + ": a patch cannot hold a " + value.getClass().getName());
          }
        });
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** A patch with one member. */
  public static Patch of(String name, Object value) {
    return new Patch(Map.of(name, value));
  }

  /** Whether there is nothing to change. */
  public boolean isEmpty() {
    return members.isEmpty();
  }
}
