package io.medtwin.twin.vocabulary;

import io.medtwin.twin.document.Problems;
import io.medtwin.twin.vocabulary.Rows.Row;
import io.medtwin.twin.vocabulary.Term.Kind;
import io.medtwin.twin.vocabulary.Term.LoincBasis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Reads the five files of the vocabulary. */
final class VocabularyReader {

  private static final List<String> TERM_COLUMNS =
      List.of(
          "code",
          "refid",
          "label",
          "kind",
          "group",
          "ucum",
          "other_ucum",
          "mdc_unit",
          "loinc",
          "loinc_basis",
          "plausible_low",
          "plausible_high",
          "enum_group",
          "aliases",
          "keywords",
          "source_count",
          "sources",
          "note");
  private static final List<String> OBJECT_COLUMNS =
      List.of(
          "code",
          "refid",
          "level",
          "label",
          "aliases",
          "keywords",
          "source_count",
          "sources",
          "note");
  private static final List<String> UNIT_COLUMNS =
      List.of(
          "code",
          "refid",
          "ucum",
          "other_ucum",
          "texts",
          "aliases",
          "source_count",
          "sources",
          "note");
  private static final List<String> ENUM_COLUMNS =
      List.of("group", "token", "meaning", "twin_value", "source_count", "sources", "note");
  private static final List<String> TRAP_COLUMNS = List.of("code", "trap", "term", "note");

  private final Path folder;
  private final Problems problems;
  private final Set<Integer> codes = new HashSet<>();
  private final Set<String> enumGroups = new HashSet<>();
  private final Set<String> unitNames = new HashSet<>();

  private VocabularyReader(Path folder, Problems problems) {
    this.folder = folder;
    this.problems = problems;
  }

  static Vocabulary read(Path folder, Problems problems) {
    return new VocabularyReader(folder, problems).read();
  }

  private Vocabulary read() {
    var units = rows("units.csv", UNIT_COLUMNS, this::unit);
    units.forEach(unit -> unitNames.add(unit.refid()));
    var words = rows("enums.csv", ENUM_COLUMNS, VocabularyReader::enumWord);
    words.forEach(word -> enumGroups.add(word.group()));
    var terms = new ArrayList<>(rows("terms.csv", TERM_COLUMNS, this::term));
    terms.addAll(rows("objects.csv", OBJECT_COLUMNS, this::object));
    var traps = rows("traps.csv", TRAP_COLUMNS, this::trap);
    return new Vocabulary(terms, units, words, traps);
  }

  private <T> List<T> rows(String name, List<String> columns, Function<Row, T> read) {
    var result = new ArrayList<T>();
    new Rows(folder.resolve(name), problems).forEach(columns, row -> result.add(read.apply(row)));
    return result;
  }

  private Term term(Row row) {
    var loinc = row.text("loinc");
    var low = row.decimal("plausible_low");
    var high = row.decimal("plausible_high");
    if (low != null && high != null && low.compareTo(high) >= 0) {
      throw new IllegalArgumentException("plausible_low must be below plausible_high");
    }
    return new Term(
        unused(row),
        row.needed("refid"),
        row.needed("label"),
        row.word("kind", Kind.class),
        row.needed("group"),
        row.text("ucum"),
        row.words("other_ucum"),
        known(row, "mdc_unit", unitNames),
        loinc,
        loinc.isEmpty() ? null : row.word("loinc_basis", LoincBasis.class),
        low,
        high,
        known(row, "enum_group", enumGroups),
        row.words("aliases"),
        row.words("keywords"),
        row.sources(),
        row.text("note"));
  }

  private Term object(Row row) {
    return new Term(
        unused(row),
        row.needed("refid"),
        row.needed("label"),
        Kind.OBJECT,
        row.needed("level"),
        "",
        List.of(),
        "",
        "",
        null,
        null,
        null,
        "",
        row.words("aliases"),
        row.words("keywords"),
        row.sources(),
        row.text("note"));
  }

  private UnitTerm unit(Row row) {
    return new UnitTerm(
        unused(row),
        row.needed("refid"),
        row.needed("ucum"),
        row.words("other_ucum"),
        row.words("texts"),
        row.words("aliases"),
        row.sources(),
        row.text("note"));
  }

  private static EnumWord enumWord(Row row) {
    return new EnumWord(
        row.needed("group"),
        row.needed("token"),
        row.needed("meaning"),
        row.text("twin_value"),
        row.sources(),
        row.text("note"));
  }

  private Trap trap(Row row) {
    var term = row.code("term");
    if (!codes.contains(term)) {
      throw new IllegalArgumentException("no term has the code " + term);
    }
    return new Trap(row.code("code"), row.word("trap", Trap.Kind.class), term, row.needed("note"));
  }

  private int unused(Row row) {
    int code = row.code("code");
    if (!codes.add(code)) {
      throw new IllegalArgumentException("the code " + code + " stands twice");
    }
    return code;
  }

  private static String known(Row row, String column, Set<String> words) {
    var text = row.text(column);
    if (!text.isEmpty() && !words.contains(text)) {
      throw new IllegalArgumentException("\"" + column + "\": nothing is called \"" + text + "\"");
    }
    return text;
  }
}
