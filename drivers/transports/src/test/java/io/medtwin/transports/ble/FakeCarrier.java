package io.medtwin.transports.ble;

import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.spi.MessageLink.Refusal;
import io.medtwin.spi.transport.Delivery;
import io.medtwin.spi.transport.MessageWire;
import io.medtwin.spi.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A broker in the test's hand: plays prepared messages, keeps what is sent and how each message was
 * settled. Waiting moves its clock instead of the wall's.
 */
final class FakeCarrier implements Transport, MessageWire {

  /** A message and what became of it. */
  static final class Carried implements Delivery {

    private final Message message;
    private final List<String> settlements = new ArrayList<>();

    Carried(Message message) {
      this.message = message;
    }

    @Override
    public Message message() {
      return message;
    }

    @Override
    public void accept(@Nullable Message answer) {
      settlements.add("accepted");
    }

    @Override
    public void postpone(String why) {
      settlements.add("postponed");
    }

    @Override
    public void refuse(Refusal kind, String why) {
      settlements.add("refused " + kind);
    }

    /** {@code accepted}, {@code refused MALFORMED} ..., at most one. */
    List<String> settlements() {
      return settlements;
    }
  }

  private final Deque<Carried> script = new ArrayDeque<>();
  private final List<Message> sent = new ArrayList<>();
  private long nanos = Long.MAX_VALUE - 1_000; // the counter may wrap at any time
  private boolean closed;

  Carried plays(String topic, String json) {
    return plays(topic, json, Map.of());
  }

  Carried plays(String topic, String json, Map<String, String> attributes) {
    var content = ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
    var carried = new Carried(new Message(topic, null, null, attributes, content));
    script.add(carried);
    return carried;
  }

  List<Message> sent() {
    return sent;
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public LinkKind kind() {
    return LinkKind.MQTT;
  }

  @Override
  public String name() {
    return "mqtt:broker";
  }

  @Override
  public MessageWire open() {
    return this;
  }

  @Override
  public @Nullable Delivery next(Duration atMost) throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    var next = script.poll();
    if (next == null) {
      nanos += atMost.toNanos();
    }
    return next;
  }

  @Override
  public void send(Message message) {
    sent.add(message);
  }

  @Override
  public void close() {
    closed = true;
  }
}
