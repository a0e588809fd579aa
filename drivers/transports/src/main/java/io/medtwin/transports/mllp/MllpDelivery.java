package io.medtwin.transports.mllp;

import io.medtwin.spi.Message;
import io.medtwin.spi.MessageLink.Refusal;
import io.medtwin.spi.transport.Delivery;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One message until it is settled. MLLP has no yes and no of its own, so what is sent back is what
 * the driver wrote; without it nothing is, and the sender repeats. Any thread may settle it.
 */
final class MllpDelivery implements Delivery {

  private final Message message;
  private final MllpConnection connection;
  private final AtomicBoolean settled = new AtomicBoolean();

  MllpDelivery(Message message, MllpConnection connection) {
    this.message = message;
    this.connection = connection;
  }

  @Override
  public Message message() {
    return message;
  }

  /**
   * MLLP numbers nothing; the content stands for itself, by 64 bits of its SHA-256. A message of
   * HL7 has its control id (MSH-10) and its time in it, so only one sent again is the same.
   */
  @Override
  public long number() {
    try {
      var sum = MessageDigest.getInstance("SHA-256");
      sum.update(message.payload());
      long number = ByteBuffer.wrap(sum.digest()).getLong();
      return number == 0 ? 1 : number;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** A sender says nothing, and repeats whenever it saw no answer. */
  @Override
  public boolean mayBeAgain() {
    return true;
  }

  @Override
  public boolean isAnsweredByDriver() {
    return true;
  }

  @Override
  public void accept(@Nullable Message answer) {
    settle(answer);
  }

  @Override
  public void postpone(String why) {
    settle(null);
  }

  @Override
  public void postpone(String why, @Nullable Message answer) {
    settle(answer);
  }

  @Override
  public void refuse(Refusal kind, String why) {
    settle(null);
  }

  @Override
  public void refuse(Refusal kind, String why, @Nullable Message answer) {
    settle(answer);
  }

  private void settle(@Nullable Message answer) {
    if (settled.compareAndSet(false, true)) {
      connection.settled(this, answer);
    }
  }
}
