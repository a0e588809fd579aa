package io.medtwin.twin.document;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Puts one entry at the end of a section of a YAML text, and leaves every other character as it is:
 * comments, order and spelling are the user's. Pure.
 */
public final class Insertion {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");
  private static final Set<String> NOT_PLAIN =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");
  private static final int USUAL_INDENT = 2;

  private final String text;
  private final String newLine;

  private Insertion(String text) {
    this.text = text;
    this.newLine = text.contains("\r\n") ? "\r\n" : "\n";
  }

  /**
   * The text with one more entry.
   *
   * @param section key of a mapping at the top of the file, made at its end where it is missing
   * @param key of the new entry
   * @param members what the entry holds, in their order
   * @return empty where the text is no YAML mapping, or the section is no mapping
   */
  public static Optional<String> into(
      String text, String section, String key, Map<String, String> members) {
    return new Insertion(text).insert(section, key, members);
  }

  private Optional<String> insert(String section, String key, Map<String, String> members) {
    if (!(root() instanceof MappingNode root)) {
      return Optional.empty();
    }
    for (NodeTuple tuple : root.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(section)) {
        return switch (tuple.getValueNode()) {
          case MappingNode mapping when isFlow(mapping) ->
              Optional.of(intoFlow(mapping, key, members));
          case MappingNode mapping -> Optional.of(intoBlock(mapping, key, members));
          case ScalarNode empty when empty.getValue().isEmpty() ->
              Optional.of(
                  afterLine(
                      end(tuple), USUAL_INDENT + column(name), key, members, false, USUAL_INDENT));
          default -> Optional.empty();
        };
      }
    }
    if (isFlow(root)) {
      return Optional.empty();
    }
    var before = text.isEmpty() || text.endsWith("\n") ? text : text + newLine;
    return Optional.of(
        before
            + newLine
            + section
            + ":"
            + newLine
            + " ".repeat(USUAL_INDENT)
            + key
            + ": "
            + flow(members)
            + newLine);
  }

  private @Nullable Node root() {
    try {
      return new Compose(LoadSettings.builder().build()).composeString(text).orElse(null);
    } catch (YamlEngineException e) {
      return null;
    }
  }

  private String intoFlow(MappingNode mapping, String key, Map<String, String> members) {
    var entry = key + ": " + flow(members);
    if (mapping.getValue().isEmpty()) {
      int brace = offset(mapping.getStartMark().orElseThrow()) + 1;
      int close = offset(mapping.getEndMark().orElseThrow()) - 1;
      return text.substring(0, brace) + " " + entry + " " + text.substring(close);
    }
    int at = end(mapping.getValue().getLast());
    return text.substring(0, at) + ", " + entry + text.substring(at);
  }

  private String intoBlock(MappingNode mapping, String key, Map<String, String> members) {
    var first = mapping.getValue().getFirst();
    var last = mapping.getValue().getLast();
    boolean inBlock = last.getValueNode() instanceof MappingNode value && !isFlow(value);
    int indent = column(first.getKeyNode());
    int step =
        last.getValueNode() instanceof MappingNode value && !isFlow(value)
            ? column(value.getValue().getFirst().getKeyNode()) - indent
            : USUAL_INDENT;
    return afterLine(end(last), indent, key, members, inBlock, step);
  }

  /** Puts the entry on lines of its own after the line of a place. */
  private String afterLine(
      int place, int indent, String key, Map<String, String> members, boolean block, int step) {
    var margin = " ".repeat(indent);
    var entry =
        block
            ? margin
                + key
                + ":"
                + members.entrySet().stream()
                    .map(
                        member ->
                            newLine
                                + margin
                                + " ".repeat(step)
                                + member.getKey()
                                + ": "
                                + quoted(member.getValue()))
                    .collect(Collectors.joining())
            : margin + key + ": " + flow(members);
    boolean atLineStart = place > 0 && text.charAt(place - 1) == '\n';
    int lineEnd = text.indexOf('\n', place);
    if (atLineStart) {
      return text.substring(0, place) + entry + newLine + text.substring(place);
    }
    if (lineEnd < 0) {
      return text + newLine + entry + newLine;
    }
    return text.substring(0, lineEnd + 1) + entry + newLine + text.substring(lineEnd + 1);
  }

  /** Where an entry ends: behind its last character that is no comment and no blank. */
  private int end(NodeTuple tuple) {
    int key = offset(tuple.getKeyNode().getEndMark().orElseThrow());
    return Math.max(key, end(tuple.getValueNode())); // an alias has the place of its anchor
  }

  private int end(Node node) {
    if (node instanceof CollectionNode<?> collection && !isFlow(collection)) {
      return switch (collection) {
        case MappingNode mapping when !mapping.getValue().isEmpty() ->
            end(mapping.getValue().getLast());
        case SequenceNode sequence when !sequence.getValue().isEmpty() ->
            end(sequence.getValue().getLast());
        default -> offset(node.getEndMark().orElseThrow());
      };
    }
    return offset(node.getEndMark().orElseThrow());
  }

  /** Marks count code points. */
  private int offset(Mark mark) {
    return text.offsetByCodePoints(0, mark.getIndex());
  }

  private static int column(Node node) {
    return node.getStartMark().map(Mark::getColumn).orElse(0);
  }

  private static boolean isFlow(CollectionNode<?> node) {
    return node.getFlowStyle() == FlowStyle.FLOW;
  }

  private static String flow(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member -> member.getKey() + ": " + quoted(member.getValue()))
        .collect(Collectors.joining(", ", "{ ", " }"));
  }

  /** A scalar that reads back as this text. */
  static String quoted(String value) {
    if (PLAIN.matcher(value).matches() && !NOT_PLAIN.contains(value.toLowerCase(Locale.ROOT))) {
      return value;
    }
    var quoted = new StringBuilder("\"");
    value
        .codePoints()
        .forEach(
            letter -> {
              if (letter == '"' || letter == '\\') {
                quoted.append('\\').appendCodePoint(letter);
              } else if (letter >= ' ' && letter <= '~' || Character.isLetterOrDigit(letter)) {
                quoted.appendCodePoint(letter);
              } else {
                quoted.append(String.format(Locale.ROOT, "\\U%08x", letter));
              }
            });
    return quoted.append('"').toString();
  }
}
