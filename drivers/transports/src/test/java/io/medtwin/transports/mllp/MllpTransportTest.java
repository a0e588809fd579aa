package io.medtwin.transports.mllp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.spi.Message;
import io.medtwin.spi.MessageLink.Refusal;
import io.medtwin.spi.transport.Delivery;
import io.medtwin.spi.transport.MessageWire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MllpTransportTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String LOOPBACK = InetAddress.getLoopbackAddress().getHostAddress();

  private MllpTransport transport;
  private MessageWire wire;
  private int port;

  @BeforeEach
  void open() throws Exception {
    listen(MllpConfig.Limits.DEFAULT, Set.of());
  }

  @AfterEach
  void close() {
    transport.close();
  }

  @Test
  void anAnswerGoesBackByTheConnectionOfItsMessage() throws Exception {
    try (var one = dial();
        var other = dial()) {
      one.send("one");
      var first = next();
      other.send("other");
      var second = next();

      second.accept(answer("to other"));
      first.accept(answer("to one"));

      assertThat(one.read()).isEqualTo("to one");
      assertThat(other.read()).isEqualTo("to other");
      assertThat(text(first.message())).isEqualTo("one");
      assertThat(first.message().address()).isEqualTo(LOOPBACK);
      assertThat(first.message().device()).isNull();
    }
  }

  @Test
  void answersLeaveInTheOrderOfTheMessages() throws Exception {
    try (var sender = dial()) {
      sender.send("a", "b", "c");
      var a = next();
      var b = next();
      var c = next();

      c.refuse(Refusal.MALFORMED, "of no use", answer("no c"));
      b.postpone("no space left", answer("later b"));
      b.accept(answer("never: it is settled"));
      a.accept(answer("yes a"));

      assertThat(sender.read()).isEqualTo("yes a");
      assertThat(sender.read()).isEqualTo("later b");
      assertThat(sender.read()).isEqualTo("no c");
    }
  }

  @Test
  void aMessageSettledWithoutAnswerHoldsUpNobodyAndIsCounted() throws Exception {
    try (var sender = dial()) {
      sender.send("a", "b");
      var a = next();
      var b = next();
      b.accept(answer("yes b"));
      a.accept(null);

      assertThat(sender.read()).isEqualTo("yes b");
      assertThat(transport.counters().unansweredMessages()).isEqualTo(1);
    }
  }

  @Test
  void theSameContentHasTheSameNumberAndAnyOtherAnother() throws Exception {
    try (var sender = dial()) {
      sender.send("a", "a", "b");
      var a = next();
      var again = next();
      var b = next();

      assertThat(a.number()).isEqualTo(again.number()).isNotEqualTo(b.number()).isNotZero();
      assertThat(a.mayBeAgain()).isTrue();
      assertThat(a.isAnsweredByDriver()).isTrue();
    }
  }

  @Test
  void aSenderThatDoesNotWaitForAnswersIsHeldByTcp() throws Exception {
    listen(new MllpConfig.Limits(1 << 20, 4, 2, 1 << 20, LONG), Set.of());
    int messages = 400;
    var content = "x".repeat(100_000); // 40 MB: far more than sockets and buffers take
    try (var sender = dial()) {
      var sending =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < messages; i++) {
                  sender.sendUnchecked(content);
                }
              });
      var first = next();
      var second = next();
      int ahead = 0;
      var taken = new ArrayList<Delivery>();
      for (var more = wire.next(Duration.ofMillis(200));
          more != null;
          more = wire.next(Duration.ofMillis(200))) {
        taken.add(more);
        ahead++;
      }
      assertThat(ahead).as("taken beyond the limit of 2").isLessThan(20);
      assertThat(sending).isNotDone();

      first.accept(null);
      second.accept(null);
      taken.forEach(delivery -> delivery.accept(null));
      for (int i = ahead + 2; i < messages; i++) {
        next().accept(null);
      }
      sending.join();
      assertThat(transport.counters().messages()).isEqualTo(messages);
    }
  }

  @Test
  void manySendersTogetherAreHeldByTheBytesThatWait() throws Exception {
    listen(new MllpConfig.Limits(1 << 20, 64, 64, 1 << 20, LONG), Set.of());
    var content = "x".repeat(100_000);
    var senders = new ArrayList<Sender>();
    for (int i = 0; i < 40; i++) {
      var sender = dial();
      senders.add(sender);
      sender.send(content);
    }
    var taken = new ArrayList<Delivery>();
    for (int i = 0; i < 10; i++) {
      taken.add(next());
    }
    for (int i = 0; i < 40; i++) { // whatever was let in is settled, then the rest comes
      if (taken.isEmpty()) {
        taken.add(next());
      }
      taken.removeFirst().accept(answer("yes"));
    }
    for (var sender : senders) {
      assertThat(sender.read()).isEqualTo("yes");
      sender.close();
    }
  }

  @Test
  void aFrameThatIsTooLongEndsItsConnectionAndNoOther() throws Exception {
    listen(new MllpConfig.Limits(1 << 10, 4, 2, 1 << 20, LONG), Set.of());
    try (var bad = dial();
        var good = dial()) {
      bad.send("x".repeat(2_000));
      assertThat(bad.isEnded()).isTrue();

      good.send("fine");
      next().accept(answer("yes"));
      assertThat(good.read()).isEqualTo("yes");
      assertThat(transport.counters().droppedFrames()).isEqualTo(1);
    }
  }

  @Test
  void aFrameThatIsNeverEndedEndsItsConnection() throws Exception {
    listen(new MllpConfig.Limits(1 << 10, 4, 2, 1 << 20, Duration.ofMillis(100)), Set.of());
    try (var slow = dial()) {
      slow.raw("\u000bMSH|begun and left");

      assertThat(slow.isEnded()).isTrue();
      assertThat(transport.counters().droppedFrames()).isEqualTo(1);
    }
  }

  @Test
  void strangersAndOneTooManyAreTurnedAway() throws Exception {
    listen(MllpConfig.Limits.DEFAULT, Set.of("192.0.2.1"));
    try (var stranger = dial()) {
      assertThat(stranger.isEnded()).isTrue();
    }
    assertThat(transport.counters().refusedConnections()).isEqualTo(1);

    listen(new MllpConfig.Limits(1 << 10, 1, 2, 1 << 20, LONG), Set.of());
    try (var only = dial()) {
      only.send("in");
      next().accept(answer("yes"));
      assertThat(only.read()).isEqualTo("yes");
      try (var oneMore = dial()) {
        assertThat(oneMore.isEnded()).isTrue();
      }
    }
  }

  @Test
  void aClosedSessionEndsItsSendersSoThatTheyRepeat() throws Exception {
    try (var sender = dial()) {
      sender.send("unsettled");
      next();
      wire.close();

      assertThat(sender.isEnded()).isTrue();
      assertThatThrownBy(() -> wire.next(LONG)).isInstanceOf(IOException.class);
    }
    wire = transport.open();
    try (var again = dial()) {
      again.send("unsettled");
      next().accept(answer("yes"));
      assertThat(again.read()).isEqualTo("yes");
    }
  }

  @Test
  void silenceIsNoDelivery() throws Exception {
    assertThat(wire.next(Duration.ofMillis(20))).isNull();
  }

  private void listen(MllpConfig.Limits limits, Set<String> peers) throws Exception {
    if (transport != null) {
      transport.close();
    }
    transport = new MllpTransport(new MllpConfig(LOOPBACK, 0, peers, limits));
    port = transport.listen();
    wire = transport.open();
  }

  private Delivery next() throws Exception {
    return Objects.requireNonNull(wire.next(LONG), "a delivery");
  }

  private static Message answer(String text) {
    return Message.text("", "application/hl7-v2", text);
  }

  private static String text(Message message) {
    return new String(message.bytes(), US_ASCII);
  }

  private Sender dial() throws IOException {
    return new Sender(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  private record Sender(Socket socket) implements AutoCloseable {

    void send(String... messages) throws IOException {
      for (String message : messages) {
        socket.getOutputStream().write(MllpFramer.frame(message.getBytes(US_ASCII)));
      }
    }

    void sendUnchecked(String message) {
      try {
        send(message);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    void raw(String bytes) throws IOException {
      socket.getOutputStream().write(bytes.getBytes(US_ASCII));
    }

    String read() throws IOException {
      var framer = new MllpFramer(10_000);
      var whole = new ArrayList<String>();
      while (whole.isEmpty()) {
        int next = socket.getInputStream().read();
        if (next < 0) {
          throw new IOException("ended without an answer");
        }
        framer.take(new byte[] {(byte) next}, m -> whole.add(new String(m, US_ASCII)));
      }
      return whole.getFirst();
    }

    boolean isEnded() {
      try {
        return socket.getInputStream().read() < 0;
      } catch (IOException e) {
        return true;
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
