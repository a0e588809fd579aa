package io.medtwin.ditto.embedded.internal.twins;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.json.JsonCollectors;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.rql.parser.RqlPredicateParser;
import org.eclipse.ditto.rql.query.filter.QueryFilterCriteriaFactory;
import org.eclipse.ditto.rql.query.things.ThingPredicateVisitor;
import org.eclipse.ditto.things.model.Thing;
import org.eclipse.ditto.thingsearch.model.signals.commands.exceptions.InvalidOptionException;

/**
 * One question to the search: pure, over what the caller may see. It reads the things themselves,
 * so it never lags behind a write as a real search index does.
 *
 * @param filter Ditto's own
 * @param sieve what the filter asks for at least
 * @param size items of a page
 * @param start of the page
 * @param order of the items; then by id
 */
public record Search(
    Predicate<Thing> filter,
    Sieve sieve,
    Set<String> namespaces,
    int size,
    Cursor start,
    SearchOrder order) {

  /** Items of a page when nobody says, as in Ditto. */
  public static final int SIZE = 25;

  /** Largest page, as in Ditto. */
  public static final int SIZE_MAX = 200;

  private static final Pattern OPTION = Pattern.compile("(size|sort|cursor)\\(([^()]*)\\)(,|$)");

  /**
   * Reads the parameters of the HTTP API.
   *
   * @param option such as {@code size(50),sort(-attributes/seq,+thingId),cursor(…)}
   * @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when one is malformed
   */
  public static Search of(
      Optional<String> filter, Set<String> namespaces, Optional<String> option) {
    Predicate<Thing> predicate =
        filter
            .map(
                rql ->
                    ThingPredicateVisitor.apply(
                        QueryFilterCriteriaFactory.modelBased(RqlPredicateParser.getInstance())
                            .filterCriteria(rql, DittoHeaders.empty())))
            .orElse(thing -> true);
    Sieve sieve = filter.map(Sieve::of).orElse(Sieve.OPEN);
    Search search = new Search(predicate, sieve, namespaces, SIZE, Cursor.START, SearchOrder.BY_ID);
    String rest = option.orElse("");
    Matcher matcher = OPTION.matcher(rest);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      search = search.with(matcher.group(1), matcher.group(2));
      end = matcher.end();
    }
    if (end != rest.length()) {
      throw invalid(rest);
    }
    return search;
  }

  private Search with(String name, String value) {
    return switch (name) {
      case "size" -> new Search(filter, sieve, namespaces, sized(value), start, order);
      case "cursor" -> new Search(filter, sieve, namespaces, size, started(value), order);
      default -> new Search(filter, sieve, namespaces, size, start, ordered(value));
    };
  }

  private static int sized(String value) {
    try {
      int size = Integer.parseInt(value);
      if (size > 0 && size <= SIZE_MAX) {
        return size;
      }
    } catch (NumberFormatException notANumber) {
      // answered below
    }
    throw invalid("size(" + value + ")");
  }

  private static Cursor started(String cursor) {
    return Cursor.parse(cursor).orElseThrow(() -> invalid("cursor(" + cursor + ")"));
  }

  private static SearchOrder ordered(String value) {
    List<SearchOrder.Key> keys = new ArrayList<>();
    for (String key : value.split(",")) {
      String trimmed = key.strip(); // an unescaped plus of a URL arrives as a space
      boolean descending = trimmed.startsWith("-");
      String path =
          trimmed.startsWith("-") || trimmed.startsWith("+") ? trimmed.substring(1) : trimmed;
      if (path.isEmpty()) {
        throw invalid("sort(" + value + ")");
      }
      keys.add(new SearchOrder.Key(JsonPointer.of(path), descending));
    }
    return SearchOrder.of(keys);
  }

  private static InvalidOptionException invalid(String option) {
    return InvalidOptionException.newBuilder()
        .message("The search option <" + option + "> is not valid.")
        .build();
  }

  /**
   * Whether a thing may be found at all, whoever asks: {@link Twins#visible} need not look at the
   * others.
   */
  public boolean mayFind(Thing thing) {
    return (namespaces.isEmpty()
            || namespaces.contains(thing.getEntityId().orElseThrow().getNamespace()))
        && id(thing).compareTo(start.after()) > 0
        && sieve.mayFit(thing);
  }

  /**
   * A page: {@code items}, and a {@code cursor} when there are more.
   *
   * @param visible what the caller may see of all that {@link #mayFind} lets through
   */
  public JsonObject page(Stream<Thing> visible, Optional<JsonFieldSelector> fields) {
    // In the order of ids no thing behind the page is judged: the filter writes each as JSON.
    Stream<Thing> fitting =
        order.isById()
            ? order.sorted(visible).filter(filter)
            : order.sorted(visible.filter(filter));
    List<Thing> found = fitting.skip(start.offset()).limit(size + 1L).toList();
    JsonObject page =
        JsonObject.empty()
            .setValue(
                "items",
                found.stream()
                    .limit(size)
                    .map(thing -> fields.map(thing::toJson).orElseGet(thing::toJson))
                    .collect(JsonCollectors.valuesToArray()));
    return found.size() > size ? page.setValue("cursor", behind(found).text()) : page;
  }

  private Cursor behind(List<Thing> page) {
    return order.isById()
        ? Cursor.behind(id(page.get(size - 1)))
        : Cursor.past(start.offset() + size);
  }

  private static String id(Thing thing) {
    return thing.getEntityId().orElseThrow().toString();
  }

  /** How many match, of the same. */
  public long count(Stream<Thing> visible) {
    return visible.filter(filter).count();
  }
}
