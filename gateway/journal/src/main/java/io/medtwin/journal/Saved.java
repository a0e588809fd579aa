package io.medtwin.journal;

/**
 * One device's state, so that a restart need not read everything that ever happened.
 *
 * @param device configured id
 * @param position last entry of the device that is in it, or of any later entry
 * @param note last note of the device that is in it, or any later one
 * @param body the state as JSON text, as its owner writes it
 */
public record Saved(String device, long position, long note, String body) {}
