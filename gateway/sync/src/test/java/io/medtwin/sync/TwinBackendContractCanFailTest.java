package io.medtwin.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.ditto.embedded.EmbeddedDitto;
import io.medtwin.ditto.embedded.EmbeddedDittoConfig;
import io.medtwin.twin.backend.Answer;
import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.backend.TwinBackend;
import io.medtwin.twin.backend.TwinCommand;
import io.medtwin.twin.backend.TwinCommand.Merge;
import io.medtwin.twin.backend.TwinCommand.Provision;
import io.medtwin.twin.backend.TwinCommand.Recall;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each rule of the contract catches a backend that breaks it. */
class TwinBackendContractCanFailTest {

  private static final Map<String, Sabotage> BROKEN =
      Map.ofEntries(
          rule("aThingIsCreatedOnceUnderItsPolicy", answers(Sabotaged::alwaysCreated)),
          rule(
              "aThingThatFollowsAModelSaysSoFromItsCreationOnAndKeepsItThroughMerges",
              provisions(Sabotaged::modelless)),
          rule("provisioningLeavesWhatIsThereAndTellsHowFarItIs", answers(Sabotaged::atZero)),
          rule("whatAThingWasToldOfAlertsAndEventsIsRecalled", answers(Sabotaged::forgetful)),
          rule("manyThingsMayBeProvisionedUnderOnePolicyAtOnce", answers(Sabotaged::overloaded)),
          rule("aMergeChangesWhatItNamesAndNothingElse", commands(Sabotaged::removingSpo2)),
          rule("removingAMemberDeletesItsKey", commands(Sabotaged::withoutRemovals)),
          rule("removingWhatIsNotThereStoresNoNull", commands(Sabotaged::nullAsText)),
          rule("aStaleSequenceIsOutdatedAndChangesNothing", commands(Sabotaged::unconditional)),
          rule("aHigherEpochTakesOverAndFencesTheOldOwnerOff", commands(Sabotaged::epochless)),
          rule("mergesOverManyThingsAtOnceAllArrive", answersUnsent(new Answer.Stored())),
          rule("anUnknownThingIsNotProvisioned", answersUnsent(new Answer.Stored())),
          rule(
              "withoutARightToMakeThePolicyNothingIsProvisionedAndTheAnswerSaysWhatIsMissing",
              answers(Sabotaged::wordless)),
          rule("aThingThatWeMayNotReadIsNotProvisioned", answers(Sabotaged::wordless)),
          rule("whatIsTooLargeIsRefusedAndTheNextIsStored", answers(Sabotaged::refusedIsBusy)),
          rule("whatDittoCannotHoldIsRefusedAndTheNextIsStored", answers(Sabotaged::refusedIsBusy)),
          rule("equalValuesUnderANewSequenceAreStored", answersUnsent(new Answer.Stored())),
          rule("numbersKeepTheirAmount", commands(Sabotaged::rounded)),
          rule("anyTextIsKept", commands(Sabotaged::ascii)),
          rule(
              "beforeTheStartAndAfterTheEndACommandIsAnsweredBusy",
              answers(Sabotaged::busyIsStored)),
          rule(
              "aCutInMidFlightIsBusyAtOnceAndTheFinalStateArrivesAfterwards",
              answers(Sabotaged::busyIsStored)),
          rule(
              "aMergeSentAgainAfterALostAnswerIsNotAppliedTwice", answers(Sabotaged::busyIsStored)),
          rule("aServerThatKeepsSilentIsBusyWithinTheTimeout", answers(Sabotaged::busyIsStored)));

  @SuppressWarnings("NullAway.Init") // set before any test runs
  private static EmbeddedDitto ditto;

  @BeforeAll
  static void start() throws IOException {
    ditto = EmbeddedDitto.start(EmbeddedDittoConfig.inMemory(InstantSource.system()));
  }

  @AfterAll
  static void stop() {
    ditto.close();
  }

  @TestFactory
  Stream<DynamicTest> everyRuleCanFail() {
    return rules().map(rule -> DynamicTest.dynamicTest(rule.getName(), () -> breaks(rule)));
  }

  @Test
  void noSabotageIsLeftOfARuleThatIsGone() {
    assertThat(rules().map(Method::getName)).containsAll(BROKEN.keySet());
  }

