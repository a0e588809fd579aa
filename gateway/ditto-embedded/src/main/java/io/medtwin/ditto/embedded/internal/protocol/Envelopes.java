package io.medtwin.ditto.embedded.internal.protocol;

import io.medtwin.ditto.embedded.internal.twins.Change;
import io.medtwin.ditto.embedded.internal.twins.Reply;
import java.time.Duration;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.exceptions.DittoJsonException;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.exceptions.UnsupportedMediaTypeException;
import org.eclipse.ditto.base.model.headers.DittoHeaderDefinition;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.headers.contenttype.ContentType;
import org.eclipse.ditto.base.model.signals.Signal;
import org.eclipse.ditto.base.model.signals.acks.Acknowledgements;
import org.eclipse.ditto.base.model.signals.commands.exceptions.GatewayCommandTimeoutException;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonRuntimeException;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.signals.commands.PolicyErrorResponse;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.PayloadBuilder;
import org.eclipse.ditto.protocol.ProtocolFactory;
import org.eclipse.ditto.protocol.TopicPath;
import org.eclipse.ditto.protocol.adapter.DittoProtocolAdapter;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.signals.commands.ThingErrorResponse;
import org.jspecify.annotations.Nullable;

/**
 * The codec of Ditto protocol envelopes, on Ditto's own protocol library; stateless, any thread.
 */
public final class Envelopes {
  private static final DittoProtocolAdapter ADAPTER = DittoProtocolAdapter.newInstance();
  private static final String MERGE_PATCH = ContentType.APPLICATION_MERGE_PATCH_JSON.getValue();

  private Envelopes() {}

  /**
   * Text to envelope. Throws {@code json.invalid} without a correlation id, for none could be read.
   */
  public static Adaptable parse(String text) {
    try {
      return ProtocolFactory.jsonifiableAdaptableFromJson(JsonFactory.newObject(text));
    } catch (JsonRuntimeException e) {
      throw new DittoJsonException(e, DittoHeaders.empty());
    }
  }

  /**
   * Envelope to command. What it throws carries the envelope's headers, so that it can be answered.
   */
  public static Incoming command(Adaptable adaptable) {
    DittoHeaders headers = adaptable.getDittoHeaders();
    TopicPath topic = adaptable.getTopicPath();
    try {
      if (topic.isAction(TopicPath.Action.MERGE)) {
        requireMergePatch(adaptable);
      }
      Signal<?> signal = ADAPTER.fromAdaptable(adaptable);
      if (topic.isChannel(TopicPath.Channel.LIVE) && isAnswered(adaptable)) {
        throw GatewayCommandTimeoutException.newBuilder(Duration.ZERO).build(); // nobody listens
      }
      return new Incoming(topic, adaptable.getPayload().getPath(), signal);
    } catch (JsonRuntimeException e) {
      throw new DittoJsonException(e, headers);
    } catch (DittoRuntimeException e) {
      throw e.setDittoHeaders(headers);
    }
  }

  /**
   * Whether an envelope is something to carry out and answer; events, acknowledgements and answers
   * are not.
   */
  public static boolean isAnswered(Adaptable adaptable) {
    TopicPath topic = adaptable.getTopicPath();
    boolean answer = adaptable.getPayload().getHttpStatus().isPresent();
    return !answer
        && (topic.isCriterion(TopicPath.Criterion.COMMANDS)
            || topic.isCriterion(TopicPath.Criterion.MESSAGES)
            || topic.isCriterion(TopicPath.Criterion.SEARCH));
  }

  /** The answer to a command that asked for more acknowledgements than the ordinary answer. */
  public static String acknowledgements(Acknowledgements acks) {
    return text(ADAPTER.toAdaptable(acks));
  }

  private static void requireMergePatch(Adaptable adaptable) {
    String type = adaptable.getDittoHeaders().getContentType().orElse("");
    if (!type.startsWith(MERGE_PATCH)) {
      throw UnsupportedMediaTypeException.builderForMergePatchJsonMediaType(
              adaptable.getTopicPath().getPath(), type)
          .build();
    }
  }

