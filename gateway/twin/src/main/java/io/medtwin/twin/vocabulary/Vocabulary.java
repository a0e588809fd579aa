package io.medtwin.twin.vocabulary;

import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.document.Suggestion;
import io.medtwin.twin.normalizer.Units;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Terms, units and enumerations, by every name they have. Immutable, safe for any thread. Reading
 * it first takes 0.3 s of processor time, most of it for loading classes; nothing on the way of a
 * reading needs it, so only commands load it.
 */
public final class Vocabulary {

  /** Most units, words and terms that a search gives. */
  public static final int FIND_LIMIT = 200;

  private final List<Term> terms;
  private final List<UnitTerm> units;
  private final List<EnumWord> words;
  private final Map<Integer, Term> byCode = new HashMap<>();
  private final Map<String, List<Term>> byName = new HashMap<>();
  private final Map<String, List<Term>> byLoinc = new HashMap<>();
  private final Map<Integer, UnitTerm> unitByCode = new HashMap<>();
  private final Map<String, List<UnitTerm>> unitBySpelling = new HashMap<>();
  private final Map<String, List<UnitTerm>> unitByText = new HashMap<>();
  private final Map<Integer, List<Trap>> traps = new HashMap<>();
  private final Search search;

  Vocabulary(List<Term> terms, List<UnitTerm> units, List<EnumWord> words, List<Trap> traps) {
    this.terms = terms.stream().sorted(Comparator.comparingInt(Term::code)).toList();
    this.units = units.stream().sorted(Comparator.comparingInt(UnitTerm::code)).toList();
    this.words = List.copyOf(words);
    for (Term term : this.terms) {
      byCode.put(term.code(), term);
      put(byName, term.refid(), term);
      term.aliases().forEach(alias -> put(byName, alias, term));
      if (!term.loinc().isEmpty()) {
        put(byLoinc, term.loinc(), term);
      }
    }
    for (UnitTerm unit : this.units) {
      unitByCode.put(unit.code(), unit);
      put(unitBySpelling, unit.ucum(), unit);
      unit.otherUcum().forEach(text -> put(unitBySpelling, text, unit));
      put(unitByText, unit.refid().toLowerCase(Locale.ROOT), unit);
      unit.aliases().forEach(text -> put(unitByText, text.toLowerCase(Locale.ROOT), unit));
      unit.texts().forEach(text -> put(unitByText, text.toLowerCase(Locale.ROOT), unit));
    }
    traps.forEach(trap -> put(this.traps, trap.code(), trap));
    this.search = new Search(entries());
  }

  private static <K, V> void put(Map<K, List<V>> map, K key, V value) {
    map.computeIfAbsent(key, k -> new ArrayList<>(1)).add(value);
  }

  /**
   * Reads the files of a folder: {@code terms.csv}, {@code objects.csv}, {@code units.csv}, {@code
   * enums.csv}, {@code traps.csv}, at most 1 MiB each. What is wrong lands in {@code problems}, and
   * that row is left out.
   */
  public static Vocabulary read(Path folder, Problems problems) {
    return VocabularyReader.read(folder, problems);
  }

  /**
   * The same, whole.
   *
   * @throws DocumentException a file is missing, or a row is wrong; names all of them
   */
  public static Vocabulary read(Path folder) throws DocumentException {
    var problems = new Problems();
    var vocabulary = read(folder, problems);
    problems.throwIfAny();
    return vocabulary;
  }

  /** Every term, by code. */
  public List<Term> terms() {
    return terms;
  }

  /** Every unit, by code. */
  public List<UnitTerm> units() {
    return units;
  }

  /** Every word of every enumeration, group by group. */
  public List<EnumWord> words() {
    return words;
  }

  /** The words of one enumeration; empty where nothing is called so. */
  public List<EnumWord> words(String group) {
    return words.stream().filter(word -> word.group().equals(group)).toList();
  }

  /** The term of a context-free code. */
  public Optional<Term> term(long code) {
    return code == (int) code ? Optional.ofNullable(byCode.get((int) code)) : Optional.empty();
  }

  /** The terms that carry a refid or an alias: none, one, or more where a refid was reused. */
  public List<Term> named(String name) {
    return List.copyOf(byName.getOrDefault(name, List.of()));
  }

