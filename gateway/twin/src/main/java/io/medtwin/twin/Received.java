package io.medtwin.twin;

import io.medtwin.spi.Report;
import java.time.Instant;

/**
 * What one device said, stamped on arrival.
 *
 * @param device configured id of the device
 * @param report what it said
 * @param receivedAt the gateway's clock on arrival
 * @param sequence strictly increasing within the device, from 1
 */
public record Received(String device, Report report, Instant receivedAt, long sequence) {}
