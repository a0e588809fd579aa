package io.medtwin.twin.document;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One mapping of a YAML file. Each getter notes the key as known, checks the type, and on trouble
 * adds a {@link Problem} and returns an empty result, so that reading goes on and finds the rest.
 * {@link #done} reports keys nobody asked for, with the known key that looks most like it.
 */
public final class Section {

  private static final Set<String> NOTHING = Set.of("", "~", "null");
  private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|min|h|d)");

  private final String file;
  private final String path;
  private final MappingNode node;
  private final Problems problems;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Node> keyNodes = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();

  Section(String file, String path, MappingNode node, Problems problems) {
    this.file = file;
    this.path = path;
    this.node = node;
    this.problems = problems;
    for (NodeTuple tuple : node.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key) {
        if (values.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
          problem(key, "the key \"" + key.getValue() + "\" stands twice in " + where());
        }
        keyNodes.put(key.getValue(), key);
      } else {
        problem(tuple.getKeyNode(), "a key must be plain text");
      }
    }
  }

  /** Name of the file. */
  public String file() {
    return file;
  }

  /** Line where this section begins, from 1. */
  public int line() {
    return lineOf(node);
  }

  /** Line of a key, or of this section where the key is absent. */
  public int line(String key) {
    return lineOf(nodeOf(key));
  }

  /** Where a key stands, or this section where the key is absent. */
  public Place place(String key) {
    return placeOf(nodeOf(key));
  }

  /** All keys, in order. */
  public Set<String> keys() {
    return values.keySet();
  }

  /** Whether the key is there; notes it as known. */
  public boolean has(String key) {
    known.add(key);
    return values.containsKey(key);
  }

  /** Adds a problem at a key of this section. */
  public void problemAt(String key, String message) {
    problem(nodeOf(key), message);
  }

  private Node nodeOf(String key) {
    return keyNodes.getOrDefault(key, node);
  }

  /** Text that must be there. */
  public String text(String key) {
    return optionalText(key).orElseGet(() -> missing(key, "text", ""));
  }

  /** Text that may be there. */
  public Optional<String> optionalText(String key) {
    return scalar(key, "text").map(ScalarNode::getValue);
  }

  /** Text that must match, or the problem says what was expected. */
  public Optional<String> matching(String key, Pattern pattern, String expected) {
    var text = optionalText(key);
    if (text.isPresent() && !pattern.matcher(text.get()).matches()) {
      problemAt(key, qualified(key) + ": expected " + expected + ", got \"" + text.get() + "\"");
      return Optional.empty();
    }
    return text;
  }

  /** One of the words, or the problem suggests the nearest. */
  public Optional<String> word(String key, Collection<String> words) {
    var text = optionalText(key);
    if (text.isPresent() && !words.contains(text.get())) {
      problemAt(
          key,
          qualified(key)
              + ": expected one of "
              + words
              + ", got \""
              + text.get()
              + "\""
              + Suggestion.of(text.get(), words));
      return Optional.empty();
    }
    return text;
  }

  /** A whole number within bounds. */
  public Optional<Integer> integer(String key, int min, int max) {
    return parsed(
        key,
        "a whole number from " + min + " to " + max,
        text -> {
          int number = Integer.parseInt(text.replace("_", ""));
          return number >= min && number <= max ? number : null;
        });
  }

  /** A decimal number; its scale is kept. */
  public Optional<BigDecimal> decimal(String key) {
    return parsed(
        key,
        "a number",
        text -> {
          var number = new BigDecimal(text);
          return Math.abs(number.scale()) < 30 && number.precision() < 30 ? number : null;
        });
  }

  /** {@code true} or {@code false}. */
  public Optional<Boolean> flag(String key) {
    return parsed(
        key,
        "true or false",
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true" -> Boolean.TRUE;
              case "false" -> Boolean.FALSE;
              default -> null;
            });
  }

  /** A time span such as {@code 500ms}, {@code 5s}, {@code 15min}, {@code 2h}, within bounds. */
  public Optional<Duration> duration(String key, Duration min, Duration max) {
    return parsed(
        key,
        "a time span such as 500ms, 5s, 15min or 2h, from " + min + " to " + max,
        text -> {
          var match = DURATION.matcher(text.strip());
          if (!match.matches()) {
            return null;
          }
          long amount = Long.parseLong(match.group(1));
          var span =
              switch (match.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "min" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
              };
          return span.compareTo(min) >= 0 && span.compareTo(max) <= 0 ? span : null;
        });
  }

  /** A list of texts; a single text counts as a list of one; empty where absent. */
  public List<String> texts(String key) {
    known.add(key);
    var value = values.get(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof ScalarNode scalar) {
      return List.of(scalar.getValue());
    }
    var texts = new ArrayList<String>();
    if (value instanceof SequenceNode sequence) {
      for (Node item : sequence.getValue()) {
        if (item instanceof ScalarNode scalar) {
          texts.add(scalar.getValue());
        } else {
          problem(item, qualified(key) + ": expected a list of texts");
        }
      }
      return texts;
    }
    problemAt(key, qualified(key) + ": expected a list");
    return texts;
  }

  /** A nested mapping that may be there. */
  public Optional<Section> optionalSection(String key) {
    known.add(key);
    var value = values.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof MappingNode mapping) {
      return Optional.of(new Section(file, qualified(key), mapping, problems));
    }
    problemAt(key, qualified(key) + ": expected a mapping (key: value)");
    return Optional.empty();
  }

  /** A nested mapping that must be there. */
  public Optional<Section> section(String key) {
    if (!has(key)) {
      missing(key, "a mapping (key: value)", "");
    }
    return optionalSection(key);
  }

  /** Whether the key holds plain text, not a mapping or list. */
  public boolean isText(String key) {
    known.add(key);
    return values.get(key) instanceof ScalarNode;
  }

  /**
   * This section laid over another: mappings are joined key by key, anything else of this one takes
   * the other's place, and a key without a value takes it away. Problems are told where the text
   * stands.
   */
  public Section over(Section base) {
    return new Section(file, path, joined(base.node, node), problems);
  }

  /** This section without some of its keys. */
  public Section without(Set<String> keys) {
    var left =
        node.getValue().stream()
            .filter(tuple -> keyOf(tuple).filter(keys::contains).isEmpty())
            .toList();
    return new Section(file, path, withTuples(node, left), problems);
  }

  private static MappingNode joined(MappingNode base, MappingNode own) {
    var owned = new LinkedHashMap<String, NodeTuple>();
    for (NodeTuple tuple : own.getValue()) {
      keyOf(tuple).ifPresent(key -> owned.put(key, tuple));
    }
    var tuples = new ArrayList<NodeTuple>();
    for (NodeTuple tuple : base.getValue()) {
      var over = keyOf(tuple).map(owned::remove).orElse(null);
      if (over == null) {
        tuples.add(tuple);
      } else if (over.getValueNode() instanceof MappingNode mine
          && tuple.getValueNode() instanceof MappingNode theirs) {
        tuples.add(new NodeTuple(over.getKeyNode(), joined(theirs, mine)));
      } else if (!isNothing(over.getValueNode())) {
        tuples.add(over);
      }
    }
    owned.values().stream().filter(tuple -> !isNothing(tuple.getValueNode())).forEach(tuples::add);
    return withTuples(own, tuples);
  }

  private static boolean isNothing(Node node) {
    return node instanceof ScalarNode scalar
        && scalar.getScalarStyle() == ScalarStyle.PLAIN
        && NOTHING.contains(scalar.getValue());
  }

  private static MappingNode withTuples(MappingNode like, List<NodeTuple> tuples) {
    return new MappingNode(
        like.getTag(), true, tuples, like.getFlowStyle(), like.getStartMark(), like.getEndMark());
  }

  private static Optional<String> keyOf(NodeTuple tuple) {
    return tuple.getKeyNode() instanceof ScalarNode key
        ? Optional.of(key.getValue())
        : Optional.empty();
  }

  /** Every text of a list with the line it stands in; a single text is a list of one. */
  public Map<Integer, String> textsByLine(String key) {
    known.add(key);
    var texts = new LinkedHashMap<Integer, String>();
    if (values.get(key) instanceof SequenceNode sequence) {
      for (Node item : sequence.getValue()) {
        if (item instanceof ScalarNode scalar) {
          texts.put(lineOf(item), scalar.getValue());
        } else {
          problem(item, qualified(key) + ": expected a list of texts");
        }
      }
    } else if (values.containsKey(key)) {
      problemAt(key, qualified(key) + ": expected a list of texts");
    }
    return texts;
  }

  /** Adds a problem at a line of this file. */
  public void problemAtLine(int line, String message) {
    problems.add(new Problem(file, line, message));
  }

  /** Every key with its nested mapping, for maps whose keys are names; notes all keys as known. */
  public Map<String, Section> sections() {
    var sections = new LinkedHashMap<String, Section>();
    for (String key : values.keySet()) {
      optionalSection(key).ifPresent(section -> sections.put(key, section));
    }
    return sections;
  }

  /** Every key with its text, for maps of texts; notes all keys as known. */
  public Map<String, String> textsByKey() {
    var texts = new LinkedHashMap<String, String>();
    for (String key : values.keySet()) {
      optionalText(key).ifPresent(text -> texts.put(key, text));
    }
    return texts;
  }

  /** Reports every key that no getter asked for. */
  public void done() {
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        problemAt(key, "unknown key \"" + key + "\" in " + where() + Suggestion.of(key, known));
      }
    }
  }

  private <T> Optional<T> parsed(
      String key, String expected, Function<String, @Nullable T> parser) {
    var scalar = scalar(key, expected);
    if (scalar.isEmpty()) {
      return Optional.empty();
    }
    @Nullable T value = null;
    try {
      value = parser.apply(scalar.get().getValue());
    } catch (NumberFormatException e) {
      // not a number: the problem below says what was expected
    }
    if (value == null) {
      problemAt(
          key,
          qualified(key) + ": expected " + expected + ", got \"" + scalar.get().getValue() + "\"");
      return Optional.empty();
    }
    return Optional.of(value);
  }

  private Optional<ScalarNode> scalar(String key, String expected) {
    known.add(key);
    var value = values.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof ScalarNode scalar) {
      return Optional.of(scalar);
    }
    problemAt(key, qualified(key) + ": expected " + expected + ", got a mapping or list");
    return Optional.empty();
  }

  private String missing(String key, String expected, String instead) {
    problem(node, where() + " needs \"" + key + "\" (" + expected + ")");
    return instead;
  }

  /** A part that came from another file is told of there. */
  private void problem(Node at, String message) {
    problems.add(placeOf(at).problem(message));
  }

  private Place placeOf(Node at) {
    return new Place(at.getStartMark().map(Mark::getName).orElse(file), lineOf(at));
  }

  private String qualified(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private String where() {
    return path.isEmpty() ? "the file" : path;
  }

  private static int lineOf(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }
}
