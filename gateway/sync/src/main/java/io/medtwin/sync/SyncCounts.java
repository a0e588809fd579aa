package io.medtwin.sync;

/**
 * What went over the door since the start.
 *
 * @param stored answers {@code Stored} and {@code Provisioned}
 * @param outdated answers {@code Outdated}
 * @param refused answers {@code Refused}
 * @param notProvisioned answers {@code NotProvisioned}
 * @param busy answers {@code Busy}
 * @param lateReplies replies of the server after the command had been answered {@code Busy}
 * @param sessions sessions opened
 * @param failedAttempts attempts to open one that failed
 */
public record SyncCounts(
    long stored,
    long outdated,
    long refused,
    long notProvisioned,
    long busy,
    long lateReplies,
    long sessions,
    long failedAttempts) {}
