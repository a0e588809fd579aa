package io.medtwin.twin.vocabulary;

import io.medtwin.twin.normalizer.Units;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the unit of a message means, and a number in the unit of its term. Pure, safe for any
 * thread.
 *
 * @param vocabulary codes and spellings
 * @param units UCUM and its factors
 */
public record UnitResolver(Vocabulary vocabulary, Units units) {

  private static final String NO_UNIT = "1";

  /** A number that can go on, or why it cannot. */
  public sealed interface Quantity permits Amount, Quarantined {}

  /**
   * A number in the unit of its term.
   *
   * @param number converted by an exact factor; as sent where none was needed
   * @param ucum its unit
   * @param sent the unit as sent, in UCUM
   */
  public record Amount(BigDecimal number, String ucum, String sent) implements Quantity {}

  /**
   * A number that is kept out of the twin.
   *
   * @param why what was expected and what came
   */
  public record Quarantined(String why) implements Quantity {}

  /**
   * The unit in UCUM: the MDC code decides, then a UCUM spelling, then a refid or the text of a
   * device. Empty where none is known.
   */
  public Optional<String> ucum(UnitText sent) {
    var byCode = vocabulary.unit(sent.code());
    if (byCode.isPresent()) {
      return byCode.map(UnitTerm::ucum);
    }
    return first(sent, this::ofUcum).or(() -> first(sent, this::ofText));
  }

  private Optional<String> ofUcum(String text) {
    var known = vocabulary.unitsOfUcum(text);
    return known.isEmpty()
        ? Optional.of(text).filter(units::isUnit)
        : Optional.of(known.getFirst().ucum());
  }

  private Optional<String> ofText(String text) {
    return vocabulary.unitsOfText(text).stream().map(UnitTerm::ucum).findFirst();
  }

  private static Optional<String> first(UnitText sent, Function<String, Optional<String>> meaning) {
    return sent.texts().stream().map(meaning).flatMap(Optional::stream).findFirst();
  }

  /** Whether numbers of a UCUM unit can be converted to another. */
  boolean converts(String from, String to) {
    return units.areComparable(from, to);
  }

  /** Whether a number of that UCUM unit can be one of the term's. */
  public boolean fits(Term term, String ucum) {
    return (term.ucum().isEmpty() && term.otherUcum().isEmpty())
        || Stream.concat(Stream.of(term.ucum()), term.otherUcum().stream())
            .filter(unit -> !unit.isEmpty())
            .anyMatch(unit -> units.areComparable(ucum, unit));
  }

  /**
   * A number in the unit of its term. A unit of another dimension, one that nobody knows and one
   * that was not sent (where the term has one) are reasons for quarantine, never for a guess. The
   * plausible range is not looked at: it makes a number questionable, and deletes nothing.
   */
  public Quantity quantity(Term term, BigDecimal number, UnitText sent) {
    if (sent.isNone()) {
      return term.ucum().isEmpty() || term.ucum().equals(NO_UNIT)
          ? new Amount(number, NO_UNIT, NO_UNIT)
          : new Quarantined("expected a unit that converts to " + term.ucum() + ", none was sent");
    }
    var ucum = ucum(sent);
    if (ucum.isEmpty()) {
      return new Quarantined("the unit \"" + sent + "\" is neither MDC, UCUM nor a known text");
    }
    var unit = ucum.get();
    if (!fits(term, unit)) {
      return new Quarantined(
          term.refid() + " is in " + expected(term) + ", " + unit + " is of another dimension");
    }
    if (term.ucum().isEmpty() || !units.areComparable(unit, term.ucum())) {
      return new Amount(number, unit, unit);
    }
    if (unit.equals(term.ucum()) && isFraction(term, number)) {
      return new Quarantined(
          number + " " + unit + " of " + term.refid() + " looks like a fraction of 1");
    }
    return new Amount(units.convert(number, unit, term.ucum()).orElseThrow(), term.ucum(), unit);
  }

  private boolean isFraction(Term term, BigDecimal number) {
    return number.signum() > 0
        && number.compareTo(BigDecimal.ONE) <= 0
        && number.scale() > 0
        && vocabulary.trap(term.code(), Trap.Kind.FRACTION).isPresent();
  }

  private static String expected(Term term) {
    return Stream.concat(Stream.of(term.ucum()), term.otherUcum().stream())
        .filter(unit -> !unit.isEmpty())
        .reduce((a, b) -> a + " or " + b)
        .orElse("any unit");
  }
}
