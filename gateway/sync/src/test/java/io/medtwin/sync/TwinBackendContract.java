package io.medtwin.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.twin.backend.Answer;
import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.backend.TwinBackend;
import io.medtwin.twin.backend.TwinBackend.Reach;
import io.medtwin.twin.backend.TwinCommand.Definition;
import io.medtwin.twin.backend.TwinCommand.Merge;
import io.medtwin.twin.backend.TwinCommand.Provision;
import io.medtwin.twin.backend.TwinCommand.Recall;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link TwinBackend} must keep, against a server that speaks Ditto's HTTP API. Each
 * test works on things and a policy of its own, and takes them away again.
 */
abstract class TwinBackendContract {

  /** Of a command, where the test is not about it. */
  static final Duration PATIENT = Duration.ofSeconds(30);

  private static final int MANY_THINGS = 64;

  private final List<TwinBackend> backends = new ArrayList<>();
  private final List<String> things = new ArrayList<>();
  private String policy = "";

  /** The server to test against; the same one each time it is asked. */
  abstract TwinServer server();

  /** A backend for the server, not started. */
  TwinBackend backend(DittoConfig config) {
    return new DittoBackend(config);
  }

  @BeforeEach
  void ownPolicy() {
    policy = "io.medtwin.contract:" + UUID.randomUUID();
  }

  @AfterEach
  void tidyUp() {
    backends.forEach(TwinBackend::close);
    things.forEach(thing -> StoredThing.delete(server(), "things/" + thing));
    StoredThing.delete(server(), "policies/" + policy);
  }

  @Test
  void aThingIsCreatedOnceUnderItsPolicy() {
    TwinBackend backend = connected();
    String thing = newThing();

    Answer first = answer(backend.submit(provision(thing)));
    Answer second = answer(backend.submit(provision(thing)));

    assertThat(first).isEqualTo(new Answer.Provisioned(true, 0, 0));
    assertThat(second).isEqualTo(new Answer.Provisioned(false, 0, 0));
    JsonObject stored = StoredThing.read(server(), thing);
    assertThat(text(stored, "attributes/class")).isEqualTo("infusion-pump");
    assertThat(StoredThing.policy(server(), policy).getValue("entries/gateway")).isPresent();
  }

  @Test
  void aThingThatFollowsAModelSaysSoFromItsCreationOnAndKeepsItThroughMerges() {
    TwinBackend backend = connected();
    String thing = newThing();
    var model = modelOfTwoFeatures();

    assertThat(
            answer(
                backend.submit(
                    new Provision(thing, policy, Patch.of("class", "infusion-pump"), model))))
        .isEqualTo(new Answer.Provisioned(true, 0, 0));
    assertThat(answer(backend.submit(merge(thing, 1, 1, pulse(60L)))))
        .isEqualTo(new Answer.Stored());

    JsonObject stored = StoredThing.read(server(), thing);
    assertThat(text(stored, "definition")).isEqualTo(model.thing());
    assertThat(at(stored, "features/heart/definition").asArray().get(0).orElseThrow().asString())
        .isEqualTo(model.features().get("heart"));
    assertThat(at(stored, "features/heart/properties/rate").asLong()).isEqualTo(60);
  }

  /** A model that no server can fetch: whether it checks is the server's business, not ours. */
  private static Definition modelOfTwoFeatures() {
    var model = "med:twin:1.0.0";
    return new Definition(model, Map.of("link", "med:link:1.0.0", "heart", "med:heart:1.0.0"));
  }

  @Test
  void provisioningLeavesWhatIsThereAndTellsHowFarItIs() {
    TwinBackend backend = connected();
    String thing = provisioned(backend);
    answer(backend.submit(merge(thing, 3, 7, pulse(61L))));

    Answer again =
        answer(backend.submit(new Provision(thing, policy, Patch.of("class", "something-else"))));

    assertThat(again).isEqualTo(new Answer.Provisioned(false, 3, 7));
    JsonObject stored = StoredThing.read(server(), thing);
    assertThat(text(stored, "attributes/class")).isEqualTo("infusion-pump");
    assertThat(at(stored, "features/heart/properties/rate").asLong()).isEqualTo(61);
  }

