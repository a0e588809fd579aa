package io.medtwin.transports.mqtt;

import io.medtwin.spi.Message;
import io.medtwin.spi.MessageLink.Refusal;
import io.medtwin.spi.transport.Delivery;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One message for one link, until it is settled. Any thread may settle it; settling never waits.
 */
final class Parcel implements Delivery {

  /** What is owed to the broker for one message: one PUBACK when every link has settled it. */
  static final class Receipt {
    private final AtomicInteger unsettled;
    private final int packetId;
    private final boolean again;
    private final Runnable acknowledge;

    Receipt(int links, int packetId, boolean again, Runnable acknowledge) {
      this.unsettled = new AtomicInteger(links);
      this.packetId = packetId;
      this.again = again;
      this.acknowledge = acknowledge;
    }

    private void settle() {
      if (unsettled.decrementAndGet() == 0) {
        acknowledge.run();
      }
    }
  }

  private final Message message;
  private final boolean confirmed;
  private final Receipt receipt;
  private final LinkInbox inbox;
  private final AtomicBoolean settled = new AtomicBoolean();

  /**
   * @param confirmed whether the broker waits for a PUBACK (QoS 1)
   */
  Parcel(Message message, boolean confirmed, Receipt receipt, LinkInbox inbox) {
    this.message = message;
    this.confirmed = confirmed;
    this.receipt = receipt;
    this.inbox = inbox;
  }

  @Override
  public Message message() {
    return message;
  }

  @Override
  public long number() {
    return confirmed ? receipt.packetId : 0;
  }

  @Override
  public boolean mayBeAgain() {
    return receipt.again;
  }

  /**
   * MQTT's yes has no content, so {@code answer} is not sent: an answer is a message of its own.
   */
  @Override
  public void accept(@Nullable Message answer) {
    settle();
  }

  /** MQTT has no word for it: without its PUBACK the message stays with the broker. */
  @Override
  public void postpone(String why) {}

  /** Counted, and acknowledged: MQTT has no no, and unacknowledged it would come back for ever. */
  @Override
  public void refuse(Refusal kind, String why) {
    if (settle()) {
      inbox.countRefused();
    }
  }

  boolean isConfirmed() {
    return confirmed;
  }

  boolean isSettled() {
    return settled.get();
  }

  private boolean settle() {
    if (!settled.compareAndSet(false, true)) {
      return false;
    }
    inbox.settled(this); // first: the broker answers a PUBACK with the next message at once
    receipt.settle();
    return true;
  }
}
