package io.medtwin.runtime.session;

import io.medtwin.spi.Message;
import io.medtwin.spi.MessageLink.Refusal;
import io.medtwin.spi.transport.Delivery;
import io.medtwin.spi.transport.MessageWire;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Gives the messages a test puts in, and notes what the senders were told, in order. */
final class ScriptedMessages implements MessageWire {

  private static final Message END = message("end", null, 0);

  private record Sent(Message message, long number, boolean again) {}

  private final BlockingQueue<Sent> inbox = new LinkedBlockingQueue<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private volatile boolean closed;
  private volatile boolean answeredByDriver;

  static Message message(String address, @Nullable String device, int bytes) {
    return new Message(address, device, "text/plain", Map.of(), ByteBuffer.allocate(bytes));
  }

  ScriptedMessages put(Message... messages) {
    for (Message message : messages) {
      inbox.add(new Sent(message, 0, false));
    }
    return this;
  }

  /** A message under a number, for the first time or once more. */
  ScriptedMessages put(Message message, long number, boolean again) {
    inbox.add(new Sent(message, number, again));
    return this;
  }

  /** Answers of this protocol have content that speaks of the message. */
  ScriptedMessages answeredByDriver() {
    answeredByDriver = true;
    return this;
  }

  ScriptedMessages end() {
    return put(END);
  }

  /** {@code accepted a}, {@code refused a MALFORMED}. */
  List<String> told() {
    return told;
  }

  @Override
  public @Nullable Delivery next(Duration atMost) throws IOException, InterruptedException {
    var sent = inbox.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
    if (closed) {
      throw new IOException("closed");
    }
    if (sent != null && sent.message() == END) {
      throw new EOFException("the other side closed");
    }
    return sent == null ? null : new Noted(sent);
  }

  @Override
  public void send(Message message) {
    throw new UnsupportedOperationException("no driver of these tests sends");
  }

  @Override
  public void close() {
    closed = true;
    end();
  }

  private final class Noted implements Delivery {
    private final Message message;
    private final Sent sent;

    Noted(Sent sent) {
      this.message = sent.message();
      this.sent = sent;
    }

    @Override
    public long number() {
      return sent.number();
    }

    @Override
    public boolean mayBeAgain() {
      return sent.again();
    }

    @Override
    public Message message() {
      return message;
    }

    @Override
    public boolean isAnsweredByDriver() {
      return answeredByDriver;
    }

    @Override
    public void accept(@Nullable Message answer) {
      told.add("accepted " + message.address() + with(answer));
    }

    @Override
    public void postpone(String why) {
      postpone(why, null);
    }

    @Override
    public void postpone(String why, @Nullable Message answer) {
      told.add("postponed " + message.address() + with(answer));
    }

    @Override
    public void refuse(Refusal kind, String why, @Nullable Message answer) {
      told.add("refused " + message.address() + " " + kind + with(answer));
    }

    private static String with(@Nullable Message answer) {
      return answer == null ? "" : " with " + answer.address();
    }

    @Override
    public void refuse(Refusal kind, String why) {
      refuse(kind, why, null);
    }
  }
}