  @Test
  void whatAThingWasToldOfAlertsAndEventsIsRecalled() {
    TwinBackend backend = connected();
    String thing = provisioned(backend);
    assertThat(answer(backend.submit(new Recall(thing))))
        .isEqualTo(new Answer.Recalled(Patch.EMPTY));
    var started = feature("events", "e0", Patch.of("text", "started"));
    answer(backend.submit(merge(thing, 1, 1, pulse(60L), started)));
    var ended = new Patch(Map.of("code", "AL_1", "event", new BigDecimal("196650")));
    answer(backend.submit(merge(thing, 1, 2, feature("alerts", "recent", Patch.of("r3", ended)))));

    assertThat(answer(backend.submit(new Recall(thing))))
        .isEqualTo(
            new Answer.Recalled(
                new Patch(
                    Map.of(
                        "events",
                        started.members().get("events"),
                        "alerts",
                        Patch.of("properties", Patch.of("recent", Patch.of("r3", ended)))))));
    assertThat(answer(backend.submit(new Recall(newThing()))))
        .as("one that is not there")
        .isEqualTo(new Answer.Recalled(Patch.EMPTY));
  }

  @Test
  void manyThingsMayBeProvisionedUnderOnePolicyAtOnce() {
    TwinBackend backend = connected();
    List<CompletionStage<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < MANY_THINGS / 4; i++) {
      answers.add(backend.submit(provision(newThing())));
    }