  private static Stream<Method> rules() {
    return Arrays.stream(TwinBackendContract.class.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Test.class));
  }

  private static void breaks(Method rule) {
    Sabotage sabotage = BROKEN.get(rule.getName());
    if (sabotage == null) {
      throw new AssertionError("no backend here breaks the rule " + rule.getName());
    }
    TwinBackendContract contract = new Broken(sabotage);
    contract.ownPolicy();
    try {
      assertThatThrownBy(() -> run(rule, contract)).isInstanceOf(AssertionError.class);
    } finally {
      contract.tidyUp();
    }
  }

  private static void run(Method rule, TwinBackendContract contract) throws Throwable {
    try {
      rule.invoke(contract);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static final class Broken extends TwinBackendContract {
    private final Sabotage sabotage;

    Broken(Sabotage sabotage) {
      this.sabotage = sabotage;
    }

    @Override
    TwinServer server() {
      return EmbeddedDittoContractTest.of(ditto);
    }

    @Override
    TwinBackend backend(DittoConfig config) {
      return new Sabotaged(super.backend(config), sabotage);
    }
  }

  /** How a command is carried out by a backend gone bad. */
  private interface Sabotage {
    CompletionStage<Answer> submit(TwinBackend good, TwinCommand command);
  }

  private static Map.Entry<String, Sabotage> rule(String name, Sabotage sabotage) {
    return Map.entry(name, sabotage);
  }

  private static Sabotage answers(UnaryOperator<Answer> changed) {
    return (good, command) -> good.submit(command).thenApply(changed);
  }

  private static Sabotage commands(UnaryOperator<Merge> changed) {
    return (good, command) ->
        good.submit(
            switch (command) {
              case Merge merge -> changed.apply(merge);
              case Provision provision -> provision;
              case Recall recall -> recall;
            });
  }

  private static Sabotage provisions(UnaryOperator<Provision> changed) {
    return (good, command) ->
        good.submit(
            switch (command) {
              case Merge merge -> merge;
              case Provision provision -> changed.apply(provision);
              case Recall recall -> recall;
            });
  }

  /** Merges are never sent. */
  private static Sabotage answersUnsent(Answer answer) {
    return (good, command) ->
        switch (command) {
          case Merge _ -> CompletableFuture.completedFuture(answer);
          case Provision provision -> good.submit(provision);
          case Recall recall -> good.submit(recall);
        };
  }

  private record Sabotaged(TwinBackend good, Sabotage sabotage) implements TwinBackend {

    @Override
    public void start() {
      good.start();
    }

    @Override
    public CompletionStage<Answer> submit(TwinCommand command) {
      return sabotage.submit(good, command);
    }

    @Override
    public Reach reach() {
      return good.reach();
    }

    @Override
    public String name() {
      return good.name();
    }

    @Override
    public void close() {
      good.close();
    }

    static Provision modelless(Provision provision) {
      return new Provision(provision.thingId(), provision.policyId(), provision.attributes());
    }

    static Answer alwaysCreated(Answer answer) {
      return answer instanceof Answer.Provisioned ? new Answer.Provisioned(true, 0, 0) : answer;
    }

    static Answer forgetful(Answer answer) {
      return answer instanceof Answer.Recalled ? new Answer.Recalled(Patch.EMPTY) : answer;
    }

    static Answer atZero(Answer answer) {
      return answer instanceof Answer.Provisioned p
          ? new Answer.Provisioned(p.created(), 0, 0)
          : answer;
    }

    static Answer overloaded(Answer answer) {
      return new Answer.Busy(429, "too many");
    }

    static Answer wordless(Answer answer) {
      return answer instanceof Answer.NotProvisioned n
          ? new Answer.NotProvisioned(n.status(), "")
          : answer;
    }

    static Answer refusedIsBusy(Answer answer) {
      return answer instanceof Answer.Refused r ? new Answer.Busy(r.status(), r.why()) : answer;
    }

    static Answer busyIsStored(Answer answer) {
      return answer instanceof Answer.Busy ? new Answer.Stored() : answer;
    }

    static Merge removingSpo2(Merge merge) {
      Map<String, Object> features = new LinkedHashMap<>();
      if (merge.patch().members().get("features") instanceof Patch sent) {
        features.putAll(sent.members());
      }
      features.putIfAbsent("spo2", Patch.REMOVE);
      return with(merge, Patch.of("features", new Patch(features)));
    }

    static Merge withoutRemovals(Merge merge) {
      return with(merge, map(merge.patch(), v -> v == Patch.REMOVE ? 0L : v));
    }

    static Merge nullAsText(Merge merge) {
      return with(merge, map(merge.patch(), v -> v == Patch.REMOVE ? "null" : v));
    }

    static Merge rounded(Merge merge) {
      return with(
          merge,
          map(
              merge.patch(),
              v -> v instanceof Long l ? (Object) BigDecimal.valueOf((double) l) : v));
    }

    static Merge ascii(Merge merge) {
      return with(
          merge, map(merge.patch(), v -> v instanceof String s ? s.replaceAll("[^ -~]", "?") : v));
    }

    static Merge unconditional(Merge merge) {
      return new Merge(merge.thingId(), Long.MAX_VALUE, 1, merge.patch());
    }

    static Merge epochless(Merge merge) {
      return new Merge(merge.thingId(), 1, merge.seq(), merge.patch());
    }

    private static Merge with(Merge merge, Patch patch) {
      return new Merge(merge.thingId(), merge.epoch(), merge.seq(), patch);
    }

    private static Patch map(Patch patch, UnaryOperator<Object> change) {
      Map<String, Object> changed = new LinkedHashMap<>();
      patch
          .members()
          .forEach(
              (name, value) ->
                  changed.put(
                      name, value instanceof Patch p ? map(p, change) : change.apply(value)));
      return new Patch(changed);
    }
  }
}
