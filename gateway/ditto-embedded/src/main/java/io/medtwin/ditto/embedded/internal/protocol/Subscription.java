package io.medtwin.ditto.embedded.internal.protocol;

import io.medtwin.ditto.embedded.internal.twins.Change;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.WithResource;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.placeholders.PlaceholderFactory;
import org.eclipse.ditto.placeholders.TimePlaceholder;
import org.eclipse.ditto.protocol.TopicPath;
import org.eclipse.ditto.protocol.placeholders.ResourcePlaceholder;
import org.eclipse.ditto.protocol.placeholders.TopicPathPlaceholder;
import org.eclipse.ditto.rql.parser.RqlPredicateParser;
import org.eclipse.ditto.rql.query.criteria.Criteria;
import org.eclipse.ditto.rql.query.filter.QueryFilterCriteriaFactory;
import org.eclipse.ditto.rql.query.things.ThingPredicateVisitor;
import org.eclipse.ditto.things.model.Thing;

/**
 * Which changes a session wants. A filter sees what the event carries and the extra fields, not the
 * rest of the thing; so does Ditto's.
 */
public final class Subscription {
  private static final TopicPathPlaceholder TOPIC = TopicPathPlaceholder.getInstance();
  private static final ResourcePlaceholder RESOURCE = ResourcePlaceholder.getInstance();
  private static final TimePlaceholder TIME = TimePlaceholder.getInstance();

  private final Optional<Criteria> filter;
  private final Set<String> namespaces;
  private final Optional<JsonFieldSelector> extraFields;

  /**
   * Takes the parameters as they came.
   *
   * @throws org.eclipse.ditto.base.model.exceptions.InvalidRqlExpressionException when the filter
   *     is not RQL
   */
  public Subscription(
      Optional<String> filter, List<String> namespaces, Optional<String> extraFields) {
    this.filter =
        filter.map(
            rql ->
                QueryFilterCriteriaFactory.modelBased(
                        RqlPredicateParser.getInstance(), TOPIC, RESOURCE, TIME)
                    .filterCriteria(rql, DittoHeaders.empty()));
    this.namespaces = Set.copyOf(namespaces);
    this.extraFields = extraFields.map(Fields::parse);
  }

  /** What a subject with this subscription gets of a change, if anything. */
  public Optional<Sight> of(Change change, AuthorizationContext who) {
    if (!namespaces.isEmpty() && !namespaces.contains(change.id().getNamespace())) {
      return Optional.empty();
    }
    return change
        .seenBy(who)
        .map(
            seen ->
                new Sight(
                    seen, extraFields.map(fields -> change.thingFor(who, fields)).orElse(null)))
        .filter(
            sight -> filter.map(wanted -> test(wanted, change).test(sight.thing())).orElse(true));
  }

  private static Predicate<Thing> test(Criteria criteria, Change change) {
    TopicPath topic = Envelopes.topic(change);
    return ThingPredicateVisitor.apply(
        criteria,
        PlaceholderFactory.newPlaceholderResolver(TOPIC, topic),
        PlaceholderFactory.newPlaceholderResolver(RESOURCE, new Resource(change.path())),
        PlaceholderFactory.newPlaceholderResolver(TIME, new Object()));
  }

  private record Resource(JsonPointer path) implements WithResource {
    @Override
    public JsonPointer getResourcePath() {
      return path;
    }

    @Override
    public String getResourceType() {
      return "thing";
    }
  }
}
