package io.medtwin.ditto.embedded.internal.protocol;

import java.util.List;
import java.util.Optional;
import org.eclipse.ditto.base.model.exceptions.DittoJsonException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.commands.exceptions.GatewayMethodNotAllowedException;
import org.eclipse.ditto.json.JsonCollectors;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonRuntimeException;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.CommandsTopicPathBuilder;
import org.eclipse.ditto.protocol.PayloadBuilder;
import org.eclipse.ditto.protocol.ProtocolFactory;
import org.eclipse.ditto.protocol.TopicPath;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingIdNotExplicitlySettableException;

/** HTTP requests as Ditto protocol envelopes, so that both doors share one reading of commands. */
public final class Requests {
  private static final JsonPointer ROOT = JsonPointer.empty();

  private Requests() {}

  /**
   * A request to a thing or a part of it.
   *
   * @param method GET, PUT, PATCH or DELETE
   * @param body empty when there is none
   * @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when id, method or body
   *     are not valid
   */
  public static Adaptable thing(
      String method,
      String id,
      JsonPointer path,
      String body,
      Optional<String> fields,
      DittoHeaders headers) {
    ThingId thingId = ThingId.of(id);
    TopicPath topic =
        topic(
            method,
            ProtocolFactory.newTopicPathBuilder(thingId).things().twin().commands(),
            headers);
    return adaptable(
        topic, path, body(method, "/thingId", id, path, body, headers), fields, headers);
  }

  /**
   * A request to create a thing under a name of the server's choice.
   *
   * @param id chosen
   * @throws ThingIdNotExplicitlySettableException when the body names one
   */
  public static Adaptable newThing(ThingId id, String body, DittoHeaders headers) {
    JsonValue value = body("PUT", "/thingId", id.toString(), ROOT, body, headers).orElseThrow();
    boolean named =
        value.isObject()
            && !value
                .asObject()
                .getValue("/thingId")
                .filter(JsonValue.of(id.toString())::equals)
                .isPresent();
    if (named) {
      throw ThingIdNotExplicitlySettableException.forPostMethod().dittoHeaders(headers).build();
    }
    TopicPath topic =
        ProtocolFactory.newTopicPathBuilder(id).things().twin().commands().create().build();
    return adaptable(topic, ROOT, Optional.of(value), Optional.empty(), headers);
  }

  /** A request to a policy or a part of it; parameters as for {@link #thing}. */
  public static Adaptable policy(
      String method, String id, JsonPointer path, String body, DittoHeaders headers) {
    PolicyId policyId = PolicyId.of(id);
    TopicPath topic =
        topic(
            method,
            ProtocolFactory.newTopicPathBuilder(policyId).policies().none().commands(),
            headers);
    return adaptable(
        topic, path, body(method, "/policyId", id, path, body, headers), Optional.empty(), headers);
  }

  /** A request for several things. */
  public static Adaptable things(List<String> ids, Optional<String> fields, DittoHeaders headers) {
    TopicPath topic =
        ProtocolFactory.newTopicPathBuilderFromNamespace("_")
            .things()
            .twin()
            .commands()
            .retrieve()
            .build();
    JsonValue value =
        JsonFactory.newObjectBuilder()
            .set(
                "thingIds", ids.stream().map(JsonValue::of).collect(JsonCollectors.valuesToArray()))
            .build();
    return adaptable(topic, ROOT, Optional.of(value), fields, headers);
  }

  private static TopicPath topic(
      String method, CommandsTopicPathBuilder commands, DittoHeaders headers) {
    return switch (method) {
      case "GET" -> commands.retrieve().build();
      case "PUT" -> commands.modify().build();
      case "PATCH" -> commands.merge().build();
      case "DELETE" -> commands.delete().build();
      default ->
          throw GatewayMethodNotAllowedException.newBuilder(method).dittoHeaders(headers).build();
    };
  }

  private static Adaptable adaptable(
      TopicPath topic,
      JsonPointer path,
      Optional<JsonValue> value,
      Optional<String> fields,
      DittoHeaders headers) {
    PayloadBuilder payload = ProtocolFactory.newPayloadBuilder(path);
    value.ifPresent(payload::withValue);
    fields.map(Fields::parse).ifPresent(payload::withFields);
    return ProtocolFactory.newAdaptableBuilder(topic)
        .withPayload(payload.build())
        .withHeaders(headers)
        .build();
  }

  /** The body as a value; a whole thing or policy gets its id from the path when it names none. */
  private static Optional<JsonValue> body(
      String method,
      String idField,
      String id,
      JsonPointer path,
      String body,
      DittoHeaders headers) {
    if (method.equals("GET") || method.equals("DELETE")) {
      return Optional.empty();
    }
    JsonValue value;
    try {
      value = JsonFactory.readFrom(body);
    } catch (JsonRuntimeException e) {
      throw new DittoJsonException(e, headers);
    }
    boolean anonymous =
        path.isEmpty()
            && value.isObject()
            && !value.isNull()
            && !value.asObject().contains(JsonPointer.of(idField));
    return Optional.of(
        anonymous && !method.equals("PATCH")
            ? value.asObject().setValue(JsonPointer.of(idField), JsonValue.of(id))
            : value);
  }
}
