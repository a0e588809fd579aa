package io.medtwin.transports.mllp;

/**
 * What one MLLP port saw so far.
 *
 * @param connections open now
 * @param messages whole messages
 * @param noiseBytes bytes outside of frames
 * @param droppedFrames messages begun and not ended, too long, or too slow
 * @param refusedConnections closed because nobody took them: too many, not allowed, or no session
 * @param unansweredMessages settled without an answer, since there was none to give
 */
public record MllpCounters(
    int connections,
    long messages,
    long noiseBytes,
    long droppedFrames,
    long refusedConnections,
    long unansweredMessages) {}
