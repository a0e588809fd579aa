package io.medtwin.app.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two outputs of one capture: values, alerts and discards, side by side where
 * time, device and the device's own name for it are the same. Merges follow from these and are left
 * out.
 */
public final class Difference {

  private final Side one;
  private final Side other;

  /** One output, a millisecond of it at a time. */
  private static final class Side {

    private final BufferedReader lines;
    private @Nullable String next;

    Side(BufferedReader lines) throws IOException {
      this.lines = lines;
      this.next = lines.readLine();
    }

    @Nullable String time() {
      var line = next;
      return line == null ? null : line.substring(0, line.indexOf(' '));
    }

    /** What was said at that time, by device and name. */
    Map<String, List<String>> take(String time) throws IOException {
      var said = new TreeMap<String, List<String>>();
      var start = time + " ";
      for (var line = next; line != null && line.startsWith(start); line = next) {
        said(line.substring(start.length()), said);
        next = lines.readLine();
      }
      return said;
    }

    private static void said(String words, Map<String, List<String>> said) {
      int equals = words.indexOf(" = ");
      int discarded = words.indexOf(" discarded ");
      int space = words.indexOf(' ');
      boolean isReport = words.startsWith("#", space + 1);
      if (words.startsWith("merge ", space + 1) || isReport) {
        return;
      }
      if (equals > 0) {
        said.computeIfAbsent(words.substring(0, equals), name -> new ArrayList<>())
            .add(words.substring(equals + 3));
      } else if (discarded > 0) {
        said.computeIfAbsent(words.substring(0, discarded), name -> new ArrayList<>())
            .add(words.substring(discarded + 1));
      } else {
        said.computeIfAbsent(words.substring(0, space), name -> new ArrayList<>())
            .add(words.substring(space + 1));
      }
    }
  }

  private Difference(Side one, Side other) {
    this.one = one;
    this.other = other;
  }

  /**
   * Tells each difference.
   *
   * @return how many there are
   */
  public static long between(BufferedReader one, BufferedReader other, Consumer<String> told)
      throws IOException {
    return new Difference(new Side(one), new Side(other)).tell(told);
  }

  private long tell(Consumer<String> told) throws IOException {
    long count = 0;
    while (true) {
      var a = one.time();
      var b = other.time();
      if (a == null && b == null) {
        return count;
      }
      var time = a == null ? b : b == null || millis(a) <= millis(b) ? a : b;
      if (time == null) {
        return count;
      }
      count += differ(time, one.take(time), other.take(time), told);
    }
  }

  private static long millis(String time) {
    return Long.parseLong(time.replace(".", ""));
  }

  private static long differ(
      String time,
      Map<String, List<String>> one,
      Map<String, List<String>> other,
      Consumer<String> told) {
    long count = 0;
    var names = new TreeSet<>(one.keySet());
    names.addAll(other.keySet());
    for (String name : names) {
      var before = one.getOrDefault(name, List.of());
      var after = other.getOrDefault(name, List.of());
      for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
        var was = i < before.size() ? before.get(i) : "nothing";
        var is = i < after.size() ? after.get(i) : "nothing";
        if (!was.equals(is)) {
          count++;
          told.accept(time + " " + name + "\n  - " + was + "\n  + " + is);
        }
      }
    }
    return count;
  }
}
