package io.medtwin.twin.keeper;

import java.time.Instant;

/**
 * A device's maintenance: what is missing meanwhile was planned.
 *
 * @param reason for people, without patient
 * @param until when it ends by itself
 * @param by who said so
 */
public record Maintenance(String reason, Instant until, String by) {}
