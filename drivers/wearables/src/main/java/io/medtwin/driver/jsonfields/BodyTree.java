package io.medtwin.driver.jsonfields;

import io.medtwin.driver.internal.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A body that grows path by path. What stands at a path stays: a second value for it, or one that
 * would have to stand inside a number or word, is not taken. Elements of an array that nobody set
 * are empty objects, in which no driver looks for a value. Used by one thread.
 */
final class BodyTree {

  /** Highest index of an array that is written; a value beyond is not taken. */
  static final int MAX_INDEX = 255;

  private static final Pattern ELEMENT = Pattern.compile("0|[1-9]\\d{0,4}");

  /** A place in the tree: empty, a value, or what lies below. */
  private static final class Node {
    private @Nullable Json value;
    private @Nullable Map<String, Node> members;
    private @Nullable List<Node> elements;

    boolean isEmpty() {
      return value == null && members == null && elements == null;
    }
  }

  private final Node root = new Node();

  /** Puts a value at a path; false if it cannot stand there. */
  boolean put(FieldPath path, Json value) {
    var node = root;
    for (var step : path.steps()) {
      var next =
          switch (step) {
            case FieldPath.Step.Key(String name) -> member(node, name);
            case FieldPath.Step.Index(int index) -> element(node, index);
            case FieldPath.Step.Either(String text) ->
                ELEMENT.matcher(text).matches()
                    ? element(node, Integer.parseInt(text))
                    : member(node, text);
          };
      if (next == null) {
        return false;
      }
      node = next;
    }
    if (!node.isEmpty()) {
      return value.equals(node.value);
    }
    node.value = value;
    return true;
  }

  /** What has grown. */
  Json toJson() {
    return json(root);
  }

  private static @Nullable Node member(Node node, String name) {
    if (node.value != null || node.elements != null) {
      return null;
    }
    if (node.members == null) {
      node.members = new LinkedHashMap<>();
    }
    return node.members.computeIfAbsent(name, _ -> new Node());
  }

  private static @Nullable Node element(Node node, int index) {
    if (node.value != null || node.members != null || index > MAX_INDEX) {
      return null;
    }
    if (node.elements == null) {
      node.elements = new ArrayList<>();
    }
    while (node.elements.size() <= index) {
      node.elements.add(new Node());
    }
    return node.elements.get(index);
  }

  private static Json json(Node node) {
    if (node.value != null) {
      return node.value;
    }
    if (node.members != null) {
      var members = new LinkedHashMap<String, Json>();
      node.members.forEach((name, member) -> members.put(name, json(member)));
      return new Json.Obj(members);
    }
    if (node.elements != null) {
      return new Json.Arr(node.elements.stream().map(BodyTree::json).toList());
    }
    return new Json.Obj(Map.of());
  }
}
