package io.medtwin.runtime.session;

/**
 * What one link carried and threw away since the gateway started, for a hub over all its devices,
 * known or not.
 *
 * @param reports reports that its driver emitted, those of devices nobody configured among them
 * @param discards how often a driver discarded something or refused a message
 * @param discardedBytes how many bytes that was
 * @param refusals messages refused
 * @param repetitions messages that their sender sent again, and that were not taken again
 */
public record LinkCounts(
    long reports, long discards, long discardedBytes, long refusals, long repetitions) {}
