package io.medtwin.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.ditto.embedded.EmbeddedDitto;
import io.medtwin.ditto.embedded.EmbeddedDittoConfig;
import io.medtwin.twin.backend.Answer;
import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.backend.TwinBackend.Reach;
import io.medtwin.twin.backend.TwinCommand.Merge;
import io.medtwin.twin.backend.TwinCommand.Provision;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the door to Ditto does beyond the contract: connecting, reconnecting, counting. */
class DittoBackendTest {

  private static final int RECONNECTS = 50;
  private static final String THING = "io.medtwin.test:pump";

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

  @Test
  void fiftyReconnectsLeaveNoThreadBehind() {
    try (CuttableProxy cable = new CuttableProxy(ditto.uri());
        DittoBackend backend = new DittoBackend(config(cable.address()))) {
      backend.start();
      for (int session = 1; session <= RECONNECTS; session++) {
        connected(backend, session);
        cable.cut();
      }
      connected(backend, RECONNECTS + 1);

      Await.until(
          () -> "one session's threads, each once, but " + clientThreads(),
          () -> Set.copyOf(clientThreads()).size() == clientThreads().size());
      assertThat(answer(backend.submit(merge(1)))).isInstanceOf(Answer.NotProvisioned.class);
    }
    Await.until(
        () -> "the last session leaves no thread, but " + clientThreads(),
        () -> clientThreads().isEmpty());
  }

  @Test
  void failedAttemptsLeaveNoThreadBehind() throws IOException {
    URI nobody = nobody();
    try (DittoBackend backend = new DittoBackend(config(nobody))) {
      backend.start();
      Await.until("attempts", () -> backend.counts().failedAttempts() >= RECONNECTS);

      assertThat(backend.reach()).isEqualTo(Reach.DISCONNECTED);
    }
    Await.until(() -> "no client thread, but " + clientThreads(), () -> clientThreads().isEmpty());
  }

  @Test
  void startingWithoutAServerReturnsAtOnceAndConnectsOnceThereIsOne() {
    try (CuttableProxy cable = new CuttableProxy(ditto.uri());
        DittoBackend backend = new DittoBackend(config(cable.address()))) {
      cable.sever();
      assertThat(backend.reach()).isEqualTo(Reach.CONNECTING);
      backend.start();
      Await.until("a failed attempt", () -> backend.counts().failedAttempts() >= 1);
      assertThat(answer(backend.submit(merge(1)))).isInstanceOf(Answer.Busy.class);

      cable.mend();

      connected(backend, 1);
      assertThat(backend.reach()).isEqualTo(Reach.CONNECTED);
    }
  }

  @Test
  void aWrongPasswordIsTriedSlowlyAndWorksOnceItIsRight() {
    AtomicReference<String> password = new AtomicReference<>("wrong");
    BackOff slow = new BackOff(Duration.ofMillis(1), Duration.ofMillis(200));
    DittoConfig config =
        DittoConfig.of(
                ditto.uri(),
                new DittoLogin.Basic("ditto", password::get),
                DittoRoles.of("nginx:ditto"))
            .withBackOff(slow);
    try (DittoBackend backend = new DittoBackend(config)) {
      long startNanos = System.nanoTime();
      backend.start();
      Await.until("three refusals", () -> backend.counts().failedAttempts() >= 3);
      assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
          .as("two waits of the longest delay")
          .isGreaterThan(slow.max().multipliedBy(2));
      assertThat(backend.reach()).isEqualTo(Reach.DISCONNECTED);

      password.set("ditto");

      connected(backend, 1);
    }
  }

  @Test
  void aSecretThatCannotBeReadIsAskedForAgain() {
    AtomicReference<@Nullable String> secret = new AtomicReference<>();
    DittoConfig config =
        DittoConfig.of(
                ditto.uri(),
                new DittoLogin.Basic("ditto", () -> Objects.requireNonNull(secret.get())),
                DittoRoles.of("nginx:ditto"))
            .withBackOff(new BackOff(Duration.ofMillis(1), Duration.ofMillis(10)));
    try (DittoBackend backend = new DittoBackend(config)) {
      backend.start();
      Await.until("two attempts", () -> backend.counts().failedAttempts() >= 2);

      secret.set("ditto");

      connected(backend, 1);
    }
  }

