package io.medtwin.driver.internal.json;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A JSON value. Numbers are bounded by {@link Decimals}. */
public sealed interface Json {

  /**
   * Members in the order they came; names are unique.
   *
   * @param members by name; not copied: whoever hands them over forgets them
   */
  record Obj(Map<String, Json> members) implements Json {
    public Obj {
      members = Collections.unmodifiableMap(members);
    }
  }

  /**
   * An array.
   *
   * @param elements in order; not copied: whoever hands them over forgets them
   */
  record Arr(List<Json> elements) implements Json {
    public Arr {
      elements = Collections.unmodifiableList(elements);
    }
  }

  /**
   * A number as written.
   *
   * @param number scale kept
   */
  record Num(BigDecimal number) implements Json {}

  /**
   * A string.
   *
   * @param text unescaped
   */
  record Str(String text) implements Json {}

  /**
   * True or false.
   *
   * @param value which
   */
  record Bool(boolean value) implements Json {}

  /** The word {@code null}. */
  enum Null implements Json {
    NULL
  }
}
