package io.medtwin.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Figures with a name. Not for several threads.
 *
 * <p>A cell is a text, a whole number, or a double, which is shown with three significant digits.
 */
public final class Table {

  private final String title;
  private final List<String> columns;
  private final List<List<Object>> rows = new ArrayList<>();

  /** An empty table; units belong into the columns' names. */
  public Table(String title, String... columns) {
    this.title = title;
    this.columns = List.of(columns);
  }

  /** Adds a row: a cell for each column. */
  public Table add(Object... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          title + ": " + cells.length + " cells for " + columns.size() + " columns");
    }
    rows.add(List.of(cells));
    return this;
  }

  /** What it is called. */
  public String title() {
    return title;
  }

  /** Names of the columns. */
  public List<String> columns() {
    return columns;
  }

  /** The cells, row by row. */
  public List<List<Object>> rows() {
    return List.copyOf(rows);
  }

  /** As GitHub's markdown has it. */
  public String markdown() {
    var text = new StringBuilder();
    text.append("| ").append(String.join(" | ", columns)).append(" |\n|");
    for (int column = 0; column < columns.size(); column++) {
      text.append(isNumeric(column) ? " ---: |" : " --- |");
    }
    text.append('\n');
    for (List<Object> row : rows) {
      text.append("| ")
          .append(String.join(" | ", row.stream().map(Table::shown).toList()))
          .append(" |\n");
    }
    return text.toString();
  }

  private boolean isNumeric(int column) {
    return !rows.isEmpty() && rows.getFirst().get(column) instanceof Number;
  }

  /** A cell as a reader sees it: three significant digits, thousands apart. */
  static String shown(Object cell) {
    if (cell instanceof Double number) {
      if (!Double.isFinite(number)) {
        return "–";
      }
      int whole = (int) Math.floor(Math.log10(Math.max(1e-9, Math.abs(number)))) + 1;
      int decimals = number == 0 ? 0 : Math.clamp(3L - whole, 0, 4);
      return String.format(Locale.ROOT, "%,." + decimals + "f", number);
    }
    if (cell instanceof Long || cell instanceof Integer) {
      return String.format(Locale.ROOT, "%,d", ((Number) cell).longValue());
    }
    return cell.toString();
  }
}
