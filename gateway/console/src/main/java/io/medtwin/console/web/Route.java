package io.medtwin.console.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One method and path, and who answers it.
 *
 * @param method {@code GET}, which answers {@code HEAD} too, {@code POST}, {@code PUT}, {@code
 *     DELETE}
 * @param path with {@code {name}} in place of whole segments
 * @param endpoint who answers
 */
public record Route(String method, String path, Endpoint endpoint) {

  /** Parts of a path that fit, by name, or empty where it does not. */
  Optional<Map<String, String>> match(List<String> segments) {
    var pattern = segments(path);
    if (pattern.size() != segments.size()) {
      return Optional.empty();
    }
    var parts = new TreeMap<String, String>();
    for (int i = 0; i < pattern.size(); i++) {
      var expected = pattern.get(i);
      var segment = segments.get(i);
      if (expected.startsWith("{") && !segment.isEmpty()) {
        parts.put(expected.substring(1, expected.length() - 1), segment);
      } else if (!expected.equals(segment)) {
        return Optional.empty();
      }
    }
    return Optional.of(parts);
  }

  boolean answers(String asked) {
    return method.equals(asked) || (method.equals("GET") && asked.equals("HEAD"));
  }

  /** Segments of a path, without the first slash. */
  static List<String> segments(String path) {
    var segments = new ArrayList<String>();
    int from = 1;
    for (int at = path.indexOf('/', from); at >= 0; at = path.indexOf('/', from)) {
      segments.add(path.substring(from, at));
      from = at + 1;
    }
    segments.add(path.substring(Math.min(from, path.length())));
    return segments;
  }
}