  @Test
  void aReplyAfterTheTimeoutIsCountedAndChangesNothing() {
    DittoConfig config = config(ditto.uri()).withCommandTimeout(Duration.ofMillis(200));
    try (DittoBackend backend = new DittoBackend(config)) {
      backend.start();
      connected(backend, 1);
      ditto.faults().delayNext(1, Duration.ofMillis(300));

      Answer answer = answer(backend.submit(merge(1)));

      assertThat(answer).isInstanceOf(Answer.Busy.class);
      Await.until("the late reply", () -> backend.counts().lateReplies() == 1);
      assertThat(backend.counts().busy()).isEqualTo(1);
      assertThat(backend.counts().sessions()).isEqualTo(1);
    }
  }

  @Test
  void anOverloadedServerIsBusyWithItsStatus() {
    try (DittoBackend backend = new DittoBackend(config(ditto.uri()))) {
      backend.start();
      connected(backend, 1);
      ditto.faults().answerNext(1, 429);
      Answer tooMany = answer(backend.submit(merge(1)));
      ditto.faults().answerNext(1, 503);
      Answer unavailable = answer(backend.submit(merge(1)));

      assertThat(List.of(tooMany, unavailable))
          .map(a -> a instanceof Answer.Busy busy ? busy.status() : -1)
          .containsExactly(429, 503);
    }
  }

  @Test
  void closingAnswersWhatIsInFlight() {
    List<CompletionStage<Answer>> answers = new ArrayList<>();
    try (DittoBackend backend = new DittoBackend(config(ditto.uri()))) {
      backend.start();
      connected(backend, 1);
      ditto.faults().hangNext(20);
      for (int seq = 1; seq <= 20; seq++) {
        answers.add(backend.submit(merge(seq)));
      }
    }

    assertThat(answers)
        .allSatisfy(
            a -> {
              assertThat(a.toCompletableFuture()).isDone();
              assertThat(answer(a)).isInstanceOf(Answer.Busy.class);
            });
    ditto.faults().clear();
  }

  @Test
  void aThingOutsideTheConfiguredNamespacesIsRefusedUnsent() throws IOException {
    try (EmbeddedDitto own =
            EmbeddedDitto.start(EmbeddedDittoConfig.inMemory(InstantSource.system()));
        DittoBackend backend =
            new DittoBackend(config(own.uri()).withNamespaces(Set.of("clinic.north")))) {
      backend.start();
      connected(backend, 1);

      Answer merged = answer(backend.submit(merge(1)));
      Answer provisioned =
          answer(backend.submit(new Provision(THING, "clinic.north:pumps", Patch.EMPTY)));

      assertThat(List.of(merged, provisioned))
          .allSatisfy(a -> assertThat(a).isInstanceOf(Answer.Refused.class));
      assertThat(own.counters().commands()).as("commands that came").isZero();
    }
  }

  @Test
  void closingAnUnstartedBackendIsFineAndSoIsClosingTwice() {
    DittoBackend backend = new DittoBackend(config(ditto.uri()));

    backend.close();
    backend.close();

    assertThat(backend.name()).isEqualTo(ditto.uri().toString());
  }

  private static DittoConfig config(URI endpoint) {
    return DittoConfig.of(
            endpoint, new DittoLogin.Basic("ditto", () -> "ditto"), DittoRoles.of("nginx:ditto"))
        .withBackOff(new BackOff(Duration.ofMillis(1), Duration.ofMillis(10)));
  }

  private static Merge merge(long seq) {
    return TwinBackendContract.merge(THING, 1, seq, TwinBackendContract.pulse(60L));
  }

  private static void connected(DittoBackend backend, int sessions) {
    Await.until(
        "session " + sessions,
        () -> backend.counts().sessions() >= sessions && backend.reach() == Reach.CONNECTED);
  }

  private static Answer answer(CompletionStage<Answer> stage) {
    return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  /** An address where nobody listens. */
  private static URI nobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }

  /** Threads of the client, of its WebSocket and of ours around them. */
  private static List<String> clientThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(
            name ->
                name.startsWith("ditto-client")
                    || name.startsWith("ditto-session")
                    || name.startsWith("ditto-timer")
                    || name.equals("ReadingThread")
                    || name.equals("WritingThread")
                    || name.equals("ConnectThread")
                    || name.startsWith("PingSender")
                    || name.startsWith("PongSender"))
        .toList();
  }
}
