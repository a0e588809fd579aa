package io.medtwin.app.metrics;

import io.medtwin.app.metrics.Explained.Type;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every metric and what it means: read from {@code catalogue.txt}, whose head says how. */
public final class Catalogue {

  private static final String FILE = "catalogue.txt";

  private final Map<String, Explained> metrics = new LinkedHashMap<>();

  private Catalogue() {}

  /** That of this build. */
  public static Catalogue read() {
    try (var in = Catalogue.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is not on the class path");
      }
      return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Catalogue of(String text) {
    var catalogue = new Catalogue();
    var lines = new ArrayDeque<String>();
    text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(lines::add);
    var section = "";
    while (!lines.isEmpty()) {
      var line = lines.remove();
      if (line.startsWith("= ")) {
        section = line.substring(2);
      } else {
        catalogue.add(metric(section, line, after('?', lines.poll()), after('!', lines.poll())));
      }
    }
    return catalogue;
  }

  private static Explained metric(String section, String line, String meaning, String remedy) {
    var parts = Stream.of(line.split("\\|", -1)).map(String::strip).toList();
    if (parts.size() != 4 || section.isEmpty()) {
      throw new IllegalArgumentException("expected name | type | unit | labels, got " + line);
    }
    return new Explained(
        section,
        parts.get(0),
        Type.valueOf(parts.get(1).toUpperCase(Locale.ROOT)),
        parts.get(2),
        parts.get(3).isEmpty() ? List.of() : List.of(parts.get(3).split(";\\s*")),
        meaning,
        remedy);
  }

  private static String after(char mark, @Nullable String line) {
    if (line == null || line.length() < 3 || line.charAt(0) != mark) {
      throw new IllegalArgumentException("expected a line with " + mark + ", got " + line);
    }
    return line.substring(2);
  }

  private void add(Explained metric) {
    if (metrics.put(metric.name(), metric) != null) {
      throw new IllegalArgumentException(metric.name() + " is explained twice");
    }
  }

  /** All, in the order of the page. */
  public List<Explained> all() {
    return List.copyOf(metrics.values());
  }

  /** The one of that name. */
  public Optional<Explained> find(String name) {
    return Optional.ofNullable(metrics.get(name));
  }

  /**
   * The one of that name, which must be there.
   *
   * @throws NoSuchElementException nobody explained it
   */
  Explained get(String name) {
    return find(name).orElseThrow(() -> new NoSuchElementException(name + " is not explained"));
  }
}
