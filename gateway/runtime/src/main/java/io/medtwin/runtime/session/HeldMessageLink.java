package io.medtwin.runtime.session;

import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.spi.MessageLink;
import io.medtwin.spi.SilenceException;
import io.medtwin.spi.transport.Delivery;
import io.medtwin.spi.transport.MessageWire;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The driver's {@link MessageLink} over a {@link MessageWire}. It holds the answer to a message
 * back until the driver asks for the next one: by then everything emitted for it has been taken.
 * Used by one thread.
 */
final class HeldMessageLink implements MessageLink {

  /** Told of each refused message. */
  interface Refusals {
    void refused(Message message, Refusal kind, String why);
  }

  private final MessageWire wire;
  private final LinkKind kind;
  private final String name;
  private final Refusals refusals;
  private @Nullable Delivery held;
  private @Nullable Message answer;

  HeldMessageLink(MessageWire wire, LinkKind kind, String name, Refusals refusals) {
    this.wire = wire;
    this.kind = kind;
    this.name = name;
    this.refusals = refusals;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public LinkKind kind() {
    return kind;
  }

  @Override
  public Message receive(Duration silenceLimit) throws IOException, InterruptedException {
    settle();
    var delivery = wire.next(silenceLimit);
    if (delivery == null) {
      throw new SilenceException(silenceLimit);
    }
    held = delivery;
    return delivery.message();
  }

  @Override
  public void reply(Message newAnswer) {
    if (held == null) {
      throw new IllegalStateException("there is no message to answer");
    }
    answer = newAnswer;
  }

  @Override
  public void refuse(Refusal refusal, String why) {
    var delivery = held;
    if (delivery == null) {
      throw new IllegalStateException("there is no message to refuse");
    }
    held = null;
    answer = null;
    delivery.refuse(refusal, why);
    refusals.refused(delivery.message(), refusal, why);
  }

  @Override
  public void send(Message message) throws IOException, InterruptedException {
    wire.send(message);
  }

  /** Lets the sender know; called for the last message when the driver leaves in order. */
  void settle() {
    var delivery = held;
    if (delivery != null) {
      held = null;
      delivery.accept(answer);
      answer = null;
    }
  }
}
