package io.medtwin.journal;

import io.medtwin.spi.Report;
import java.time.Instant;

/**
 * What one device said, stamped on arrival.
 *
 * @param device configured id of the device
 * @param report what it said
 * @param receivedAt the gateway's clock on arrival, in whole milliseconds
 * @param sequence counts the device's reports from 1, over all sessions and restarts
 * @param message on the last report of a message that its sender may send again, what the message
 *     is known by; else 0
 */
public record Received(
    String device, Report report, Instant receivedAt, long sequence, long message) {

  /** A report of which nothing comes again. */
  public Received(String device, Report report, Instant receivedAt, long sequence) {
    this(device, report, receivedAt, sequence, 0);
  }

  /** The same report, as the last one of a message. */
  public Received ending(long newMessage) {
    return new Received(device, report, receivedAt, sequence, newMessage);
  }
}
