package io.medtwin.spi.transport;

import io.medtwin.spi.Message;
import io.medtwin.spi.MessageLink.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * One message that waits to be settled. Exactly one of {@link #accept} and {@link #refuse} takes
 * effect, from any thread, at any later time; neither blocks. A wire that closes with unsettled
 * deliveries leaves them to be sent again.
 */
public interface Delivery {

  /** What came. */
  Message message();

  /**
   * Tells the sender that it is safe: PUBACK, CoAP 2.04, MLLP AA.
   *
   * @param answer content to answer with, or null for the protocol's plain yes
   */
  void accept(@Nullable Message answer);

  /** Tells the sender that it was not taken, in its protocol's own way. */
  void refuse(Refusal kind, String why);
}
