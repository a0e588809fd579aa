package io.medtwin.twin.vocabulary;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A ranked search over a few hundred rows, each with a few dozen words: it looks at all of them.
 *
 * <p>A whole name (code, refid, alias, LOINC, label, unit) counts most. Else each word of the
 * question must be a word of the row or the beginning of one; a label's word counts more than an
 * everyday name's, that more than a refid's, a whole one more than a beginning. What the label says
 * beyond the question counts a little against it, but for what stands in brackets.
 */
final class Search {

  private static final Pattern SEPARATOR = Pattern.compile("[^\\p{L}\\p{N}%°/\\[\\]{}]+");
  private static final Pattern ASIDE = Pattern.compile("\\([^)]*\\)");
  private static final int EXACT = 1_000;
  private static final int LABEL = 30;
  private static final int KEYWORD = 24;
  private static final int NAME = 12;
  private static final int GROUP = 6;
  private static final int BEGINNING = 2;
  private static final int MAX_WORDS = 12;

  /** Of equals the shorter name first: it is that of the more general term. */
  private static final Comparator<Hit> BEST_FIRST =
      Comparator.comparingInt(Hit::score)
          .thenComparingInt(Hit::weight)
          .reversed()
          .thenComparingInt(hit -> hit.name.length());

  private final List<Row> rows;
  private final Set<String> names = new LinkedHashSet<>();

  private record Row(
      Entry entry,
      String name,
      Set<String> exact,
      List<String> label,
      int labelWords,
      List<String> keywords,
      List<String> names,
      List<String> group,
      int weight) {}

  private record Hit(Entry entry, String name, int score, int weight) {}

  Search(List<Entry> entries) {
    rows = entries.stream().map(this::row).toList();
  }

  /** Every name and every word of a label, to suggest one of them. */
  Collection<String> names() {
    return names;
  }

  List<Entry> find(String question, int limit) {
    var whole = question.strip().toLowerCase(Locale.ROOT);
    var asked = words(whole).stream().limit(MAX_WORDS).toList();
    if (asked.isEmpty()) {
      return List.of();
    }
    return rows.stream()
        .map(row -> new Hit(row.entry, row.name, score(row, whole, asked), row.weight))
        .filter(hit -> hit.score > 0)
        .sorted(BEST_FIRST)
        .limit(limit)
        .map(Hit::entry)
        .toList();
  }

  private static int score(Row row, String whole, List<String> asked) {
    int score = row.exact.contains(whole) ? EXACT : 0;
    for (String word : asked) {
      int best =
          Stream.of(
                  score(word, row.label, LABEL),
                  score(word, row.keywords, KEYWORD),
                  score(word, row.names, NAME),
                  score(word, row.group, GROUP))
              .max(Comparator.naturalOrder())
              .orElse(0);
      if (best == 0 && score < EXACT) {
        return 0;
      }
      score += best;
    }
    return Math.max(1, score - Math.max(0, row.labelWords - asked.size()));
  }

  private static int score(String asked, List<String> words, int weight) {
    if (words.contains(asked)) {
      return weight;
    }
    return words.stream().anyMatch(word -> word.startsWith(asked)) ? weight / BEGINNING : 0;
  }

  private Row row(Entry entry) {
    return switch (entry) {
      case Term term -> row(term);
      case UnitTerm unit -> row(unit);
      case EnumWord word -> row(word);
    };
  }

  private Row row(Term term) {
    var exact = new ArrayList<>(List.of(term.refid(), term.label(), String.valueOf(term.code())));
    var main = ASIDE.matcher(term.label()).replaceAll("").strip();
    exact.add(main);
    exact.addAll(term.aliases());
    if (!term.loinc().isEmpty()) {
      exact.add(term.loinc());
    }
    var named = new ArrayList<>(words(term.refid()));
    term.aliases().forEach(alias -> named.addAll(words(alias)));
    names.add(term.refid());
    names.addAll(term.aliases());
    names.addAll(words(term.label()));
    names.addAll(term.keywords());
    var keywords = new ArrayList<String>();
    term.keywords()
        .forEach(
            keyword -> {
              keywords.add(keyword.toLowerCase(Locale.ROOT));
              keywords.addAll(words(keyword));
            });
    // published pairings and many sources first, where the words say nothing else
    int weight =
        2 * term.sources().size() + (term.loincBasis() == Term.LoincBasis.PUBLISHED_IG ? 10 : 0);
    return new Row(
        term,
        term.refid(),
        lower(exact),
        words(term.label()),
        words(main).size(),
        keywords,
        named,
        List.of(term.group(), Rows.word(term.kind())),
        weight);
  }

  private Row row(UnitTerm unit) {
    var exact = new ArrayList<>(List.of(unit.refid(), unit.ucum(), String.valueOf(unit.code())));
    exact.addAll(unit.otherUcum());
    exact.addAll(unit.texts());
    exact.addAll(unit.aliases());
    names.add(unit.refid());
    names.add(unit.ucum());
    names.addAll(unit.texts());
    return new Row(
        unit,
        unit.refid(),
        lower(exact),
        words(unit.ucum()),
        1,
        List.of(),
        words(unit.refid()),
        List.of("unit"),
        0);
  }

  private Row row(EnumWord word) {
    names.add(word.token());
    names.add(word.group());
    return new Row(
        word,
        word.token(),
        lower(List.of(word.token())),
        words(word.label()),
        words(word.label()).size(),
        List.of(),
        words(word.token()),
        Stream.concat(Stream.of(word.group()), words(word.group()).stream()).toList(),
        0);
  }

  private static Set<String> lower(List<String> texts) {
    var lower = new LinkedHashSet<String>();
    texts.forEach(text -> lower.add(text.toLowerCase(Locale.ROOT)));
    return lower;
  }

  static List<String> words(String text) {
    return SEPARATOR
        .splitAsStream(text.toLowerCase(Locale.ROOT))
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
