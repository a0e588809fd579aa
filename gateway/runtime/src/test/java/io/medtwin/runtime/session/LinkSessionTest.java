package io.medtwin.runtime.session;

import static io.medtwin.runtime.session.ScriptedMessages.message;
import static io.medtwin.runtime.session.TestDrivers.PATIENCE;
import static io.medtwin.runtime.session.TestDrivers.bytesAsSpo2;
import static io.medtwin.runtime.session.TestDrivers.spo2;
import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.journal.Entry;
import io.medtwin.journal.Receipt;
import io.medtwin.spi.Driver;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.MessageLink.Refusal;
import io.medtwin.twin.state.LinkState.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LinkSessionTest {

  private static final Duration PROMPTLY = Duration.ofMillis(1_500);

  @TempDir private Path folder;

  @Test
  void aLinkThatCannotBeOpenedIsTriedAgainAfterGrowingPauses() throws Exception {
    var transport = new ScriptedTransport(LinkKind.TCP, ScriptedTransport::refuse);
    try (var bench = new Bench(folder, "ox")) {
      var sessions = bench.start(Bench.device("ox", bytesAsSpo2(), transport));

      var pauses = pausesOf(sessions, bench, 3);

      assertThat(pauses.get(0)).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
      assertThat(pauses.get(1)).isBetween(Duration.ofMillis(500), Duration.ofMillis(1_000));
      assertThat(pauses.get(2)).isBetween(Duration.ofMillis(1_000), Duration.ofMillis(2_000));
      Await.until(
          "the twin says why", () -> bench.view("ox").link().why().equals("nobody answers"));
      assertThat(bench.view("ox").talking()).isFalse();
    }
  }

  @Test
  void pausesGrowAlsoAfterASessionThatWorkedIsLostForLong() throws Exception {
    var transport =
        new ScriptedTransport(
            LinkKind.TCP, () -> ScriptedBytes.thenClosed(97), ScriptedTransport::refuse);
    try (var bench = new Bench(folder, "ox")) {
      var sessions = bench.start(Bench.device("ox", bytesAsSpo2(), transport));

      var pauses = pausesOf(sessions, bench, 3);

      assertThat(pauses.get(2)).isGreaterThanOrEqualTo(Duration.ofMillis(1_000));
    }
  }

  @Test
  void whatADeviceSaysEndsTheGrowthOfPauses() throws Exception {
    var transport =
        new ScriptedTransport(
            LinkKind.TCP,
            ScriptedTransport::refuse,
            ScriptedTransport::refuse,
            () -> ScriptedBytes.thenClosed(97),
            ScriptedTransport::refuse);
    try (var bench = new Bench(folder, "ox")) {
      var sessions = bench.start(Bench.device("ox", bytesAsSpo2(), transport));

      Await.until("the fourth attempt", () -> transport.attempts() == 4);

      Await.until(
          "the count of attempts began again",
          () ->
              sessions.states().get("ox") instanceof SessionState.BackingOff off
                  && off.attempts() == 2
                  && off.why().equals("nobody answers"));
      Await.until("the reading", () -> bench.view("ox").counts().received() == 1);
    }
  }

  @Test
  void aBugInADriverEndsItsSessionAndNoOther() throws Exception {
    var faults =
        List.<Throwable>of(
            new IllegalStateException("bug"),
            new AssertionError("bug"),
            new NoClassDefFoundError("bug"),
            new StackOverflowError(),
            new java.sql.SQLException("checked, undeclared"),
            new InterruptedException("nobody asked it to stop"));
    var plans = new ArrayList<SessionPlan>();
    var runs = new ArrayList<AtomicInteger>();
    var names = new ArrayList<String>();
    for (Throwable fault : faults) {
      var count = new AtomicInteger();
      var name = "broken-" + runs.size();
      runs.add(count);
      names.add(name);
      plans.add(
          Bench.device(
              name,
              TestDrivers.stream(
                  (link, session) -> {
                    count.incrementAndGet();
                    if (fault instanceof Error error) {
                      throw error;
                    }
                    throw (Exception) fault;
                  }),
              new ScriptedTransport(LinkKind.TCP, ScriptedBytes::thenSilent)));
    }
    var feed = new ScriptedMessages();
    names.add("healthy");
    plans.add(
        Bench.device(
            "healthy",
            TestDrivers.messages(
                (link, session) -> {
                  while (true) {
                    link.receive(PATIENCE);
                    session.emit(spo2(97));
                  }
                }),
            new ScriptedTransport(LinkKind.MQTT, () -> feed)));
    try (var bench = new Bench(folder, names.toArray(String[]::new))) {
      var sessions = bench.start(plans.toArray(SessionPlan[]::new));

      Await.until(
          () -> "all run again, so far " + runs,
          () -> runs.stream().allMatch(run -> run.get() > 1));
      feed.put(message("a", null, 1));

      Await.until("the other talks", () -> bench.view("healthy").talking());
      assertThat(sessions.states().get("healthy")).isInstanceOf(SessionState.Running.class);
      assertThat(bench.view("broken-0").link().status()).isEqualTo(Status.OFFLINE);
    }
  }

  @Test
  void aDriverThatInterruptsItselfStillWaitsBetweenAttempts() throws Exception {
    var runs = new AtomicInteger();
    var transport = new ScriptedTransport(LinkKind.TCP, ScriptedBytes::thenSilent);
    var driver =
        TestDrivers.stream(
            (link, session) -> {
              runs.incrementAndGet();
              Thread.currentThread().interrupt();
            });
    try (var bench = new Bench(folder, "ox")) {
      var sessions = bench.start(Bench.device("ox", driver, transport));

      Await.until(
          "a real pause",
          () ->
              sessions.states().get("ox") instanceof SessionState.BackingOff off
                  && off.attempts() == 3);

      assertThat(runs.get()).isEqualTo(3);
    }
  }

  @Test
  void aDriverOnTheWrongKindOfLinkIsToldSo() throws Exception {
    var transport = new ScriptedTransport(LinkKind.MQTT, ScriptedMessages::new);
    try (var bench = new Bench(folder, "ox")) {
      bench.start(Bench.device("ox", bytesAsSpo2(), transport));

      Await.until(
          "why",
          () -> bench.view("ox").link().why().contains("takes bytes, this link carries messages"));
    }
  }

  @Test
  void stopEndsADriverThatIsBlockedInARead() throws Exception {
    var wire = ScriptedBytes.thenSilent(97);
    var transport = new ScriptedTransport(LinkKind.TCP, () -> wire);
    try (var bench = new Bench(folder, "ox")) {
      var sessions = bench.start(Bench.device("ox", bytesAsSpo2(), transport));
      Await.until("it talks", () -> bench.view("ox").talking());

      long begin = System.nanoTime();
      sessions.close();

      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PROMPTLY);
      assertThat(sessions.states().get("ox")).isEqualTo(new SessionState.Stopped());
      assertThat(wire.isClosed()).isTrue();
      assertThat(transport.attempts()).isEqualTo(1);
    }
  }

  @Test
  void stopWhileALinkIsBeingOpenedIsNotMissed() throws Exception {
    var opening = new CountDownLatch(1);
    var mayOpen = new CountDownLatch(1);
    var wire = ScriptedBytes.thenSilent();
    var transport =
        new ScriptedTransport(
            LinkKind.SERIAL,
            () -> {
              opening.countDown();
              awaitAsNativeCodeDoes(mayOpen);
              return wire;
            });
    try (var bench = new Bench(folder, "ox")) {
      var sessions = bench.start(Bench.device("ox", bytesAsSpo2(), transport));
      opening.await();
      var closing = Thread.ofVirtual().start(sessions::close);
      Await.until("the interrupt", () -> closing.getState() == Thread.State.TIMED_WAITING);

      mayOpen.countDown();

      assertThat(closing.join(Duration.ofSeconds(5))).isTrue();
      assertThat(sessions.states().get("ox")).isEqualTo(new SessionState.Stopped());
      assertThat(wire.isClosed()).isTrue();
    }
  }

  @Test
  void aStoppedGatewayLeavesNoTwinThatSeemsToTalk() throws Exception {
    var transport = new ScriptedTransport(LinkKind.TCP, () -> ScriptedBytes.thenSilent(97));
    try (var bench = new Bench(folder, "ox")) {
      var sessions = bench.start(Bench.device("ox", bytesAsSpo2(), transport));
      Await.until("it talks", () -> bench.view("ox").talking());

      sessions.close();

      Await.until("offline", () -> bench.view("ox").link().status() == Status.OFFLINE);
      assertThat(bench.view("ox").link().why()).isEqualTo("the gateway was stopped");
    }
  }

  @Test
  void aMessageIsAcknowledgedOnlyWhenTheNextOneIsAskedFor() throws Exception {
    var wire = new ScriptedMessages();
    var toldWhileHandling = new ConcurrentLinkedQueue<List<String>>();
    var driver =
        TestDrivers.messages(
            (link, session) -> {
              while (true) {
                var message = link.receive(PATIENCE);
                session.emit(spo2(97));
                if (message.address().equals("b")) {
                  link.reply(message("answer", null, 0));
                }
                toldWhileHandling.add(List.copyOf(wire.told()));
              }
            });
    try (var bench = new Bench(folder, "ox")) {
      bench.start(Bench.device("ox", driver, new ScriptedTransport(LinkKind.MQTT, () -> wire)));

      wire.put(message("a", null, 1), message("b", null, 1), message("c", null, 1));

      Await.until("three messages", () -> toldWhileHandling.size() == 3);
      assertThat(toldWhileHandling)
          .containsExactly(
              List.of(), List.of("accepted a"), List.of("accepted a", "accepted b with answer"));
      Await.until("the last", () -> wire.told().size() == 3);
      assertThat(wire.told().getLast()).isEqualTo("accepted c");
    }
  }

  @Test
  void aMessageSentAgainIsToldAgainAndNotTakenAgain() throws Exception {
    var wire = new ScriptedMessages();
    try (var bench = new Bench(folder, "ox")) {
      var sessions = bench.start(Bench.device("ox", saturation(), mqtt(wire)));

      wire.put(message("a", null, 1), 7, false);
      wire.put(message("a", null, 1), 7, true);
      wire.put(message("a", null, 1), 8, true); // its first sending did not arrive
      wire.put(message("a", null, 2), 7, true); // numbers come round
      wire.put(message("b", null, 1), 7, true);

      Await.until("all told", () -> wire.told().size() == 5);
      assertThat(heard(bench)).isEqualTo(4);
      assertThat(sessions.counts()).containsEntry("ox", new LinkCounts(4, 0, 0, 0, 1));
    }
  }

  @Test
  void aMessageSentAgainAfterARestartIsNotTakenAgain() throws Exception {
    var wire = new ScriptedMessages().put(message("a", null, 1), 7, false);
    try (var before = new Bench(folder, "ox")) {
      before.start(Bench.device("ox", saturation(), mqtt(wire)));
      Await.until("told", () -> wire.told().size() == 1);

      var next = new ScriptedMessages();
      try (var bench = new Bench(folder, before.journal, "ox")) {
        bench.start(Bench.device("ox", saturation(), mqtt(next)));
        next.put(message("a", null, 1), 7, true).put(message("a", null, 1), 8, true);

        Await.until("told", () -> next.told().size() == 2);
        assertThat(heard(bench)).isEqualTo(2);
      }
    }
  }

  @Test
  void aMessageSentAgainIsShownOnceMoreForItsAnswerAlone() throws Exception {
    var wire = new ScriptedMessages().answeredByDriver();
    var driver =
        TestDrivers.messages(
            (link, session) -> {
              while (true) {
                var message = link.receive(PATIENCE);
                session.emit(spo2(97));
                link.reply(message("yes-" + message.address(), null, 0), null);
              }
            });
    try (var bench = new Bench(folder, "ox")) {
      var sessions = bench.start(Bench.device("ox", driver, mqtt(wire)));

      wire.put(message("a", null, 1), 7, true);
      wire.put(message("a", null, 1), 7, true);
      wire.put(message("b", null, 1), 8, true);

      Await.until("all told", () -> wire.told().size() == 3);
      assertThat(wire.told())
          .containsExactly(
              "accepted a with yes-a", "accepted a with yes-a", "accepted b with yes-b");
      assertThat(heard(bench)).isEqualTo(2);
      assertThat(sessions.counts()).containsEntry("ox", new LinkCounts(2, 0, 0, 0, 1));
    }
  }

  @Test
  void aRefusalCarriesTheAnswerThatTheDriverWrote() throws Exception {
    var wire = new ScriptedMessages().answeredByDriver();
    var driver =
        TestDrivers.messages(
            (link, session) -> {
              while (true) {
                var message = link.receive(PATIENCE);
                link.reply(message("yes", null, 0), message("later", null, 0));
                if (message.address().equals("bad")) {
                  link.refuse(Refusal.MALFORMED, "nothing of it", message("no", null, 0));
                }
              }
            });
    try (var bench = new Bench(folder, "ox")) {
      bench.start(Bench.device("ox", driver, mqtt(wire)));

      wire.put(message("bad", null, 1), message("good", null, 1), message("bad", null, 1));

      Await.until("all told", () -> wire.told().size() == 3);
      assertThat(wire.told())
          .contains("refused bad MALFORMED with no", "accepted good with yes")
          .doesNotContain("accepted bad with yes");
    }
  }

  @Test
  void aMessageThatIsNotSafeIsToldWhatTheDriverWroteForThat() throws Exception {
    var delivery = new ScriptedMessages().answeredByDriver().put(message("a", null, 1));
    var link =
        new HeldMessageLink(
            delivery, LinkKind.MLLP, "hub", new FailingDisk(), (m, kind, why) -> {}, remembered());

    link.receive(PATIENCE);
    link.reply(message("yes", null, 0), message("later", null, 0));
    link.settle();

    assertThat(delivery.told()).containsExactly("postponed a with later");
  }

  private static TakenMessages remembered() {
    return new TakenMessages("hub", key -> false);
  }

  /** Nothing is ever on this disk. */
  private static final class FailingDisk implements HeldMessageLink.Keeping {
    @Override
    public void keep(long message, Receipt receipt) {
      receipt.notKept("no space left");
    }

    @Override
    public void again(Receipt receipt) {
      receipt.notKept("no space left");
    }

    @Override
    public void mute(boolean muted) {}
  }

  private static ScriptedTransport mqtt(ScriptedMessages wire) {
    return new ScriptedTransport(LinkKind.MQTT, () -> wire);
  }

  private static Supplier<Driver> saturation() {
    return TestDrivers.messages(
        (link, session) -> {
          while (true) {
            link.receive(PATIENCE);
            session.emit(spo2(97));
          }
        });
  }

  private static long heard(Bench bench) {
    return bench.journal.entries().stream()
        .filter(kept -> kept.entry() instanceof Entry.Heard)
        .count();
  }

  @Test
  void aMessageADriverFailsOnIsNeverAcknowledged() throws Exception {
    var wire = new ScriptedMessages().put(message("poison", null, 1));
    var failed = new AtomicBoolean();
    var driver =
        TestDrivers.messages(
            (link, session) -> {
              link.receive(PATIENCE);
              failed.set(true);
              throw new IllegalStateException("bug");
            });
    try (var bench = new Bench(folder, "ox")) {
      var sessions =
          bench.start(Bench.device("ox", driver, new ScriptedTransport(LinkKind.MQTT, () -> wire)));

      Await.until("failed", failed::get);
      Await.until(
          "backing off", () -> sessions.states().get("ox") instanceof SessionState.BackingOff);

      assertThat(wire.told()).isEmpty();
    }
  }

  @Test
  void theLastMessageIsAcknowledgedWhenTheDriverLeavesInOrder() throws Exception {
    var wire = new ScriptedMessages().put(message("only", null, 1));
    var driver = TestDrivers.messages((link, session) -> link.receive(PATIENCE));
    try (var bench = new Bench(folder, "ox")) {
      bench.start(
          Bench.device(
              "ox",
              driver,
              new ScriptedTransport(LinkKind.MQTT, () -> wire, ScriptedTransport::refuse)));

      Await.until("acknowledged", () -> wire.told().equals(List.of("accepted only")));
    }
  }

  @Test
  void aRefusedMessageIsToldOnceAndCountedOnceForItsDevice() throws Exception {
    var wire = new ScriptedMessages();
    var driver =
        TestDrivers.messages(
            (link, session) -> {
              while (true) {
                link.receive(PATIENCE);
                link.refuse(Refusal.MALFORMED, "expected JSON");
              }
            });
    try (var bench = new Bench(folder, "known", "other")) {
      var sessions =
          bench.start(
              Bench.hub(
                  "hub",
                  driver,
                  new ScriptedTransport(LinkKind.MQTT, () -> wire),
                  Map.of("AA:01", "known", "AA:02", "other")));

      wire.put(message("x", "aa:01", 7), message("y", "stranger", 11), message("z", null, 13));

      Await.until("three refusals", () -> wire.told().size() == 3);
      assertThat(wire.told())
          .containsExactly("refused x MALFORMED", "refused y MALFORMED", "refused z MALFORMED");
      Await.until(
          () -> "counted: " + sessions.counts(),
          () -> new LinkCounts(0, 3, 31, 3, 0).equals(sessions.counts().get("hub")));
      Await.until(
          "counted for the device", () -> bench.view("known").counts().discardedBytes() == 7);
      assertThat(bench.view("other").counts().discardedBytes()).isZero();
    }
  }

  @Test
  void whatAHubDriverDiscardsIsCountedForItsDeviceAndForTheLink() throws Exception {
    var wire = new ScriptedMessages();
    var driver =
        TestDrivers.messages(
            (link, session) -> {
              while (true) {
                var message = link.receive(PATIENCE);
                session.device(message.address()).discard("checksum", 5);
                session.discard("unknown topic", 2);
              }
            });
    try (var bench = new Bench(folder, "known")) {
      var sessions =
          bench.start(
              Bench.hub(
                  "hub",
                  driver,
                  new ScriptedTransport(LinkKind.MQTT, () -> wire),
                  Map.of("a", "known")));

      wire.put(message("a", null, 1), message("stranger", null, 1));

      Await.until(
          () -> "counted: " + sessions.counts(),
          () -> new LinkCounts(0, 4, 14, 0, 0).equals(sessions.counts().get("hub")));
      assertThat(sessions.links())
          .singleElement()
          .returns("hub", LinkView::name)
          .returns("scripted", LinkView::transport)
          .returns("test-driver", LinkView::driver)
          .returns(List.of("known"), LinkView::devices);
      Await.until("for the device", () -> bench.view("known").counts().discardedBytes() == 5);
    }
  }

  @Test
  void aDeviceNobodyConfiguredIsListedAndGetsNoTwin() throws Exception {
    var wire = new ScriptedMessages();
    var driver =
        TestDrivers.messages(
            (link, session) -> {
              while (true) {
                var message = link.receive(PATIENCE);
                session.device(message.address()).emit(spo2(97));
              }
            });
    try (var bench = new Bench(folder, "known")) {
      var sessions =
          bench.start(
              Bench.hub(
                  "hub",
                  driver,
                  new ScriptedTransport(LinkKind.MQTT, () -> wire),
                  Map.of("a", "known")));

      wire.put(message("stranger", null, 1), message("stranger", null, 1), message("a", null, 1));

      Await.until("the known one talks", () -> bench.view("known").talking());
      assertThat(sessions.unclaimed().list())
          .singleElement()
          .satisfies(
              stranger -> {
                assertThat(stranger.hub()).isEqualTo("hub");
                assertThat(stranger.address()).isEqualTo("stranger");
                assertThat(stranger.driver()).isEqualTo("test-driver");
                assertThat(stranger.reports()).isEqualTo(2);
                assertThat(stranger.parameters()).isEqualTo(Map.of("spo2", "%"));
              });
      assertThat(bench.keeper.views()).hasSize(1);
      assertThat(bench.view("known").counts().received()).isEqualTo(1);
    }
  }

  @Test
  void aClaimedDeviceTalksWithoutTheLinkBeingOpenedAgain() throws Exception {
    var wire = new ScriptedMessages();
    try (var bench = new Bench(folder, "known", "claimed")) {
      var sessions =
          bench.start(
              Bench.hub(
                  "hub",
                  eachMessageAsSpo2(),
                  new ScriptedTransport(LinkKind.MQTT, () -> wire, ScriptedTransport::refuse),
                  Map.of("a", "known")));
      wire.put(message("S1", null, 1), message("a", null, 1));
      Await.until("the known one talks", () -> bench.view("known").talking());

      assertThat(sessions.claim("no such hub", "S1", "claimed")).isFalse();
      assertThat(sessions.claim("hub", "S1", "claimed")).isTrue();
      wire.put(message("s1", null, 1), message("S1", null, 1));

      Await.until("it talks", () -> bench.view("claimed").counts().received() == 2);
      assertThat(sessions.unclaimed().list()).isEmpty();
    }
  }

  @Test
  void theUnclaimedAreKnownToTheNextLifeUnlessItsFileHasThem() throws Exception {
    var wire = new ScriptedMessages();
    var bench = new Bench(folder, "known");
    try (bench) {
      bench.start(
          Bench.hub(
              "hub",
              eachMessageAsSpo2(),
              new ScriptedTransport(LinkKind.MQTT, () -> wire),
              Map.of("a", "known")));
      wire.put(message("S1", null, 1), message("S2", null, 1), message("a", null, 1));
      Await.until("the known one talks", () -> bench.view("known").talking());
    }
    assertThat(bench.journal.unclaimed()).hasSize(2);

    try (var next = new Bench(folder, bench.journal, "known", "claimed")) {
      var sessions =
          next.start(
              Bench.hub(
                  "hub",
                  eachMessageAsSpo2(),
                  new ScriptedTransport(LinkKind.MQTT, ScriptedMessages::new),
                  Map.of("a", "known", "S1", "claimed")));
      assertThat(sessions.unclaimed().list())
          .extracting(stranger -> stranger.address())
          .containsExactly("S2");
    }
  }

  private static Supplier<Driver> eachMessageAsSpo2() {
    return TestDrivers.messages(
        (link, session) -> {
          while (true) {
            var message = link.receive(PATIENCE);
            session.device(message.address()).emit(spo2(97));
          }
        });
  }

  /** Each pause that a session announces, in order; the clock of the session stands still. */
  private static List<Duration> pausesOf(Sessions sessions, Bench bench, int count) {
    var pauses = new ArrayList<Duration>();
    var last = new AtomicReference<SessionState>(new SessionState.Waiting());
    Await.until(
        () -> "pauses: " + pauses,
        () -> {
          var state = sessions.states().get("ox");
          if (state instanceof SessionState.BackingOff off && !off.equals(last.get())) {
            last.set(off);
            pauses.add(Duration.between(bench.clock.instant(), off.until()));
          }
          return pauses.size() >= count;
        });
    return pauses;
  }

  private static void awaitAsNativeCodeDoes(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        // native code hears nothing
      }
    }
  }
}
