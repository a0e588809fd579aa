package io.medtwin.console.line;

/**
 * A device that was configured.
 *
 * @param device configured id
 * @param thingId its thing
 * @param live whether the running gateway takes it up by itself; else a restart does
 */
public record Claimed(String device, String thingId, boolean live) {}
