package io.medtwin.driver.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tables are those of the vocabulary: a term that is added there is added here. */
class MdcTablesTest {

  private static final Path VOCABULARY = Path.of("../../device-profiles/vocabulary");
  private static final Pattern CELLS = Pattern.compile("\"([^\"]*)\"|([^,\"]+)|(?<=,)(?=,)");
  private static final int CODE = 0;
  private static final int REFID = 1;

  @Test
  void everyTermAndObjectOfTheVocabularyHasItsNumber() throws Exception {
    var seen = new HashSet<String>();
    for (String table : List.of("terms.csv", "objects.csv")) {
      for (List<String> row : rows(table)) {
        if (seen.add(row.get(REFID))) {
          assertThat(MdcTables.code(row.get(REFID)))
              .as(row.get(REFID))
              .hasValue(Long.parseLong(row.get(CODE)));
        }
      }
    }
    assertThat(seen).hasSizeGreaterThan(200);
  }

  @Test
  void everyUnitOfTheVocabularyHasItsUcum() throws Exception {
    var rows = rows("units.csv");
    for (List<String> row : rows) {
      assertThat(MdcTables.unit(row.get(CODE))).as(row.get(REFID)).hasValue(row.get(2));
      assertThat(MdcTables.unit(row.get(REFID))).hasValue(row.get(2));
    }
    assertThat(rows).hasSizeGreaterThan(40);
  }

  private static List<List<String>> rows(String table) throws Exception {
    return Files.readAllLines(VOCABULARY.resolve(table)).stream()
        .skip(1)
        .map(line -> CELLS.matcher(line).results().map(cell -> cell.group()).toList())
        .toList();
  }
}
