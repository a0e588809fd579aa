package io.medtwin.spi;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Messages of a device or a hub, one after the other. A message counts as taken when the next one
 * is received (or the link is left in order): only then, and only after what was emitted for it is
 * safe, does the gateway tell the sender (QoS 1 PUBACK, CoAP response, MLLP ACK). Used by the one
 * thread that runs the driver.
 */
public non-sealed interface MessageLink extends Link {

  /** Why a message was not taken; told to the sender in its protocol's own way. */
  enum Refusal {
    /** The content breaks its own format (CoAP 4.00, HL7 AE). */
    MALFORMED,
    /** The content format is not one this driver reads (CoAP 4.15). */
    UNSUPPORTED_FORMAT,
    /** The message names a device it does not come from (CoAP 4.03). */
    WRONG_DEVICE,
    /** Larger or deeper than this driver reads (CoAP 4.13). */
    TOO_LARGE
  }

  /**
   * Waits for the next message. The one before counts as taken.
   *
   * @param silenceLimit longest time to wait
   * @throws SilenceException nothing came; the link stays usable
   * @throws EOFException the other side closed
   * @throws IOException the link is dead
   * @throws InterruptedException the gateway stops this session
   */
  Message receive(Duration silenceLimit) throws IOException, InterruptedException;

  /**
   * Answers the message received last, for protocols whose answer has content. The gateway holds it
   * back until what was emitted is safe.
   *
   * @throws IOException the link is dead
   */
  void reply(Message answer) throws IOException;

  /**
   * Answers the message received last in a protocol whose "not now" has content too, such as HL7
   * over MLLP. One of the two leaves: {@code answer} when what was emitted is safe, {@code notSafe}
   * when it is not and may not be for long, so that the sender sends the message again. A message
   * that came again is received once more for its answer alone; what is emitted for it goes no
   * further.
   *
   * @param answer the yes, or null where the sender wants none
   * @param notSafe the "send it again", or null where the sender wants none
   * @throws IOException the link is dead
   */
  void reply(@Nullable Message answer, @Nullable Message notSafe) throws IOException;

  /**
   * Refuses the message received last: nothing of it was emitted. It is counted, and reported once,
   * by the gateway.
   *
   * @param why what was expected and what came; without payload and without identifiers of people
   */
  void refuse(Refusal kind, String why) throws IOException;

  /**
   * Refuses the message received last in a protocol whose no has content.
   *
   * @param why as above; stays in the gateway
   * @param answer what the sender is told
   */
  void refuse(Refusal kind, String why, Message answer) throws IOException;

  /**
   * Sends a message of our own, such as a poll or a heartbeat reply to a bridge.
   *
   * @throws IOException the link is dead
   */
  void send(Message message) throws IOException, InterruptedException;
}
