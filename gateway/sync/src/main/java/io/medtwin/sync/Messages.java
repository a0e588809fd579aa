package io.medtwin.sync;

import io.medtwin.twin.backend.TwinCommand.Definition;
import io.medtwin.twin.backend.TwinCommand.Merge;
import io.medtwin.twin.backend.TwinCommand.Provision;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.eclipse.ditto.base.model.headers.DittoHeaderDefinition;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.headers.DittoHeadersBuilder;
import org.eclipse.ditto.base.model.headers.contenttype.ContentType;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonObjectBuilder;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.CommandsTopicPathBuilder;
import org.eclipse.ditto.protocol.Payload;
import org.eclipse.ditto.protocol.ProtocolFactory;
import org.eclipse.ditto.protocol.TopicPath;
import org.eclipse.ditto.things.model.ThingId;
import org.jspecify.annotations.Nullable;

/**
 * Ditto protocol messages of our commands. Each asks for a response and carries a correlation id of
 * its own, random and without meaning.
 */
final class Messages {

  private static final JsonPointer ROOT = JsonPointer.empty();
  private static final JsonPointer LINK = JsonPointer.of("features/link/properties");
  private static final String WORDS = "features/alerts/properties,features/events/properties";
  private static final JsonPointer EPOCH = JsonPointer.of("features/link/properties/epoch");

  private Messages() {}

  /**
   * Merge at the root of the thing, on condition that it is there and older. If not, the answer is
   * 412 in either case.
   *
   * @throws IllegalArgumentException if Ditto cannot hold the id or the patch
   */
  static Adaptable merge(Merge merge) {
    DittoHeaders headers =
        headers()
            .contentType(ContentType.APPLICATION_MERGE_PATCH_JSON)
            .condition(olderThan(merge.epoch(), merge.seq()))
            // or else a merge at the root creates a thing that is unknown, owned by us alone
            .putHeader(DittoHeaderDefinition.IF_MATCH.getKey(), "*")
            .build();
    return message(
        thing(merge.thingId()).merge().build(), ROOT, PatchJson.ofThing(merge.patch()), headers);
  }

  /** Reads {@code epoch} and {@code seq} and what else the feature {@code link} has. */
  static Adaptable retrieveLink(String thingId) {
    return message(thing(thingId).retrieve().build(), LINK, null, headers().build());
  }

  /** Reads the alerts and events of the thing. */
  static Adaptable retrieveWords(String thingId) {
    Payload payload = Payload.newBuilder(ROOT).withFields(WORDS).build();
    return ProtocolFactory.newAdaptableBuilder(thing(thingId).retrieve().build())
        .withPayload(payload)
        .withHeaders(headers().build())
        .build();
  }

  /** Reads the stored epoch. */
  static Adaptable retrieveEpoch(String thingId) {
    return message(thing(thingId).retrieve().build(), EPOCH, null, headers().build());
  }

  /** Creates the policy unless there is one of that id. */
  static Adaptable createPolicy(String policyId, DittoRoles roles) {
    TopicPath topic =
        ProtocolFactory.newTopicPathBuilder(PolicyId.of(policyId))
            .none()
            .commands()
            .create()
            .build();
    return message(topic, ROOT, PolicyDocument.of(policyId, roles), unlessThere());
  }

  /** Creates the thing unless there is one of that id. */
  static Adaptable createThing(Provision provision) {
    JsonObjectBuilder thing =
        JsonFactory.newObjectBuilder()
            .set("thingId", provision.thingId())
            .set("policyId", provision.policyId())
            .set("attributes", PatchJson.of(provision.attributes()));
    if (provision.definition() != null) {
      thing.set("definition", provision.definition().thing());
      thing.set("features", modelled(provision.definition()));
    }
    return message(thing(provision.thingId()).create().build(), ROOT, thing.build(), unlessThere());
  }

  /**
   * A feature without properties for each that the model has: a server that checks things against
   * their model refuses one that lacks a feature, even at its creation.
   */
  private static JsonValue modelled(Definition definition) {
    JsonObjectBuilder features = JsonFactory.newObjectBuilder();
    definition
        .features()
        .forEach(
            (feature, model) ->
                features.set(
                    PatchJson.verbatim(
                        feature,
                        JsonFactory.newObjectBuilder()
                            .set("definition", JsonFactory.newArrayBuilder().add(model).build())
                            .build())));
    return features.build();
  }

  /**
   * RQL that holds if what is stored is older: the left side of a comparison is the stored field,
   * and a comparison with a missing field is false.
   */
  static String olderThan(long epoch, long seq) {
    return "or(not(exists(features/link/properties/seq)),"
        + ("lt(features/link/properties/epoch," + epoch + "),")
        + ("and(eq(features/link/properties/epoch," + epoch + "),")
        + ("lt(features/link/properties/seq," + seq + ")))");
  }

  /** How long the payload is on the wire. */
  static int payloadBytes(Adaptable message) {
    return message
        .getPayload()
        .getValue()
        .map(value -> value.toString().getBytes(StandardCharsets.UTF_8).length)
        .orElse(0);
  }

  private static CommandsTopicPathBuilder thing(String thingId) {
    return ProtocolFactory.newTopicPathBuilder(ThingId.of(thingId)).twin().commands();
  }

  private static DittoHeaders unlessThere() {
    return headers().putHeader(DittoHeaderDefinition.IF_NONE_MATCH.getKey(), "*").build();
  }

  private static DittoHeadersBuilder<?, ?> headers() {
    return DittoHeaders.newBuilder()
        .correlationId(UUID.randomUUID().toString())
        .responseRequired(true);
  }

  private static Adaptable message(
      TopicPath topic, JsonPointer path, @Nullable JsonValue value, DittoHeaders headers) {
    Payload payload =
        value == null
            ? Payload.newBuilder(path).build()
            : Payload.newBuilder(path).withValue(value).build();
    return ProtocolFactory.newAdaptableBuilder(topic)
        .withPayload(payload)
        .withHeaders(headers)
        .build();
  }
}
