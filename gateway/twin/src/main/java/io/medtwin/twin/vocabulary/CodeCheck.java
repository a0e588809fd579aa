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

  /** A check against that vocabulary. */
  public CodeCheck(Vocabulary vocabulary, Units units) {
    this.vocabulary = vocabulary;
    this.units = new UnitResolver(vocabulary, units);
  }

  /**
   * What contradicts the vocabulary, one sentence each, beginning with the place in the profile:
   * {@code spo2.saturation: …}, {@code alerts.AL_OCCLU: …}, {@code mdc: …}. A code that the
   * vocabulary does not hold is among them: it may be right all the same.
   */
  public List<String> problems(Profile profile) {
    var problems = new ArrayList<String>();
    if (profile.model().mdc() != 0) {
      coded(profile.model().mdc(), Term.Kind.OBJECT)
          .ifPresent(problem -> problems.add("mdc: " + problem));
    }
    for (Metric metric : profile.metrics()) {
      metric(metric)
          .ifPresent(
              problem -> problems.add(metric.channel() + "." + metric.name() + ": " + problem));
    }
    new TreeMap<>(profile.alerts())
        .forEach(
            (code, term) -> {
              if (term.event() != 0) {
                coded(term.event(), Term.Kind.EVENT)
                    .ifPresent(problem -> problems.add("alerts." + code + ": " + problem));
              }
            });
    return problems;
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
    if (!metric.unit().isEmpty() && !units.fits(term, metric.unit())) {
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
