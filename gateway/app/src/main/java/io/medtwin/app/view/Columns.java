package io.medtwin.app.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Plain text in columns as wide as what is in them. Pure. */
public final class Columns {

  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /** A table with those headings. */
  public Columns(String... headings) {
    rows.add(List.of(headings));
  }

  /** Adds a row. */
  public Columns row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** Whether there are no rows below the headings. */
  public boolean isEmpty() {
    return rows.size() == 1;
  }

  /** All lines, the headings first. */
  public List<String> lines() {
    int columns = rows.getFirst().size();
    var widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    var lines = new ArrayList<String>();
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length())).append(GAP);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  /** How long ago, in one word or two: {@code 3 s}; a dash for never. */
  public static String ago(@Nullable Instant then, Instant now) {
    if (then == null) {
      return "–";
    }
    long seconds = Math.max(0, Duration.between(then, now).toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 7_200) {
      return seconds / 60 + " min";
    }
    return seconds < 172_800 ? seconds / 3_600 + " h" : seconds / 86_400 + " d";
  }

  /** A text of at most so many characters. */
  public static String clipped(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  /** {@code 3 d 4 h}, {@code 2 h 5 min}, {@code 12 s}. */
  public static String span(Duration span) {
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
  public static String bytes(long bytes) {
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