    assertThat(answers)
        .allSatisfy(a -> assertThat(answer(a)).isEqualTo(new Answer.Provisioned(true, 0, 0)));
  }

  @Test
  void aMergeChangesWhatItNamesAndNothingElse() {
    TwinBackend backend = connected();
    String thing = provisioned(backend);
    answer(backend.submit(merge(thing, 1, 1, pulse(60L), feature("spo2", "value", 97L))));

    Answer second = answer(backend.submit(merge(thing, 1, 2, pulse(61L))));

    assertThat(second).isEqualTo(new Answer.Stored());
    JsonObject stored = StoredThing.read(server(), thing);
    assertThat(at(stored, "features/heart/properties/rate").asLong()).isEqualTo(61);
    assertThat(at(stored, "features/spo2/properties/value").asLong()).isEqualTo(97);
    assertThat(at(stored, "features/link/properties/seq").asLong()).isEqualTo(2);
  }

  @Test
  void removingAMemberDeletesItsKey() {
    TwinBackend backend = connected();
    String thing = provisioned(backend);
    answer(backend.submit(merge(thing, 1, 1, pulse(60L), feature("spo2", "value", 97L))));

    Answer removal =
        answer(backend.submit(merge(thing, 1, 2, feature("spo2", "value", Patch.REMOVE))));

    assertThat(removal).isEqualTo(new Answer.Stored());
    JsonObject stored = StoredThing.read(server(), thing);
    assertThat(stored.getValue("features/spo2/properties/value")).isEmpty();
    assertThat(at(stored, "features/heart/properties/rate").asLong()).isEqualTo(60);
  }

  @Test
  void removingWhatIsNotThereStoresNoNull() {
    TwinBackend backend = connected();
    String thing = provisioned(backend);
    answer(backend.submit(merge(thing, 1, 1, feature("spo2", "validity", "valid"))));

    Answer removal =
        answer(backend.submit(merge(thing, 1, 2, feature("spo2", "value", Patch.REMOVE))));

    assertThat(removal).isEqualTo(new Answer.Stored());
    JsonObject stored = StoredThing.read(server(), thing);
    assertThat(stored.getValue("features/spo2/properties/value")).isEmpty();
    assertThat(text(stored, "features/spo2/properties/validity")).isEqualTo("valid");
  }

  @Test
  void aStaleSequenceIsOutdatedAndChangesNothing() {
    TwinBackend backend = connected();
    String thing = provisioned(backend);
    answer(backend.submit(merge(thing, 5, 10, pulse(60L))));

    Answer older = answer(backend.submit(merge(thing, 5, 9, pulse(59L))));
    Answer same = answer(backend.submit(merge(thing, 5, 10, pulse(58L))));

    assertThat(older).isEqualTo(new Answer.Outdated(5));
    assertThat(same).isEqualTo(new Answer.Outdated(5));
    JsonObject stored = StoredThing.read(server(), thing);
    assertThat(at(stored, "features/heart/properties/rate").asLong()).isEqualTo(60);
  }

  @Test
  void aHigherEpochTakesOverAndFencesTheOldOwnerOff() {
    TwinBackend backend = connected();
    String thing = provisioned(backend);
    answer(backend.submit(merge(thing, 1, 100, pulse(60L))));

    Answer takeover = answer(backend.submit(merge(thing, 2, 1, pulse(70L))));
    Answer oldOwner = answer(backend.submit(merge(thing, 1, 101, pulse(61L))));

    assertThat(takeover).isEqualTo(new Answer.Stored());
    assertThat(oldOwner).isEqualTo(new Answer.Outdated(2));
    JsonObject stored = StoredThing.read(server(), thing);
    assertThat(at(stored, "features/heart/properties/rate").asLong()).isEqualTo(70);
  }

  @Test
  void mergesOverManyThingsAtOnceAllArrive() {
    TwinBackend backend = connected();
    List<String> all = new ArrayList<>();
    List<CompletionStage<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < MANY_THINGS; i++) {
      all.add(newThing());
    }
    all.stream().map(t -> backend.submit(provision(t))).toList().forEach(this::answer);
    for (long seq = 1; seq <= 3; seq++) {
      answers.clear();
      for (int i = 0; i < MANY_THINGS; i++) {
        answers.add(backend.submit(merge(all.get(i), 1, seq, pulse(seq * 1000 + i))));
      }
      assertThat(answers).allSatisfy(a -> assertThat(answer(a)).isEqualTo(new Answer.Stored()));
    }

    for (int i = 0; i < MANY_THINGS; i++) {
      JsonObject stored = StoredThing.read(server(), all.get(i));
      assertThat(at(stored, "features/heart/properties/rate").asLong()).isEqualTo(3000L + i);
    }
  }

  @Test
  void anUnknownThingIsNotProvisioned() {
    TwinBackend backend = connected();

    Answer answer = answer(backend.submit(merge(newThing(), 1, 1, pulse(60L))));

    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.NotProvisioned.class,
            n -> {
              assertThat(n.status()).isEqualTo(404);
              assertThat(n.why()).contains("things:thing.notfound").contains("READ");
            });
  }

  @Test
  void withoutARightToMakeThePolicyNothingIsProvisionedAndTheAnswerSaysWhatIsMissing() {
    String us = server().subject();
    TwinBackend backend =
        start(
            config()
                .withRoles(
                    new DittoRoles(us, List.of("nginx:nobody"), List.of(), List.of(), List.of())));
    String thing = newThing();

    Answer answer = answer(backend.submit(provision(thing)));

    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.NotProvisioned.class,
            n -> assertThat(n.why()).contains(policy).contains(us).contains("WRITE"));
    assertThat(StoredThing.status(server(), "things/" + thing)).isEqualTo(404);
  }

  @Test
  void aThingThatWeMayNotReadIsNotProvisioned() {
    DittoRoles withoutUs =
        new DittoRoles(
            "nginx:nobody", List.of(server().subject()), List.of(), List.of(), List.of());
    TwinBackend backend = start(config().withRoles(withoutUs));
    String thing = newThing();
    answer(backend.submit(provision(thing)));

    Answer merge = answer(backend.submit(merge(thing, 1, 1, pulse(60L))));

    assertThat(merge)
        .isInstanceOfSatisfying(
            Answer.NotProvisioned.class,
            n -> assertThat(n.why()).contains("READ").contains("thing:/features"));
  }

  @Test
  void whatIsTooLargeIsRefusedAndTheNextIsStored() {
    TwinBackend backend = connected();
    String thing = provisioned(backend);

    Answer pastTheThingsLimit =
        answer(backend.submit(merge(thing, 1, 1, feature("big", "text", "x".repeat(110_000)))));
    Answer pastTheFrame =
        answer(backend.submit(merge(thing, 1, 1, feature("big", "text", "x".repeat(300_000)))));
    Answer next = answer(backend.submit(merge(thing, 1, 1, pulse(60L))));

    assertThat(List.of(pastTheThingsLimit, pastTheFrame))
        .allSatisfy(
            a ->
                assertThat(a)
                    .isInstanceOfSatisfying(
                        Answer.Refused.class, r -> assertThat(r.status()).isEqualTo(413)));
    assertThat(next).isEqualTo(new Answer.Stored());
  }

  @Test
  void whatDittoCannotHoldIsRefusedAndTheNextIsStored() {
    TwinBackend backend = connected();
    String thing = provisioned(backend);

    Answer badName = answer(backend.submit(merge(thing, 1, 1, feature("heart", "a/b", 1L))));
    Answer badFeatures =
        answer(backend.submit(new Merge(thing, 1, 1, Patch.of("features", "none"))));
    Answer badMember =
        answer(backend.submit(new Merge(thing, 1, 1, Patch.of("policyId", "a.b:other"))));
    Answer badId = answer(backend.submit(new Merge("no namespace", 1, 1, Patch.EMPTY)));
    Answer badPolicy = answer(backend.submit(new Provision(newThing(), "none", Patch.EMPTY)));
    Answer badAttribute =
        answer(backend.submit(new Provision(newThing(), policy, Patch.of("a/b", 1L))));
    Answer next = answer(backend.submit(merge(thing, 1, 1, pulse(60L))));

    assertThat(List.of(badName, badFeatures, badMember, badId, badPolicy, badAttribute))
        .allSatisfy(
            a ->
                assertThat(a)
                    .isInstanceOfSatisfying(
                        Answer.Refused.class, r -> assertThat(r.status()).isEqualTo(400)));
    assertThat(next).isEqualTo(new Answer.Stored());
  }

  @Test
  void equalValuesUnderANewSequenceAreStored() {
    TwinBackend backend = connected();
    String thing = provisioned(backend);
    answer(backend.submit(merge(thing, 1, 1, pulse(60L))));

    Answer again = answer(backend.submit(merge(thing, 1, 2, pulse(60L))));

    assertThat(again).isEqualTo(new Answer.Stored());
    JsonObject stored = StoredThing.read(server(), thing);
    assertThat(at(stored, "features/link/properties/seq").asLong()).isEqualTo(2);
  }

  @Test
  void numbersKeepTheirAmount() {
    TwinBackend backend = connected();
    String thing = provisioned(backend);
    Map<String, Object> numbers = new LinkedHashMap<>();
    List.of("5.00", "0.1", "-0.05", "15.4", "212.5", "120", "1E+3", "1E-7", "0", "2147483648")
        .forEach(n -> numbers.put("n" + numbers.size(), new BigDecimal(n)));
    numbers.put("whole", 9_007_199_254_740_993L); // no double is equal to it
    numbers.put("negative", -1L);

    Answer answer = answer(backend.submit(merge(thing, 1, 1, features("numbers", numbers))));

    assertThat(answer).isEqualTo(new Answer.Stored());
    JsonObject stored =
        at(StoredThing.read(server(), thing), "features/numbers/properties").asObject();
    numbers.forEach(
        (name, sent) ->
            assertThat(new BigDecimal(stored.getValue(name).orElseThrow().toString()))
                .as(name)
                .isEqualByComparingTo(new BigDecimal(sent.toString())));
  }

  @Test
  void anyTextIsKept() {
    TwinBackend backend = connected();
    String thing = provisioned(backend);
    Map<String, Object> texts = new LinkedHashMap<>();
    List.of(
            "",
            "\"quoted\", and 'so'",
            "back\\slash",
            "line\nbreak\ttab",
            "µg/kg/min · 37 °C",
            "😀",
            "null",
            "))or(",
            "</script>")
        .forEach(t -> texts.put("t" + texts.size(), t));
    texts.put("flag", true);
    texts.put("name, with \"all\" Ω", "odd name");

    Answer answer = answer(backend.submit(merge(thing, 1, 1, features("texts", texts))));

    assertThat(answer).isEqualTo(new Answer.Stored());
    JsonObject stored =
        at(StoredThing.read(server(), thing), "features/texts/properties").asObject();
    assertThat(stored.getSize()).isEqualTo(texts.size());
    stored.forEach(
        field ->
            assertThat(field.getValue().isString() ? field.getValue().asString() : true)
                .as(field.getKeyName())
                .isEqualTo(texts.get(field.getKeyName())));
  }

  @Test
  void beforeTheStartAndAfterTheEndACommandIsAnsweredBusy() {
    TwinBackend backend = backend(config());
    backends.add(backend);

    Answer before = answer(backend.submit(merge(newThing(), 1, 1, pulse(60L))));
    backend.start();
    Await.until("connected", () -> backend.reach() == Reach.CONNECTED);
    backend.close();
    Answer after = answer(backend.submit(merge(newThing(), 1, 1, pulse(60L))));

    assertThat(before).isInstanceOf(Answer.Busy.class);
    assertThat(after).isInstanceOf(Answer.Busy.class);
    assertThat(backend.reach()).isEqualTo(Reach.DISCONNECTED);
  }

  @Test
  void aCutInMidFlightIsBusyAtOnceAndTheFinalStateArrivesAfterwards() {
    try (CuttableProxy cable = new CuttableProxy(server().base())) {
      TwinBackend backend = start(config().withEndpoint(cable.address()));
      List<String> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(provisioned(backend));
      }
      long seq = 0;
      for (int round = 0; round < 3; round++) {
        long now = ++seq;
        cable.hold();
        var answers = all.stream().map(t -> backend.submit(merge(t, 1, now, pulse(now)))).toList();
        long cutNanos = System.nanoTime();
        cable.cut();

        assertThat(answers).allSatisfy(a -> assertThat(answer(a)).isInstanceOf(Answer.Busy.class));
        assertThat(Duration.ofNanos(System.nanoTime() - cutNanos)).isLessThan(PATIENT.dividedBy(6));
        Await.until(
            "back", () -> !(answer(backend.submit(provision(all.get(0)))) instanceof Answer.Busy));
      }

      long last = ++seq;
      for (String thing : all) {
        Await.until(
            "final state of " + thing,
            () ->
                answer(backend.submit(merge(thing, 1, last, pulse(last))))
                    instanceof Answer.Stored);
      }

      for (String thing : all) {
        JsonObject stored = StoredThing.read(server(), thing);
        assertThat(at(stored, "features/heart/properties/rate").asLong()).isEqualTo(last);
      }
    }
  }

  @Test
  void aMergeSentAgainAfterALostAnswerIsNotAppliedTwice() {
    try (CuttableProxy cable = new CuttableProxy(server().base())) {
      TwinBackend backend = start(config().withEndpoint(cable.address()));
      String thing = provisioned(backend);
      cable.hold();
      CompletionStage<Answer> first = backend.submit(merge(thing, 1, 1, pulse(60L)));
      Await.until(
          "stored", () -> StoredThing.read(server(), thing).getValue("features/heart").isPresent());
      cable.cut();

      assertThat(answer(first)).isInstanceOf(Answer.Busy.class);
      Await.until("back", () -> backend.reach() == Reach.CONNECTED && isOutdated(backend, thing));
    }
  }

  @Test
  void aServerThatKeepsSilentIsBusyWithinTheTimeout() {
    Duration timeout = Duration.ofMillis(500);
    try (CuttableProxy cable = new CuttableProxy(server().base())) {
      TwinBackend backend =
          start(config().withEndpoint(cable.address()).withCommandTimeout(timeout));
      cable.hold();

      long sentNanos = System.nanoTime();
      Answer answer = answer(backend.submit(merge(newThing(), 1, 1, pulse(60L))));

      assertThat(answer).isInstanceOf(Answer.Busy.class);
      assertThat(Duration.ofNanos(System.nanoTime() - sentNanos))
          .isBetween(timeout, timeout.multipliedBy(8));
    }
  }

  // --- what the tests are made of

  DittoConfig config() {
    TwinServer server = server();
    return DittoConfig.of(
            server.base(),
            new DittoLogin.Basic(server.user(), server::password),
            DittoRoles.of(server.subject()))
        .withCommandTimeout(PATIENT)
        .withBackOff(new BackOff(Duration.ofMillis(5), Duration.ofMillis(100)));
  }

  TwinBackend start(DittoConfig config) {
    TwinBackend backend = backend(config);
    backends.add(backend);
    backend.start();
    Await.until("connected", () -> backend.reach() == Reach.CONNECTED);
    return backend;
  }

  TwinBackend connected() {
    return start(config());
  }

  String newThing() {
    String thing = "io.medtwin.contract:" + UUID.randomUUID();
    things.add(thing);
    return thing;
  }

  String provisioned(TwinBackend backend) {
    String thing = newThing();
    assertThat(answer(backend.submit(provision(thing)))).isInstanceOf(Answer.Provisioned.class);
    return thing;
  }

  Provision provision(String thing) {
    return new Provision(thing, policy, Patch.of("class", "infusion-pump"));
  }

  String policy() {
    return policy;
  }

  private boolean isOutdated(TwinBackend backend, String thing) {
    Answer answer = answer(backend.submit(merge(thing, 1, 1, pulse(99L))));
    assertThat(answer).isInstanceOfAny(Answer.Busy.class, Answer.Outdated.class);
    return answer.equals(new Answer.Outdated(1));
  }

  Answer answer(CompletionStage<Answer> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENT.toSeconds() * 2, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("a command was not answered", e);
    }
  }

  static Merge merge(String thing, long epoch, long seq, Patch... features) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("link", Patch.of("properties", new Patch(Map.of("epoch", epoch, "seq", seq))));
    for (Patch feature : features) {
      all.putAll(feature.members());
    }
    return new Merge(thing, epoch, seq, Patch.of("features", new Patch(all)));
  }

  static Patch pulse(long rate) {
    return feature("heart", "rate", rate);
  }

  static Patch feature(String feature, String property, Object value) {
    return features(feature, Map.of(property, value));
  }

  static Patch features(String feature, Map<String, Object> properties) {
    return Patch.of(feature, Patch.of("properties", new Patch(properties)));
  }

  static JsonValue at(JsonObject object, String pointer) {
    return object
        .getValue(pointer)
        .orElseThrow(() -> new AssertionError("nothing at " + pointer + " in " + object));
  }

  static String text(JsonObject object, String pointer) {
    return at(object, pointer).asString();
  }
}