  /** The terms beside which a LOINC code stands. */
  public List<Term> withLoinc(String loinc) {
    return List.copyOf(byLoinc.getOrDefault(loinc, List.of()));
  }

  /** The unit of a context-free code, or of its 16 bits in partition 4, where all units are. */
  public Optional<UnitTerm> unit(long code) {
    if (code <= 0 || code != (int) code) {
      return Optional.empty();
    }
    int full = code < Codes.PARTITION ? Codes.of(Codes.UNITS, (int) code) : (int) code;
    return Optional.ofNullable(unitByCode.get(full));
  }

  /**
   * The units that a text means, by UCUM spelling, refid, or as devices write it. Several where one
   * UCUM unit has several codes, such as {@code /min}.
   */
  public List<UnitTerm> unitsSpelled(String text) {
    var ucum = unitsOfUcum(text);
    return ucum.isEmpty() ? unitsOfText(text) : ucum;
  }

  /** By UCUM spelling alone. */
  List<UnitTerm> unitsOfUcum(String ucum) {
    return List.copyOf(unitBySpelling.getOrDefault(ucum, List.of()));
  }

  /** By refid, or as devices write it, letter case ignored. */
  List<UnitTerm> unitsOfText(String text) {
    return List.copyOf(unitByText.getOrDefault(text.toLowerCase(Locale.ROOT), List.of()));
  }

  /**
   * Terms, units and words that fit the words of a question best, the best first: over label,
   * refid, aliases, code, LOINC, everyday names and group. All words of the question must be found.
   *
   * @param limit most entries, up to {@link #FIND_LIMIT}
   */
  public List<Entry> find(String question, int limit) {
    return search.find(question, Math.min(limit, FIND_LIMIT));
  }

  /** {@code "; did you mean …"} for a name that nothing has, or the first word of several. */
  public String suggestionFor(String typed) {
    var words = List.of(typed.strip().split("\\s+"));
    return (words.size() == 1
            ? words.stream()
            : words.stream().filter(word -> search.find(word, 1).isEmpty()))
        .map(word -> Suggestion.of(word, search.names()))
        .filter(suggestion -> !suggestion.isEmpty())
        .findFirst()
        .orElse("");
  }

  /**
   * A line for the {@code channels} of a profile, ready to be pasted, for a parameter that has no
   * place yet. The parameter may be an 11073 code or refid; a plain name such as {@code heart-rate}
   * gets the best term whose unit has the dimension of what was sent, or no code.
   *
   * @param parameter as the driver calls it
   * @param value as last said; tells a number from a word
   * @param unit as sent; empty for words
   */
  public String suggestLine(String parameter, String value, String unit, Units conversions) {
    return new ProfileLine(this, conversions).suggest(parameter, value, unit);
  }

  /** Whether a message with these codes has the meanings of before 2015. */
  public Edition edition(Collection<Integer> codesOfTheMessage) {
    boolean current =
        codesOfTheMessage.stream()
            .anyMatch(code -> trap(code, Trap.Kind.MARKS_CURRENT).isPresent());
    boolean older =
        codesOfTheMessage.stream()
            .anyMatch(code -> trap(code, Trap.Kind.MARKS_BEFORE_2015).isPresent());
    return older && !current ? Edition.BEFORE_2015 : Edition.CURRENT;
  }

  Optional<Trap> trap(long code, Trap.Kind kind) {
    if (code != (int) code) {
      return Optional.empty();
    }
    return traps.getOrDefault((int) code, List.of()).stream()
        .filter(trap -> trap.kind() == kind)
        .findAny();
  }

  /** Whether a wave's term is also that of a single number. */
  boolean isAlsoNumber(Term term) {
    return trap(term.code(), Trap.Kind.ALSO_A_NUMBER).isPresent();
  }

  /** The term that a trap means; the reader has seen that it is there. */
  Term meant(Trap trap) {
    return term(trap.term()).orElseThrow();
  }

  private List<Entry> entries() {
    var entries = new ArrayList<Entry>(terms);
    entries.addAll(units);
    entries.addAll(words);
    return entries;
  }
}
