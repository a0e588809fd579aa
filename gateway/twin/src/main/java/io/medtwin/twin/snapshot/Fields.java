package io.medtwin.twin.snapshot;

import io.medtwin.twin.backend.Patch;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Members of a saved state on their way in or out. Used by one thread, thrown away afterwards. */
public final class Fields {

  private final Map<String, Object> members = new LinkedHashMap<>();

  /** No members yet. */
  public Fields() {}

  private Fields(Patch patch) {
    members.putAll(patch.members());
  }

  /** The members of a patch. */
  public static Fields of(Patch patch) {
    return new Fields(patch);
  }

  /** As a patch. */
  public Patch patch() {
    return new Patch(members);
  }

  /** Puts a member; null, false, 0 and empty ones are left out. */
  public Fields put(String name, @Nullable Object value) {
    boolean nothing =
        switch (value) {
          case null -> true;
          case Boolean bool -> !bool;
          case Long number -> number == 0;
          case String text -> text.isEmpty();
          case Patch patch -> patch.isEmpty();
          default -> false;
        };
    if (!nothing) {
      members.put(name, value);
    }
    return this;
  }

  /** Puts a time. */
  public Fields put(String name, @Nullable Instant time) {
    return put(name, time == null ? null : (Object) time.toString());
  }

  /** Puts a list, as members {@code 0, 1, …}. */
  public <T> Fields put(String name, Iterable<T> list, Function<T, Object> as) {
    var items = new LinkedHashMap<String, Object>();
    for (T item : list) {
      items.put(Integer.toString(items.size()), as.apply(item));
    }
    return put(name, new Patch(items));
  }

  /** A text, empty where there is none. */
  public String text(String name) {
    return members.get(name) instanceof String text ? text : "";
  }

  /** A count, 0 where there is none. */
  public long number(String name) {
    return members.get(name) instanceof Long number ? number : 0;
  }

  /** Whether it is there and true. */
  public boolean is(String name) {
    return Boolean.TRUE.equals(members.get(name));
  }

  /** A value of a twin: a decimal, a word, or null. */
  public @Nullable Object value(String name) {
    var value = members.get(name);
    return value instanceof BigDecimal || value instanceof String ? value : null;
  }

  /** A time, or null. */
  public @Nullable Instant time(String name) {
    return members.get(name) instanceof String text ? Instant.parse(text) : null;
  }

  /** A time that must be there. */
  public Instant timeOf(String name) {
    return Instant.parse(text(name));
  }

  /** An object, empty where there is none. */
  public Patch object(String name) {
    return members.get(name) instanceof Patch patch ? patch : Patch.EMPTY;
  }

  /** The members of an object, none where there is no such object. */
  public Fields fields(String name) {
    return of(object(name));
  }

  /** Whether there is such a member. */
  public boolean has(String name) {
    return members.containsKey(name);
  }

  /** The items of a list of objects. */
  public List<Patch> list(String name) {
    var items = new ArrayList<Patch>();
    for (Object item : object(name).members().values()) {
      if (item instanceof Patch patch) {
        items.add(patch);
      }
    }
    return items;
  }

  /** The items of a list of texts. */
  public List<String> texts(String name) {
    var items = new ArrayList<String>();
    for (Object item : object(name).members().values()) {
      if (item instanceof String text) {
        items.add(text);
      }
    }
    return items;
  }
}
