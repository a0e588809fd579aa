package io.medtwin.ditto.embedded.internal.twins;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.exceptions.InvalidRqlExpressionException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.headers.entitytag.EntityTag;
import org.eclipse.ditto.base.model.headers.entitytag.EntityTagMatchers;
import org.eclipse.ditto.base.model.signals.commands.Command;
import org.eclipse.ditto.placeholders.PlaceholderFactory;
import org.eclipse.ditto.placeholders.TimePlaceholder;
import org.eclipse.ditto.policies.model.signals.commands.exceptions.PolicyPreconditionFailedException;
import org.eclipse.ditto.policies.model.signals.commands.exceptions.PolicyPreconditionNotModifiedException;
import org.eclipse.ditto.rql.model.ParserException;
import org.eclipse.ditto.rql.parser.RqlPredicateParser;
import org.eclipse.ditto.rql.query.filter.QueryFilterCriteriaFactory;
import org.eclipse.ditto.rql.query.things.ThingPredicateVisitor;
import org.eclipse.ditto.things.model.Thing;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingConditionFailedException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingConditionInvalidException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingPreconditionFailedException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingPreconditionNotModifiedException;
import org.jspecify.annotations.Nullable;

/**
 * The headers that let a command pass only in a certain state: if-match, if-none-match, condition.
 */
final class Preconditions {
  private static final TimePlaceholder TIME = TimePlaceholder.getInstance();

  private Preconditions() {}

  /**
   * Throws what Ditto throws when the tag of a thing or of a part of it is not the one asked for.
   */
  static void checkThingTag(Command<?> command, @Nullable EntityTag current) {
    checkTag(
        command,
        current,
        (header, expected, actual) ->
            ThingPreconditionFailedException.newBuilder(header, expected, actual).build(),
        (expected, actual) ->
            ThingPreconditionNotModifiedException.newBuilder(expected, actual).build());
  }

  /** As {@link #checkThingTag}, for a policy. */
  static void checkPolicyTag(Command<?> command, @Nullable EntityTag current) {
    checkTag(
        command,
        current,
        (header, expected, actual) ->
            PolicyPreconditionFailedException.newBuilder(header, expected, actual).build(),
        (expected, actual) ->
            PolicyPreconditionNotModifiedException.newBuilder(expected, actual).build());
  }

  private static void checkTag(
      Command<?> command,
      @Nullable EntityTag current,
      Failed failed,
      BiFunction<String, String, DittoRuntimeException> notModified) {
    var category = command.getCategory();
    boolean absentAndNotWritten =
        current == null
            && (category == Command.Category.DELETE || category == Command.Category.QUERY);
    if (absentAndNotWritten) {
      return; // answered with "not found" instead
    }
    DittoHeaders headers = command.getDittoHeaders();
    String actual = String.valueOf(current);
    headers
        .getIfMatch()
        .filter(wanted -> !matches(wanted, current))
        .ifPresent(
            wanted -> {
              throw failed.because("if-match", wanted.toString(), actual);
            });
    headers
        .getIfNoneMatch()
        .filter(unwanted -> matches(unwanted, current))
        .ifPresent(
            unwanted -> {
              throw category == Command.Category.QUERY
                  ? notModified.apply(unwanted.toString(), actual)
                  : failed.because("if-none-match", unwanted.toString(), actual);
            });
  }

  private static boolean matches(EntityTagMatchers matchers, @Nullable EntityTag current) {
    return current != null
        && matchers.stream()
            .anyMatch(matcher -> matcher.isAsterisk() || matcher.weakMatch(current));
  }

  /**
   * Throws 412 when the condition does not hold for the thing, 400 when it is not RQL, 412 when it
   * asks too much.
   */
  static void checkCondition(Command<?> command, Thing thing, Guard guard) {
    DittoHeaders headers = command.getDittoHeaders();
    Optional<String> condition = headers.getCondition();
    if (condition.isEmpty()) {
      return;
    }
    boolean mayAsk =
        parsed(
            condition.get(),
            headers,
            () -> guard.mayAsk(condition.get(), headers.getAuthorizationContext()));
    if (!mayAsk) {
      throw ThingConditionFailedException.newBuilderForInsufficientPermission(headers).build();
    }
    boolean holds =
        parsed(
            condition.get(),
            headers,
            () -> {
              var criteria =
                  QueryFilterCriteriaFactory.modelBased(RqlPredicateParser.getInstance(), TIME)
                      .filterCriteria(condition.get(), headers);
              return ThingPredicateVisitor.apply(
                      criteria, PlaceholderFactory.newPlaceholderResolver(TIME, new Object()))
                  .test(thing);
            });
    if (!holds) {
      throw ThingConditionFailedException.newBuilder(headers).build();
    }
  }

  private static boolean parsed(
      String condition, DittoHeaders headers, Supplier<Boolean> question) {
    try {
      return question.get();
    } catch (InvalidRqlExpressionException | ParserException e) {
      throw ThingConditionInvalidException.newBuilder(condition, String.valueOf(e.getMessage()))
          .dittoHeaders(headers)
          .build();
    }
  }

  /** The 412 of things or of policies. */
  private interface Failed {
    DittoRuntimeException because(String header, String expected, String actual);
  }
}
