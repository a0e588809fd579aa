package io.medtwin.twin.vocabulary;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.medtwin.twin.document.Problem;
import io.medtwin.twin.document.Problems;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of one CSV file, and what is wrong with them. One thread. */
final class Rows {

  /** Largest file that is read: 1 MiB. */
  static final int MAX_BYTES = 1 << 20;

  private static final Pattern SPACES = Pattern.compile(" +");
  private static final Pattern SOURCES = Pattern.compile("; *");

  private final Path file;
  private final Problems problems;

  Rows(Path file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** Hands each row on; a row that cannot be read is a problem, and reading goes on after it. */
  void forEach(List<String> columns, Consumer<Row> take) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        problems.add(new Problem(file.toString(), 0, "is larger than " + MAX_BYTES + " bytes"));
        return;
      }
      try (var reader = CsvReader.builder().ofNamedCsvRecord(file)) {
        boolean checked = false;
        for (NamedCsvRecord line : reader) {
          if (!checked && !line.getHeader().equals(columns)) {
            problems.add(
                new Problem(
                    file.toString(),
                    1,
                    "expected the columns " + columns + ", got " + line.getHeader()));
            return;
          }
          checked = true;
          read(new Row(line), take);
        }
      }
    } catch (IOException | CsvParseException e) {
      problems.add(new Problem(file.toString(), 0, "cannot be read: " + e));
    }
  }

  private void read(Row row, Consumer<Row> take) {
    try {
      take.accept(row);
    } catch (IllegalArgumentException e) {
      row.problem(String.valueOf(e.getMessage()));
    }
  }

  /** One row; its readers throw {@link IllegalArgumentException} with what is wrong. */
  final class Row {

    private final NamedCsvRecord line;

    private Row(NamedCsvRecord line) {
      this.line = line;
    }

    void problem(String message) {
      problems.add(new Problem(file.toString(), (int) line.getStartingLineNumber(), message));
    }

    String text(String column) {
      return line.getField(column);
    }

    String needed(String column) {
      var text = text(column);
      if (text.isBlank()) {
        throw new IllegalArgumentException("\"" + column + "\" is empty");
      }
      return text;
    }

    int code(String column) {
      var text = needed(column);
      try {
        int code = Integer.parseInt(text);
        if (code > 0) {
          return code;
        }
      } catch (NumberFormatException e) {
        // told below
      }
      throw new IllegalArgumentException(
          "\"" + column + "\": expected a whole number above 0, got \"" + text + "\"");
    }

    @Nullable BigDecimal decimal(String column) {
      var text = text(column);
      try {
        return text.isEmpty() ? null : new BigDecimal(text);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "\"" + column + "\": expected a number, got \"" + text + "\"", e);
      }
    }

    List<String> words(String column) {
      return split(SPACES, text(column));
    }

    /** The sources, which must be as many as the row says. */
    List<String> sources() {
      var sources = split(SOURCES, needed("sources"));
      var counted = code("source_count");
      if (counted != sources.size()) {
        throw new IllegalArgumentException(
            "source_count is " + counted + ", the sources are " + sources);
      }
      return sources;
    }

    <E extends Enum<E>> E word(String column, Class<E> type) {
      var text = needed(column);
      for (E constant : type.getEnumConstants()) {
        if (Rows.word(constant).equals(text)) {
          return constant;
        }
      }
      throw new IllegalArgumentException(
          "\""
              + column
              + "\": expected one of "
              + Stream.of(type.getEnumConstants()).map(Rows::word).toList()
              + ", got \""
              + text
              + "\"");
    }

    private List<String> split(Pattern separator, String text) {
      return text.isBlank() ? List.of() : List.of(separator.split(text.strip()));
    }
  }

  /** {@code before-2015} for {@code BEFORE_2015}. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
