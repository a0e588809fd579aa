package io.medtwin.app.view;

import java.util.ArrayList;
import java.util.List;

/** What changed between two texts that differ in one place, as a unified diff. Pure. */
public final class LineDiff {

  private static final int CONTEXT = 2;

  private LineDiff() {}

  /** The lines; none where the texts are the same. */
  public static List<String> lines(String name, String before, String after) {
    var old = before.lines().toList();
    var now = after.lines().toList();
    int least = Math.min(old.size(), now.size());
    int same = 0;
    while (same < least && old.get(same).equals(now.get(same))) {
      same++;
    }
    int tail = 0;
    while (tail < least - same
        && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
      tail++;
    }
    if (same == old.size() && same == now.size()) {
      return List.of();
    }
    int from = Math.max(0, same - CONTEXT);
    int oldTo = Math.min(old.size(), old.size() - tail + CONTEXT);
    int nowTo = Math.min(now.size(), now.size() - tail + CONTEXT);
    var lines = new ArrayList<String>();
    lines.add("--- " + name);
    lines.add("+++ " + name);
    lines.add("@@ -" + range(from, oldTo) + " +" + range(from, nowTo) + " @@");
    old.subList(from, same).forEach(line -> lines.add(" " + line));
    old.subList(same, old.size() - tail).forEach(line -> lines.add("-" + line));
    now.subList(same, now.size() - tail).forEach(line -> lines.add("+" + line));
    now.subList(now.size() - tail, nowTo).forEach(line -> lines.add(" " + line));
    return lines;
  }

  private static String range(int from, int to) {
    return (from + 1) + "," + (to - from);
  }
}
