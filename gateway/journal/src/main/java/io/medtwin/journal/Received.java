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
 */
public record Received(String device, Report report, Instant receivedAt, long sequence) {}
