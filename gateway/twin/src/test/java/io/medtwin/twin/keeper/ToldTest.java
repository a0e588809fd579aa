package io.medtwin.twin.keeper;

import static io.medtwin.twin.keeper.KeeperBench.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What others see of a device while it goes on. */
@Timeout(60)
class ToldTest {

  @Test
  void whatIsToldIsOfOneMomentHoweverMuchIsSaidMeanwhile() throws Exception {
    try (var bench = new KeeperBench("ox-1", "ox-2")) {
      var saying =
          CompletableFuture.runAsync(
              () -> {
                try {
                  for (int i = 0; i < 5_000; i++) {
                    bench.say("ox-1", Reading.of("spo2", Numeric.of(90 + i % 9, "%")));
                  }
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
      int looks = 0;
      while (!saying.isDone() || looks == 0) {
        var told = bench.keeper.told("ox-1").orElseThrow();
        var total = told.account().total();
        assertThat(total.isExact()).isTrue();
        assertThat(total.received()).isEqualTo(told.view().counts().received());
        assertThat(bench.keeper.accounts()).allSatisfy(one -> assertThat(one.isExact()).isTrue());
        looks++;
      }
      saying.get(20, TimeUnit.SECONDS);
      until(
          "all is told",
          () ->
              bench.keeper.told("ox-1").orElseThrow().view().counts().received() == 5_000
                  && bench.keeper.accounts().getFirst().total().received() == 5_000);
      assertThat(bench.keeper.accounts())
          .extracting(account -> account.device())
          .containsExactly("ox-1", "ox-2");
    }
  }

  @Test
  void nothingIsToldOfADeviceThatNobodyConfigured() {
    try (var bench = new KeeperBench("ox-1")) {
      assertThat(bench.keeper.told("ox-9")).isEmpty();
    }
  }

  @Test
  void whoAsksAKeeperThatIsHeldUpGetsNoAnswerAndLeavesNoMoreThanAFewQuestions() throws Exception {
    try (var bench = new KeeperBench("ox-1")) {
      until("nothing is under way", () -> bench.keeper.views().getFirst().acknowledgedAt() != null);
      var hold = bench.hold();
      var asked = new ArrayList<Thread>();
      try {
        for (int i = 0; i < 3 * TwinKeeper.QUESTIONS_LIMIT; i++) {
          asked.add(
              Thread.ofVirtual().start(() -> assertThat(bench.keeper.told("ox-1")).isEmpty()));
        }
        for (Thread one : asked) {
          one.join();
        }
        assertThat(bench.keeper.questionsWaiting()).isEqualTo(TwinKeeper.QUESTIONS_LIMIT);
      } finally {
        hold.countDown();
      }
      until("it answers again", () -> bench.keeper.told("ox-1").isPresent());
      assertThat(bench.keeper.questionsWaiting()).isZero();
    }
  }

  @Test
  void aKeeperThatHasEndedTellsWhatItKnewLast() throws Exception {
    var bench = new KeeperBench("ox-1");
    bench.say("ox-1", Reading.of("spo2", Numeric.of(97, "%")));
    bench.close();

    assertThat(bench.keeper.told("ox-1").orElseThrow().view().counts().received()).isEqualTo(1);
    assertThat(bench.keeper.accounts().getFirst().total().received()).isEqualTo(1);
  }
}
