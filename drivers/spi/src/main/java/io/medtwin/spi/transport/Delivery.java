package io.medtwin.spi.transport;

import io.medtwin.spi.Message;
import io.medtwin.spi.MessageLink.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * One message that waits to be settled. Exactly one of {@link #accept}, {@link #refuse} and, where
 * the protocol has it, {@link #postpone} takes effect, from any thread, at any later time; none
 * blocks. A wire that closes with unsettled deliveries leaves them to be sent again.
 */
public interface Delivery {

  /** What came. */
  Message message();

  /**
   * The number under which the sender would send the same message again: packet identifier of MQTT
   * (3.1.1 section 4.4), endpoint, message id and token of CoAP (RFC 7252 section 4.2). Messages
   * that are long past may have had the same one. 0 where the protocol has none.
   */
  default long number() {
    return 0;
  }

  /**
   * Whether it may have come before: the sender says so (DUP of MQTT), or it cannot be ruled out. A
   * message with the same number, address and content that was taken already is then told to be
   * safe, and not taken again.
   */
  default boolean mayBeAgain() {
    return false;
  }

  /**
   * Whether only the driver can write the answer, since it has content that speaks of the message
   * (HL7 over MLLP). Then a message that came again is shown to the driver once more, for its
   * answer alone.
   */
  default boolean isAnsweredByDriver() {
    return false;
  }

  /**
   * Tells the sender that it is safe: PUBACK, CoAP 2.04, MLLP AA.
   *
   * @param answer content to answer with, or null for the protocol's plain yes
   */
  void accept(@Nullable Message answer);

  /**
   * It is not safe yet, and may not be for long: the gateway's disk fails. A protocol that can say
   * so tells the sender to send it again later (CoAP 5.03, MLLP AE) and is settled by that; one
   * that cannot (MQTT) does nothing, so that the message stays with the sender, unsettled.
   *
   * @param why for people
   */
  void postpone(String why);

  /**
   * The same, with what the driver prepared for this case. Only a protocol whose "not now" has
   * content looks at it.
   *
   * @param answer content to answer with, or null for none
   */
  default void postpone(String why, @Nullable Message answer) {
    postpone(why);
  }

  /** Tells the sender that it was not taken, in its protocol's own way. */
  void refuse(Refusal kind, String why);

  /**
   * The same, with what the driver wrote. Only a protocol whose no has content looks at it.
   *
   * @param answer content to answer with, or null for none
   */
  default void refuse(Refusal kind, String why, @Nullable Message answer) {
    refuse(kind, why);
  }
}
