package io.medtwin.app.command;

import io.medtwin.twin.vocabulary.Entry;
import io.medtwin.twin.vocabulary.EnumWord;
import io.medtwin.twin.vocabulary.Term;
import io.medtwin.twin.vocabulary.UnitTerm;
import io.medtwin.twin.vocabulary.Vocabulary;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Rows of the vocabulary for people: a title, then one fact a line. */
final class VocabText {

  private final PrintStream out;

  private VocabText(PrintStream out) {
    this.out = out;
  }

  static void print(PrintStream out, List<Entry> entries, Vocabulary vocabulary) {
    var text = new VocabText(out);
    boolean first = true;
    for (Entry entry : entries) {
      if (!first) {
        out.println();
      }
      first = false;
      switch (entry) {
        case Term term -> text.term(term, vocabulary);
        case UnitTerm unit -> text.unit(unit);
        case EnumWord word -> text.word(word);
      }
      text.origin(entry);
    }
  }

  private void term(Term term, Vocabulary vocabulary) {
    out.println(term.code() + "  " + term.refid());
    fact("label", term.label());
    fact("kind", kind(term) + ", " + term.group());
    fact("code", "partition " + term.partition() + ", term " + term.termCode());
    fact("unit", unitOf(term, vocabulary));
    fact("also sent", String.join(", ", term.otherUcum()));
    fact("LOINC", loinc(term));
    fact("plausible", plausible(term));
    fact("words", words(term, vocabulary));
    fact("aliases", String.join(", ", term.aliases()));
  }

  private void unit(UnitTerm unit) {
    out.println(unit.code() + "  " + unit.refid());
    fact("unit", unit.ucum());
    fact("also UCUM", String.join(", ", unit.otherUcum()));
    fact("devices", String.join(", ", unit.texts()));
    fact("aliases", String.join(", ", unit.aliases()));
  }

  private void word(EnumWord word) {
    out.println(word.token());
    fact("means", word.label());
    fact("of", word.group());
    fact("in twin", word.twinValue());
  }

  private void origin(Entry entry) {
    fact(
        "sources",
        String.join(", ", entry.sources())
            + (entry.hasSingleSource()
                ? " alone: to be confirmed before a value depends on it elsewhere"
                : ""));
    fact("note", entry.note());
  }

  private void fact(String name, String text) {
    if (!text.isEmpty()) {
      out.printf(Locale.ROOT, "  %-10s %s%n", name, text);
    }
  }

  static String kind(Term term) {
    return term.kind().name().toLowerCase(Locale.ROOT);
  }

  /** {@code published} or {@code name match}, in words. */
  static String basis(Term.LoincBasis basis) {
    return switch (basis) {
      case PUBLISHED_IG -> "a published implementation guide pairs the two";
      case NAME_MATCH -> "by its name, not confirmed yet";
    };
  }

  private static String unitOf(Term term, Vocabulary vocabulary) {
    if (term.ucum().isEmpty()) {
      return "";
    }
    return term.ucum()
        + vocabulary.units().stream()
            .filter(unit -> unit.refid().equals(term.mdcUnit()))
            .map(unit -> ", " + unit.refid() + " " + unit.code())
            .findFirst()
            .orElse("");
  }

  private static String loinc(Term term) {
    var basis = term.loincBasis();
    return basis == null ? "" : term.loinc() + ", " + basis(basis);
  }

  private static String plausible(Term term) {
    var low = term.plausibleLow();
    var high = term.plausibleHigh();
    if (low == null && high == null) {
      return "";
    }
    return bound("from ", low)
        + (low != null && high != null ? " " : "")
        + bound("to ", high)
        + " "
        + term.ucum()
        + "; outside is questionable, never an alert";
  }

  private static String bound(String word, @Nullable BigDecimal bound) {
    return bound == null ? "" : word + bound.toPlainString();
  }

  private static String words(Term term, Vocabulary vocabulary) {
    return String.join(
        ", ", vocabulary.words(term.enumGroup()).stream().map(EnumWord::token).toList());
  }
}
