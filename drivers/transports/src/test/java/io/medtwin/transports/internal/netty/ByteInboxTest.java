package io.medtwin.transports.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ByteInboxTest {

  @RepeatedTest(50)
  void bytesComeOutInOrderHoweverTheyCameInAndAreRead(RepetitionInfo repetition) throws Exception {
    var random = new Random(repetition.getCurrentRepetition());
    var inbox = new ByteInbox("test", 64, 4096);
    var sent = new byte[10_000];
    random.nextBytes(sent);
    var got = ByteBuffer.allocate(sent.length);
    int offered = 0;
    while (got.hasRemaining()) {
      var chunk =
          java.util.Arrays.copyOfRange(
              sent, offered, Math.min(sent.length, offered + random.nextInt(300)));
      if (inbox.offer(chunk)) {
        offered += chunk.length;
      }
      var into = ByteBuffer.allocate(1 + random.nextInt(500));
      inbox.read(into, Duration.ZERO);
      got.put(into.flip());
    }
    assertThat(got.array()).isEqualTo(sent);
  }

  @Test
  void aFullInboxTakesNothingMore() {
    var byBytes = new ByteInbox("test", 100, 10);
    assertThat(byBytes.offer(new byte[9])).isTrue();
    assertThat(byBytes.offer(new byte[9])).isTrue();
    assertThat(byBytes.offer(new byte[1])).isFalse();
    var byChunks = new ByteInbox("test", 2, 100);
    assertThat(byChunks.offer(new byte[1])).isTrue();
    assertThat(byChunks.offer(new byte[1])).isTrue();
    assertThat(byChunks.offer(new byte[1])).isFalse();
  }

  @Test
  void whatCameBeforeAFailureIsReadBeforeIt() throws Exception {
    var inbox = new ByteInbox("test", 10, 10);
    inbox.offer(new byte[] {7});
    inbox.fail(new IOException("reset by peer"));
    var into = ByteBuffer.allocate(2);
    assertThat(inbox.read(into, Duration.ZERO)).isEqualTo(1);
    assertThatThrownBy(() -> inbox.read(into, Duration.ZERO))
        .isInstanceOf(IOException.class)
        .hasMessage("reset by peer");
  }

  @Test
  void aClosedInboxForgetsWhatItHeld() {
    var inbox = new ByteInbox("test", 10, 10);
    inbox.offer(new byte[] {7});
    inbox.close();
    assertThatThrownBy(() -> inbox.read(ByteBuffer.allocate(1), Duration.ZERO))
        .isInstanceOf(IOException.class);
    assertThat(inbox.offer(new byte[1])).isFalse();
  }
}
