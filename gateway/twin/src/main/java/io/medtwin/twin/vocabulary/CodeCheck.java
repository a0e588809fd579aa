package io.medtwin.twin.vocabulary;

import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Holds the codes, kinds, units and words of a profile against the vocabulary. Pure, safe for any
 * thread.
 */
public final class CodeCheck {

  private final Vocabulary vocabulary;
  private final UnitResolver units;
  private final Units conversions;

  /** A check against that vocabulary. */
  public CodeCheck(Vocabulary vocabulary, Units units) {
    this.vocabulary = vocabulary;
    this.units = new UnitResolver(vocabulary, units);
    this.conversions = units;
  }

  /**
   * What is doubtful in a profile.
   *
   * @param place in the profile: {@code mdc}, {@code spo2/saturation}, {@code alerts/AL_OCCLU}
   * @param text what was expected, and what is there
   * @param isUnknown whether the vocabulary does not hold the code, which may be right all the same
   */
  public record Doubt(String place, String text, boolean isUnknown) {
    @Override
    public String toString() {
      return place.replace('/', '.') + ": " + text;
    }
  }

  /** What contradicts the vocabulary, or is not in it. */
  public List<Doubt> doubts(Profile profile) {
    var doubts = new ArrayList<Doubt>();
    if (profile.model().mdc() != 0) {
      add(doubts, "mdc", profile.model().mdc(), coded(profile.model().mdc(), Term.Kind.OBJECT));
    }
    for (Metric metric : profile.metrics()) {
      add(doubts, metric.place(), metric.code(), metric(metric));
    }
    new TreeMap<>(profile.alerts())
        .forEach((code, term) -> event(doubts, "alerts/" + code, term.event()));
    new TreeMap<>(profile.events())
        .forEach((code, term) -> event(doubts, "events/" + code, term.event()));
    return doubts;
  }

  /** The same, one sentence each. */
  public List<String> problems(Profile profile) {
    return doubts(profile).stream().map(Doubt::toString).toList();
  }

  private void event(List<Doubt> doubts, String place, int code) {
    if (code != 0) {
      add(doubts, place, code, coded(code, Term.Kind.EVENT));
    }
  }

  private void add(List<Doubt> doubts, String place, int code, Optional<String> problem) {
    problem.ifPresent(text -> doubts.add(new Doubt(place, text, vocabulary.term(code).isEmpty())));
  }

  private Optional<String> coded(int code, Term.Kind kind) {
    var term = vocabulary.term(code);
    if (term.isEmpty()) {
      return Optional.of(unknown(code));
    }
    return term.get().kind() == kind
        ? Optional.empty()
        : Optional.of(code + " is " + described(term.get()) + ", not an " + Rows.word(kind));
  }

  private Optional<String> metric(Metric metric) {
    if (metric.code() == 0) {
      return Optional.empty();
    }
    var found = vocabulary.term(metric.code());
    if (found.isEmpty()) {
      return Optional.of(unknown(metric.code()));
    }
    var term = found.get();
    if (!fits(metric.kind(), term)) {
      return Optional.of(
          metric.code()
              + " is "
              + described(term)
              + ", the kind here is "
              + Rows.word(metric.kind()));
    }
    if (conversions.isUnit(metric.unit()) && !units.fits(term, metric.unit())) {
      return Optional.of(
          metric.code()
              + " is "
              + described(term)
              + ", whose unit has another dimension than "
              + metric.unit());
    }
    return words(metric, term);
  }

  private boolean fits(Metric.Kind kind, Term term) {
    return switch (kind) {
      case NUMERIC -> term.kind() == Term.Kind.NUMERIC || vocabulary.isAlsoNumber(term);
      case SETTING -> term.kind() == Term.Kind.SETTING;
      case WAVEFORM -> term.kind() == Term.Kind.WAVEFORM;
      // the bits of a status are an enumeration, and a text where several are set
      case ENUM, TEXT -> term.kind() == Term.Kind.ENUM || term.kind() == Term.Kind.STRING;
    };
  }

  /** Where the term has words of its own, those of the twin are among them. */
  private Optional<String> words(Metric metric, Term term) {
    var known =
        vocabulary.words(term.enumGroup()).stream()
            .map(EnumWord::twinValue)
            .filter(word -> !word.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
    if (known.isEmpty()) {
      return Optional.empty();
    }
    var others = metric.words().values().stream().filter(word -> !known.contains(word)).toList();
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the words "
                + others
                + " are none of "
                + term.enumGroup()
                + ", which has "
                + sorted(known));
  }

  private static List<String> sorted(Set<String> words) {
    return words.stream().sorted().toList();
  }

  private static String unknown(int code) {
    return "the vocabulary has no code " + code + "; look for it with medtwin vocab find";
  }

  private static String described(Term term) {
    return term.refid()
        + " ("
        + Rows.word(term.kind())
        + (term.ucum().isEmpty() ? "" : " in " + term.ucum())
        + ")";
  }
}
