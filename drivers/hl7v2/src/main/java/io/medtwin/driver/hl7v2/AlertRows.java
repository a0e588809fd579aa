package io.medtwin.driver.hl7v2;

import io.medtwin.spi.Alert.Kind;
import io.medtwin.spi.Alert.Phase;
import io.medtwin.spi.Alert.Priority;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one alert (IHE PCD-04): which facet each one is, by its code, else by the fifth
 * number of its place; and the words of the facets.
 */
final class AlertRows {

  /** Facets in the order of their numbers. */
  enum Facet {
    CONDITION,
    SOURCE,
    PHASE,
    STATE,
    INACTIVATION,
    PRIORITY,
    TYPE,
    TEXT
  }

  private static final long ALARM = 196616;
  private static final long EVENTS = 3; // partition of events

  /** 68480 to 68485, as older software numbers them, and with a zero too many. */
  private static final Map<Long, Facet> CODES =
      Map.ofEntries(
          Map.entry(68480L, Facet.SOURCE),
          Map.entry(68481L, Facet.PHASE),
          Map.entry(68482L, Facet.STATE),
          Map.entry(68483L, Facet.INACTIVATION),
          Map.entry(68484L, Facet.PRIORITY),
          Map.entry(68485L, Facet.TYPE),
          Map.entry(68546L, Facet.TEXT),
          Map.entry(68164L, Facet.SOURCE),
          Map.entry(68165L, Facet.PHASE),
          Map.entry(68166L, Facet.STATE),
          Map.entry(68167L, Facet.INACTIVATION),
          Map.entry(68168L, Facet.PRIORITY),
          Map.entry(68169L, Facet.TYPE),
          Map.entry(684800L, Facet.SOURCE),
          Map.entry(684810L, Facet.PHASE),
          Map.entry(684820L, Facet.STATE),
          Map.entry(684830L, Facet.INACTIVATION),
          Map.entry(684840L, Facet.PRIORITY),
          Map.entry(684850L, Facet.TYPE));

  private final Map<Facet, Row> rows = new EnumMap<>(Facet.class);

  AlertRows(List<Row> all) {
    for (Row row : all) {
      var facet = facet(row);
      if (facet != null) {
        rows.putIfAbsent(facet, row);
      }
    }
  }

  /** Which facet a row is, or null for another row. */
  static @Nullable Facet facet(Row row) {
    if (row.isObject()) {
      return null;
    }
    var byCode = CODES.get(row.term().code());
    if (byCode != null) {
      return byCode;
    }
    if (row.term().code() == ALARM || row.place().facet() == 1) {
      return Facet.CONDITION;
    }
    return row.place().facet() == 2 ? Facet.SOURCE : null;
  }

  /** A row by its facet. */
  Optional<Row> row(Facet facet) {
    return Optional.ofNullable(rows.get(facet));
  }

  /** What is wrong: the value where it is an event's code, else the row's own code. */
  Optional<Term> condition() {
    return row(Facet.CONDITION)
        .map(
            row -> {
              var value = Term.of(row.value());
              boolean isEvent =
                  value.isMdc() && (value.code() == 0 || value.code() >> 16 >= EVENTS);
              return isEvent || row.term().code() == ALARM ? value : row.term();
            })
        .filter(term -> !term.isNone());
  }

  Phase phase() {
    var state = word(Facet.STATE);
    return switch (word(Facet.PHASE)) {
      case "start" -> Phase.START;
      case "continue" -> Phase.CONTINUE;
      case "update" -> Phase.UPDATE;
      case "escalate" -> Phase.ESCALATE;
      case "de-escalate", "deescalate" -> Phase.DEESCALATE;
      case "reset" -> Phase.RESET;
      case "end" -> Phase.END;
      default -> state.equals("inactive") || state.equals("off") ? Phase.END : Phase.CONTINUE;
    };
  }

  /** The facet, else a word of OBX-8. A maker's number has no known meaning. */
  Priority priority() {
    return switch (wordOrFlag(Facet.PRIORITY, "PH", "PM", "PL", "PN")) {
      case "PH" -> Priority.HIGH;
      case "PM" -> Priority.MEDIUM;
      case "PL" -> Priority.LOW;
      case "PN" -> Priority.NONE;
      default -> Priority.UNKNOWN;
    };
  }

  Kind kind() {
    return switch (wordOrFlag(Facet.TYPE, "SP", "ST", "SA")) {
      case "SP" -> Kind.PHYSIOLOGICAL;
      case "ST" -> Kind.TECHNICAL;
      case "SA" -> Kind.ADVISORY;
      default -> Kind.UNKNOWN;
    };
  }

  /** As shown on the device: the facet, else the text beside the condition's code. */
  String text() {
    return row(Facet.TEXT)
        .map(row -> row.value().text(1))
        .or(() -> row(Facet.CONDITION).map(row -> row.value().text(9)))
        .map(Values::bounded)
        .orElse("");
  }

  private String word(Facet facet) {
    return row(facet).map(row -> row.value().text(1).toLowerCase(Locale.ROOT)).orElse("");
  }

  private String wordOrFlag(Facet facet, String... flags) {
    var word = word(facet).toUpperCase(Locale.ROOT);
    if (!word.isEmpty()) {
      return word;
    }
    var said = row(Facet.CONDITION).map(Row::flags).orElse(java.util.Set.of());
    for (String flag : flags) {
      if (said.contains(flag)) {
        return flag;
      }
    }
    return "";
  }
}
