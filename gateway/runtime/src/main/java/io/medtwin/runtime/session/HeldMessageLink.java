package io.medtwin.runtime.session;

import io.medtwin.journal.Receipt;
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
 * The driver's {@link MessageLink} over a {@link MessageWire}. When the driver asks for the next
 * message, what it emitted for the one before goes to the journal, and the answer leaves once that
 * is on disk. Many messages may wait for that, so a link is not held up by the disk. Used by one
 * thread.
 */
final class HeldMessageLink implements MessageLink {

  /** Told of each refused message. */
  interface Refusals {
    void refused(Message message, Refusal kind, String why);
  }

  /** Where what was emitted for a message is kept. */
  interface Keeping {

    /**
     * Keeps what was emitted since the last call, under what its message is known by; the receipt
     * is told when it is safe.
     */
    void keep(long message, Receipt receipt) throws InterruptedException;

    /** A message came again; the receipt is told when what came of it is safe. */
    void again(Receipt receipt);

    /**
     * Whether what is emitted from now on is of a message that came again, and goes nowhere: it is
     * with the driver for its answer alone.
     */
    void mute(boolean muted);
  }

  /** The answer to one message, held back until what came of it is safe. */
  private record HeldAnswer(Delivery delivery, @Nullable Message answer, @Nullable Message notSafe)
      implements Receipt {
    @Override
    public void kept() {
      delivery.accept(answer);
    }

    @Override
    public void notKept(String why) {
      delivery.postpone(why, notSafe);
    }
  }

  private final MessageWire wire;
  private final LinkKind kind;
  private final String name;
  private final Keeping keeping;
  private final Refusals refusals;
  private final TakenMessages taken;
  private @Nullable Delivery held;
  private long heldKey;
  private boolean heldAgain;
  private @Nullable Message answer;
  private @Nullable Message notSafe;

  HeldMessageLink(
      MessageWire wire,
      LinkKind kind,
      String name,
      Keeping keeping,
      Refusals refusals,
      TakenMessages taken) {
    this.wire = wire;
    this.kind = kind;
    this.name = name;
    this.keeping = keeping;
    this.refusals = refusals;
    this.taken = taken;
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
    keeping.mute(false);
    while (true) {
      var delivery = wire.next(silenceLimit);
      if (delivery == null) {
        throw new SilenceException(silenceLimit);
      }
      long key = taken.keyOf(delivery);
      boolean again = taken.has(delivery, key);
      if (!again || delivery.isAnsweredByDriver()) {
        held = delivery;
        heldKey = key;
        heldAgain = again;
        keeping.mute(again);
        return delivery.message();
      }
      keeping.again(new HeldAnswer(delivery, null, null));
    }
  }

  @Override
  public void reply(Message newAnswer) {
    reply(newAnswer, null);
  }

  @Override
  public void reply(@Nullable Message newAnswer, @Nullable Message newNotSafe) {
    if (held == null) {
      throw new IllegalStateException("there is no message to answer");
    }
    answer = newAnswer;
    notSafe = newNotSafe;
  }

  @Override
  public void refuse(Refusal refusal, String why) {
    settleRefused(refusal, why, null);
  }

  @Override
  public void refuse(Refusal refusal, String why, Message refusing) {
    settleRefused(refusal, why, refusing);
  }

  private void settleRefused(Refusal refusal, String why, @Nullable Message refusing) {
    var delivery = held;
    if (delivery == null) {
      throw new IllegalStateException("there is no message to refuse");
    }
    held = null;
    answer = null;
    notSafe = null;
    delivery.refuse(refusal, why, refusing);
    refusals.refused(delivery.message(), refusal, why);
  }

  @Override
  public void send(Message message) throws IOException, InterruptedException {
    wire.send(message);
  }

  /** Hands the message to the journal; called for the last one when the driver leaves in order. */
  void settle() throws InterruptedException {
    var delivery = held;
    if (delivery != null) {
      held = null;
      var heldAnswer = new HeldAnswer(delivery, answer, notSafe);
      answer = null;
      notSafe = null;
      if (heldAgain) {
        keeping.again(heldAnswer);
        return;
      }
      taken.add(heldKey);
      keeping.keep(heldKey, heldAnswer);
    }
  }
}
