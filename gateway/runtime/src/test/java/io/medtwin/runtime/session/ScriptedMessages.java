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

  private final BlockingQueue<Message> inbox = new LinkedBlockingQueue<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  static Message message(String address, @Nullable String device, int bytes) {
    return new Message(address, device, "text/plain", Map.of(), ByteBuffer.allocate(bytes));
  }

  ScriptedMessages put(Message... messages) {
    inbox.addAll(List.of(messages));
    return this;
  }

  ScriptedMessages end() {
    inbox.add(END);
    return this;
  }

  /** {@code accepted a}, {@code refused a MALFORMED}. */
  List<String> told() {
    return told;
  }

  @Override
  public @Nullable Delivery next(Duration atMost) throws IOException, InterruptedException {
    var message = inbox.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
    if (closed) {
      throw new IOException("closed");
    }
    if (message == END) {
      throw new EOFException("the other side closed");
    }
    return message == null ? null : new Noted(message);
  }

  @Override
  public void send(Message message) {
    throw new UnsupportedOperationException("no driver of these tests sends");
  }

  @Override
  public void close() {
    closed = true;
    inbox.add(END);
  }

  private final class Noted implements Delivery {
    private final Message message;

    Noted(Message message) {
      this.message = message;
    }

    @Override
    public Message message() {
      return message;
    }

    @Override
    public void accept(@Nullable Message answer) {
      told.add(
          "accepted " + message.address() + (answer == null ? "" : " with " + answer.address()));
    }

    @Override
    public void postpone(String why) {
      told.add("postponed " + message.address());
    }

    @Override
    public void refuse(Refusal kind, String why) {
      told.add("refused " + message.address() + " " + kind);
    }
  }
}
