package io.medtwin.console.line;

import java.time.Instant;

/**
 * A device's maintenance: what is missing meanwhile was planned.
 *
 * @param reason for people, 1 to 200 characters, no patient
 * @param until when it ends by itself, at most 30 days ahead
 * @param by user who said so
 */
public record Muting(String reason, Instant until, String by) {}
