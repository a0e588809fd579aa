package io.medtwin.driver.jsonfields;

import io.medtwin.driver.internal.json.Json;
import io.medtwin.driver.internal.json.PersonalKeys;
import io.medtwin.driver.jsonfields.FieldPath.Step;
import io.medtwin.spi.Coded;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Text;
import io.medtwin.spi.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is in a message and in no field: shown under its path, so that the unknown stays visible,
 * but bounded, and not where a key may name a person.
 */
final class UnknownValues {

  /** Most readings of one message that no field asked for; more are counted. */
  static final int MAX_READINGS = 32;

  private final Set<FieldPath> known;
  private final List<Reading> readings = new ArrayList<>();
  private int uncounted;
  private int personal;

  private UnknownValues(Set<FieldPath> known) {
    this.known = known;
  }

  /** Everything under {@code root} that is not at or under a known path. */
  static UnknownValues in(Json root, Set<FieldPath> known) {
    var unknown = new UnknownValues(known);
    unknown.visit(FieldPath.ROOT, root);
    return unknown;
  }

  /** Numbers without unit, texts and codes. */
  List<Reading> readings() {
    return List.copyOf(readings);
  }

  /** How many values are beyond {@link #MAX_READINGS}, empty, too long or of no name that shows. */
  int beyond() {
    return uncounted;
  }

  /** How many values are under a key that may name a person. */
  int personal() {
    return personal;
  }

  private void visit(FieldPath path, Json value) {
    if (known.contains(path)) {
      return;
    }
    switch (value) {
      case Json.Obj object ->
          object
              .members()
              .forEach(
                  (name, member) -> {
                    if (PersonalKeys.maybePersonal(name)
                        && !isAboveKnown(path.then(new Step.Key(name)))) {
                      personal++;
                    } else {
                      visit(path.then(new Step.Key(name)), member);
                    }
                  });
      case Json.Arr array -> {
        for (int i = 0; i < array.elements().size(); i++) {
          visit(path.then(new Step.Index(i)), array.elements().get(i));
        }
      }
      case Json.Num(BigDecimal number) -> add(path, new Numeric(number, "1"));
      case Json.Bool(boolean bool) -> add(path, new Coded(String.valueOf(bool)));
      case Json.Str(String text) -> add(path, text(text));
      case Json.Null _ -> uncounted++;
    }
  }

  private void add(FieldPath path, @Nullable Value value) {
    var name = path.asParameter();
    boolean isName = name.chars().noneMatch(Character::isISOControl);
    if (value == null || !isName || readings.size() == MAX_READINGS) {
      uncounted++;
    } else {
      readings.add(Reading.of(name, value));
    }
  }

  private static @Nullable Value text(String text) {
    return text.isBlank() || text.length() > FieldValue.MAX_TEXT ? null : new Text(text.strip());
  }

  /** A mapped path makes the objects above it known by name: {@code $.user.pulse}. */
  private boolean isAboveKnown(FieldPath path) {
    int depth = path.steps().size();
    return known.stream()
        .anyMatch(
            each ->
                each.steps().size() >= depth
                    && each.steps().subList(0, depth).equals(path.steps()));
  }
}
