package io.medtwin.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DoorwayTest {

  private final Doorway doorway = new Doorway();

  @Test
  void whoTellsWithoutEndIsStoppedAndWaitingAnewBeginsTheCountAnew() throws Exception {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < Doorway.MOST_REPORTS; i++) {
        doorway.beginTelling();
        doorway.endTelling();
      }
      assertThatIllegalStateException().isThrownBy(doorway::beginTelling);
      var unused = pass(() -> 1);
    }
  }

  @Test
  void whoIsAskedWhileItWaitsLeavesAndOnlyOnce() throws Exception {
    var waits = new CountDownLatch(1);
    var left = new AtomicReference<@Nullable Throwable>();
    var thread =
        new Thread(
            () -> {
              try {
                pass(
                    () -> {
                      waits.countDown();
                      Thread.sleep(60_000);
                      return 1;
                    });
              } catch (IOException | InterruptedException e) {
                left.set(e);
              }
            });
    thread.start();
    waits.await();

    doorway.ask();

    thread.join();
    assertThat(left.get()).isInstanceOf(InterruptedException.class);
    assertThat(doorway.takeAsked()).isTrue();
    assertThat(doorway.takeAsked()).isFalse();
    assertThat(pass(() -> 7)).isEqualTo(7);
  }

  @Test
  void whatCameInTheMomentOfTheAskingIsTakenBeforeLeaving() throws Exception {
    int came =
        pass(
            () -> {
              doorway.ask();
              return 7;
            });

    assertThat(came).isEqualTo(7);
    assertThat(Thread.interrupted()).isFalse();
    assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> pass(() -> 8));
  }

  @Test
  void whoWorksElsewhereIsNotInterruptedByTheAsking() throws Exception {
    doorway.beginTelling();

    doorway.ask();

    assertThat(Thread.interrupted()).isFalse();
    doorway.endTelling();
    assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> pass(() -> 8));
  }

  @Test
  void fruitlessWaitsAreNoSignOfLife() throws Exception {
    var before = doorway.look();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                pass(
                    () -> {
                      throw new IOException("dead");
                    }));
    assertThat(doorway.look().isAliveSince(before)).isFalse();

    var unused = pass(() -> 0);

    assertThat(doorway.look().isAliveSince(before)).isTrue();
  }

  /** What is waited for. */
  private interface Wait {
    int come() throws IOException, InterruptedException;
  }

  /** Waits as a watched link does. */
  private int pass(Wait wait) throws IOException, InterruptedException {
    doorway.enter();
    boolean came = false;
    try {
      int what = wait.come();
      came = true;
      return what;
    } finally {
      doorway.leave(came);
    }
  }
}
