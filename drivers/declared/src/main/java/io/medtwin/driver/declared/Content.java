package io.medtwin.driver.declared;

import io.medtwin.driver.declared.Field.Condition;
import java.util.Optional;

/** One line, frame or value in which fields look for their places. */
interface Content {

  /** What stands at a place, or empty if there is no such place in it. */
  Optional<Raw> find(Source source);

  /** Whether what must hold does. */
  default boolean holds(Iterable<Condition> conditions) {
    for (var condition : conditions) {
      boolean holds =
          find(condition.source()).filter(raw -> Words.matches(raw, condition.word())).isPresent();
      if (!holds) {
        return false;
      }
    }
    return true;
  }
}
