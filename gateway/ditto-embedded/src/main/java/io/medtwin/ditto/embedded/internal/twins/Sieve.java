package io.medtwin.ditto.embedded.internal.twins;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.rql.model.predicates.ast.LogicalNode;
import org.eclipse.ditto.rql.model.predicates.ast.Node;
import org.eclipse.ditto.rql.model.predicates.ast.RootNode;
import org.eclipse.ditto.rql.model.predicates.ast.SingleComparisonNode;
import org.eclipse.ditto.rql.model.predicates.ast.SuperNode;
import org.eclipse.ditto.rql.parser.RqlPredicateParser;
import org.eclipse.ditto.things.model.Thing;

/**
 * What must hold for a thing to fit a filter: the texts that it asks for at the outside, or under
 * an outer {@code and}. Sorts out most things at a look, where Ditto's own predicate writes each
 * thing as JSON; what is left still has to pass that.
 *
 * @param needed all of them
 */
record Sieve(List<Text> needed) {

  /** Lets everything through. */
  static final Sieve OPEN = new Sieve(List.of());

  /**
   * One text.
   *
   * @param path of an attribute, or of a property of a feature
   */
  private record Text(JsonPointer path, String text) {

    boolean mayStand(Thing thing) {
      return at(thing)
          .map(found -> !found.isString() || found.asString().equals(text))
          .orElse(false);
    }

    private Optional<JsonValue> at(Thing thing) {
      JsonPointer rest = path.nextLevel();
      return isAttribute(path)
          ? thing.getAttributes().flatMap(attributes -> attributes.getValue(rest))
          : thing
              .getFeatures()
              .flatMap(features -> features.getFeature(rest.getRoot().orElseThrow().toString()))
              .flatMap(feature -> feature.getProperty(rest.nextLevel().nextLevel()));
    }
  }

  Sieve {
    needed = List.copyOf(needed);
  }

  /** Of a filter that parses. */
  static Sieve of(String filter) {
    RootNode root = RqlPredicateParser.getInstance().parse(filter);
    List<Text> needed = new ArrayList<>();
    collect(root, needed);
    return new Sieve(needed);
  }

  private static void collect(SuperNode parent, List<Text> needed) {
    for (Node node : parent.getChildren()) {
      if (node instanceof SingleComparisonNode comparison
          && comparison.getComparisonType() == SingleComparisonNode.Type.EQ
          && comparison.getComparisonValue() instanceof String text) {
        JsonPointer path = JsonPointer.of(comparison.getComparisonProperty());
        if (isAttribute(path) || isProperty(path)) {
          needed.add(new Text(path, text));
        }
      } else if (node instanceof LogicalNode and && and.getType() == LogicalNode.Type.AND) {
        collect(and, needed);
      }
    }
  }

  private static boolean isAttribute(JsonPointer path) {
    return path.getLevelCount() > 1 && path.get(0).orElseThrow().toString().equals("attributes");
  }

  /** Of one feature; {@code *} stands for any, and is left to the filter itself. */
  private static boolean isProperty(JsonPointer path) {
    return path.getLevelCount() > 3
        && path.get(0).orElseThrow().toString().equals("features")
        && !path.get(1).orElseThrow().toString().equals("*")
        && path.get(2).orElseThrow().toString().equals("properties");
  }

  /** Whether a thing may fit; false only where it cannot, not even in part. */
  boolean mayFit(Thing thing) {
    return needed.stream().allMatch(text -> text.mayStand(thing));
  }
}
