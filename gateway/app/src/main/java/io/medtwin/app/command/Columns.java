package io.medtwin.app.command;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Tables and numbers as a terminal shows them. Pure. */
final class Columns {

  private Columns() {}

  /** Rows, the first being heads, each column as wide as its widest cell. */
  static List<String> of(List<List<String>> rows) {
    int count = rows.getFirst().size();
    var widths = new int[count];
    for (List<String> row : rows) {
      for (int i = 0; i < count; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
    }
    return line.toString().stripTrailing();
  }

  /** {@code 3 d 4 h}, {@code 2 h 5 min}, {@code 12 s}. */
  static String span(Duration span) {
    long seconds = Math.max(0, span.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3_600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    return seconds < 86_400
        ? seconds / 3_600 + " h " + seconds % 3_600 / 60 + " min"
        : seconds / 86_400 + " d " + seconds % 86_400 / 3_600 + " h";
  }

  /** {@code 512 B}, {@code 1.5 MiB}. */
  static String bytes(long bytes) {
    if (bytes < 1_024) {
      return bytes + " B";
    }
    double amount = bytes;
    int unit = 0;
    while (amount >= 1_024 && unit < 4) {
      amount /= 1_024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %ciB", amount, " KMGT".charAt(unit));
  }
}
