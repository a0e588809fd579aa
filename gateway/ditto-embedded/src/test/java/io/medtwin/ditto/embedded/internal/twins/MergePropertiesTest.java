package io.medtwin.ditto.embedded.internal.twins;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.things.model.Thing;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.ThingsModelFactory;
import org.eclipse.ditto.things.model.signals.commands.modify.CreateThing;
import org.eclipse.ditto.things.model.signals.commands.modify.MergeThing;
import org.eclipse.ditto.things.model.signals.commands.query.RetrieveThing;

/** Merges against RFC 7396's own pseudo code, over any attributes and any patch, nulls included. */
class MergePropertiesTest {
  private static final ThingId ID = ThingId.of("a:1");
  private static final JsonPointer ATTRIBUTES = JsonPointer.of("/attributes");
  private static final int DEPTH = 3;
  private static final int TRIES = 300;

  private final Caller caller = new Caller("nginx:ditto", this);

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void aMergeIsWhatTheRfcSays(
      @ForAll("documents") JsonObject before, @ForAll("patches") JsonObject patch) {
    assertThat(merged(before, patch)).isEqualTo(byRfc(before, patch));
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void mergingTheSamePatchTwiceChangesNothingMore(
      @ForAll("documents") JsonObject before, @ForAll("patches") JsonObject patch) {
    assertThat(merged(before, patch, patch)).isEqualTo(merged(before, patch));
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void aMinimizedMergeEndsInTheSameState(
      @ForAll("documents") JsonObject before, @ForAll("patches") JsonObject patch) {
    Twins twins = twins(before);
    JsonValue[] event = {null};
    twins.listen(change -> event[0] = change.value());
    try {
      twins.execute(
          MergeThing.of(
              ID,
              ATTRIBUTES,
              patch,
              DittoHeaders.newBuilder().putHeader("if-equal", "skip-minimizing-merge").build()),
          caller);
    } catch (
        org.eclipse.ditto.things.model.signals.commands.exceptions.ThingPreconditionFailedException
            equal) {
      assertThat(byRfc(before, patch)).isEqualTo(before);
      return;
    }
    assertThat(byRfc(before, event[0])).isEqualTo(byRfc(before, patch));
  }

  private JsonValue merged(JsonObject before, JsonObject... patches) {
    Twins twins = twins(before);
    for (JsonObject patch : patches) {
      twins.execute(MergeThing.of(ID, ATTRIBUTES, patch, DittoHeaders.empty()), caller);
    }
    JsonValue thing = twins.execute(RetrieveThing.of(ID, DittoHeaders.empty()), caller).value();
    return JsonFactory.newObject(String.valueOf(thing)).getValue(ATTRIBUTES).orElseThrow();
  }

  private Twins twins(JsonObject attributes) {
    Thing thing = ThingsModelFactory.newThingBuilder().setId(ID).setAttributes(attributes).build();
    Twins twins = new Twins(() -> Instant.EPOCH, Keeper.NOTHING);
    twins.execute(CreateThing.of(thing, null, DittoHeaders.empty()), caller);
    return twins;
  }

  /** RFC 7396, section 2, word for word. */
  private static JsonValue byRfc(JsonValue target, JsonValue patch) {
    if (!patch.isObject() || patch.isNull()) {
      return patch;
    }
    JsonObject result =
        target.isObject() && !target.isNull() ? target.asObject() : JsonObject.empty();
    for (var member : patch.asObject()) {
      if (member.getValue().isNull()) {
        result = result.remove(member.getKeyName());
      } else {
        JsonValue old = result.getValue(member.getKeyName()).orElse(JsonFactory.nullLiteral());
        result = result.setValue(member.getKeyName(), byRfc(old, member.getValue()));
      }
    }
    return JsonFactory.readFrom(result.toString());
  }

  @Provide
  Arbitrary<JsonObject> documents() {
    return objects(DEPTH, false);
  }

  @Provide
  Arbitrary<JsonObject> patches() {
    return objects(DEPTH, true);
  }

  private static Arbitrary<JsonObject> objects(int depth, boolean nulls) {
    Arbitrary<String> keys = Arbitraries.of("a", "b", "c", "d");
    return Arbitraries.maps(keys, values(depth, nulls))
        .ofMaxSize(4)
        .map(MergePropertiesTest::object);
  }

  private static Arbitrary<JsonValue> values(int depth, boolean nulls) {
    Arbitrary<JsonValue> leaves =
        Arbitraries.of("1", "2.5", "true", "\"x\"", "[1,{\"y\":2}]", "{}")
            .map(JsonFactory::readFrom);
    Arbitrary<JsonValue> some =
        nulls ? Arbitraries.oneOf(leaves, Arbitraries.just(JsonFactory.nullLiteral())) : leaves;
    return depth == 0
        ? some
        : Arbitraries.oneOf(some, objects(depth - 1, nulls).map(object -> (JsonValue) object));
  }

  private static JsonObject object(Map<String, JsonValue> members) {
    var builder = JsonFactory.newObjectBuilder();
    new LinkedHashMap<>(members).forEach(builder::set);
    return JsonFactory.newObject(builder.build().toString());
  }
}
