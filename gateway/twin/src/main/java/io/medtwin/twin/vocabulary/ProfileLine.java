package io.medtwin.twin.vocabulary;

import io.medtwin.twin.normalizer.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes the line of a profile for a parameter that has no place in it yet. Pure. */
final class ProfileLine {

  private static final int CANDIDATES = 20;
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*|/[a-z]+");
  private static final Pattern ASIDE = Pattern.compile("\\([^)]*\\)");
  private static final Pattern NAME_BREAK = Pattern.compile("[^\\p{Alnum}]+");
  private static final Pattern INNER_CAPITAL = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  /** {@code 147842}; {@code mdc-147842}, {@code mdc-157784-in-70071} of the driver hl7v2. */
  private static final Pattern CODED = Pattern.compile("([0-9]+)|mdc-([0-9]+)(?:-[a-z0-9-]+)?");

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]*\\.?[0-9]+([eE][-+]?[0-9]+)?");

  private final Vocabulary vocabulary;
  private final UnitResolver units;
  private final TermResolver terms;

  ProfileLine(Vocabulary vocabulary, Units conversions) {
    this.vocabulary = vocabulary;
    this.units = new UnitResolver(vocabulary, conversions);
    this.terms = new TermResolver(vocabulary, conversions);
  }

  String suggest(String parameter, String value, String unit) {
    boolean number = !unit.isBlank() || NUMBER.matcher(value.strip()).matches();
    var sent = unit.isBlank() ? UnitText.NONE : UnitText.of(unit);
    var ucum = units.ucum(sent).orElse("");
    var term = named(parameter, number, sent).or(() -> ranked(parameter, number, ucum));
    var fields = new ArrayList<String>();
    fields.add("from: " + quoted(parameter));
    term.ifPresent(known -> fields.add("code: " + known.code()));
    if (number) {
      fields.add("unit: " + quoted(unitInTwin(term.orElse(null), ucum, unit)));
    }
    fields.add("kind: " + kind(term.orElse(null), number));
    var name = property(term.map(Term::label).orElse(spaced(parameter)));
    return name + ": { " + String.join(", ", fields) + " }" + remark(parameter, ucum, unit, term);
  }

  /** The term of a parameter that is itself a code or a refid, or is named by its code. */
  private Optional<Term> named(String parameter, boolean number, UnitText unit) {
    var code = CODED.matcher(parameter);
    boolean digits = code.matches();
    if (!digits && vocabulary.named(parameter).isEmpty()) {
      return Optional.empty();
    }
    var query =
        new TermQuery(
            "",
            digits ? Objects.requireNonNullElse(code.group(1), code.group(2)) : "",
            digits ? "" : parameter,
            number ? TermQuery.Shape.NUMBER : TermQuery.Shape.WORD,
            unit,
            TermQuery.Context.of(TermQuery.Message.OBSERVATION));
    return terms.resolve(query) instanceof Resolution.Resolved(Term term, var by, var flags)
            && !flags.contains(Resolution.Flag.OTHER_KIND)
        ? Optional.of(term)
        : Optional.empty();
  }

  /** The best term for a plain name; a number needs a unit of its dimension. */
  private Optional<Term> ranked(String parameter, boolean number, String ucum) {
    if (!number || ucum.isEmpty()) {
      return Optional.empty(); // nothing would show that the name means that term
    }
    var words = String.join(" ", Search.words(spaced(parameter)));
    return vocabulary.find(words, CANDIDATES).stream()
        .filter(Term.class::isInstance)
        .map(Term.class::cast)
        .filter(ProfileLine::isNumber)
        .filter(term -> !term.ucum().isEmpty() && units.fits(term, ucum))
        .findFirst();
  }

  private static boolean isNumber(Term term) {
    return term.kind() == Term.Kind.NUMERIC || term.kind() == Term.Kind.SETTING;
  }

  /** The term's unit where numbers can be converted to it, else the one that was sent. */
  private String unitInTwin(@Nullable Term term, String ucum, String sent) {
    if (term == null || term.ucum().isEmpty() || !units.converts(ucum, term.ucum())) {
      return ucum.isEmpty() ? (sent.isBlank() ? "1" : sent) : ucum;
    }
    return term.ucum();
  }

  private static String kind(@Nullable Term term, boolean number) {
    if (term == null) {
      return number ? "numeric" : "text";
    }
    return switch (term.kind()) {
      case NUMERIC, WAVEFORM -> number ? "numeric" : "text";
      case SETTING -> "setting";
      case ENUM -> "enum";
      case STRING, EVENT, OBJECT -> "text";
    };
  }

  private static String remark(String parameter, String ucum, String unit, Optional<Term> term) {
    var remarks = new ArrayList<String>();
    if (!unit.isBlank() && ucum.isEmpty()) {
      remarks.add(doubleQuoted(unit) + " is no unit that we know: say it under units");
    } else if (!unit.isBlank() && !ucum.equals(unit)) {
      remarks.add("and units: { " + quoted(unit) + ": " + quoted(ucum) + " }");
    }
    term.ifPresent(
        known -> {
          if (!parameter.equals(known.refid())) {
            remarks.add(known.refid());
          }
          if (known.hasSingleSource()) {
            remarks.add("code from a single source, to be confirmed");
          }
        });
    return remarks.isEmpty() ? "" : " # " + String.join("; ", remarks);
  }

  /** camelCase of a label or parameter, without what stands in brackets. */
  private static String property(String text) {
    var name = new StringBuilder();
    for (String word : NAME_BREAK.splitAsStream(ASIDE.matcher(text).replaceAll(" ")).toList()) {
      if (!word.isEmpty()) {
        var lower = word.toLowerCase(Locale.ROOT);
        name.append(
            name.isEmpty() ? lower : Character.toUpperCase(lower.charAt(0)) + lower.substring(1));
      }
    }
    return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "value" + name : name.toString();
  }

  /** {@code heartRate} in words; of names that are capitals all through nothing changes. */
  private static String spaced(String name) {
    return String.join(" ", List.of(INNER_CAPITAL.split(name)));
  }

  /** As a YAML scalar within braces. */
  private static String quoted(String text) {
    return PLAIN.matcher(text).matches() ? text : doubleQuoted(text);
  }

  private static String doubleQuoted(String text) {
    var escaped = text.replace("\\", "\\\\").replace("\"", "\\\"");
    return "\"" + CONTROL.matcher(escaped).replaceAll(ProfileLine::escape) + "\"";
  }

  private static String escape(MatchResult control) {
    return String.format(Locale.ROOT, "\\\\x%02X", (int) control.group().charAt(0));
  }
}