  /** The answer to a command that was carried out. */
  public static String reply(Incoming incoming, Reply reply) {
    TopicPath topic = incoming.topic();
    boolean bornByPut =
        reply.status().equals(HttpStatus.CREATED) && incoming.path().isEmpty() && isThing(topic);
    PayloadBuilder payload =
        ProtocolFactory.newPayloadBuilder(incoming.path()).withStatus(reply.status());
    JsonValue value = reply.value();
    if (value != null) {
      payload.withValue(value);
    }
    var headers =
        answering(incoming.headers(), ContentType.APPLICATION_JSON.getValue()).toBuilder();
    if (reply.tag() != null) {
      headers.eTag(reply.tag());
    }
    return text(
        ProtocolFactory.newAdaptableBuilder(bornByPut ? created(topic) : topic)
            .withPayload(payload.build())
            .withHeaders(headers.build())
            .build());
  }

  /**
   * The answer to a command that was refused, or that could not be read (then without topic and
   * headers).
   */
  public static String error(@Nullable TopicPath topic, DittoRuntimeException error) {
    DittoHeaders headers =
        answering(error.getDittoHeaders(), ContentType.APPLICATION_JSON.getValue());
    if (topic == null || topic.isWildcardTopic()) {
      return text(ADAPTER.toAdaptable(ThingErrorResponse.of(error, headers)));
    }
    return topic.isGroup(TopicPath.Group.POLICIES)
        ? text(ADAPTER.toAdaptable(PolicyErrorResponse.of(policyId(topic), error, headers)))
        : text(ADAPTER.toAdaptable(ThingErrorResponse.of(thingId(topic), error, headers)));
  }

  /** A change as an event. */
  public static String event(Sight sight) {
    Change change = sight.change();
    JsonValue value = change.value();
    JsonObject extra = sight.extra();
    PayloadBuilder payload =
        ProtocolFactory.newPayloadBuilder(change.path())
            .withRevision(change.revision())
            .withTimestamp(change.timestamp());
    if (value != null) {
      payload.withValue(value);
    }
    if (extra != null) {
      payload.withExtra(extra);
    }
    String type =
        change.kind() == Change.Kind.MERGED ? MERGE_PATCH : ContentType.APPLICATION_JSON.getValue();
    DittoHeaders headers =
        answering(change.headers(), type).toBuilder()
            .putHeader("ditto-originator", change.caller().subject())
            .build();
    return text(
        ProtocolFactory.newAdaptableBuilder(topic(change))
            .withPayload(payload.build())
            .withHeaders(headers)
            .build());
  }

  /** The topic of a change's event. */
  public static TopicPath topic(Change change) {
    var events =
        ProtocolFactory.newTopicPathBuilder((ThingId) change.id()).things().twin().events();
    return switch (change.kind()) {
      case CREATED -> events.created().build();
      case MODIFIED -> events.modified().build();
      case MERGED -> events.merged().build();
      case DELETED -> events.deleted().build();
    };
  }

  static DittoHeaders answering(DittoHeaders asked, String contentType) {
    var headers = DittoHeaders.newBuilder();
    asked.getCorrelationId().ifPresent(headers::correlationId);
    return headers
        .putHeader(DittoHeaderDefinition.SCHEMA_VERSION.getKey(), "2")
        .contentType(contentType)
        .responseRequired(false)
        .build();
  }

  private static boolean isThing(TopicPath topic) {
    return topic.isGroup(TopicPath.Group.THINGS);
  }

  private static TopicPath created(TopicPath topic) {
    return ProtocolFactory.newTopicPathBuilder(thingId(topic))
        .things()
        .twin()
        .commands()
        .create()
        .build();
  }

  private static ThingId thingId(TopicPath topic) {
    return ThingId.of(topic.getNamespace(), topic.getEntityName());
  }

  private static PolicyId policyId(TopicPath topic) {
    return PolicyId.of(topic.getNamespace(), topic.getEntityName());
  }

  private static String text(Adaptable adaptable) {
    return ProtocolFactory.wrapAsJsonifiableAdaptable(adaptable).toJsonString();
  }
}
