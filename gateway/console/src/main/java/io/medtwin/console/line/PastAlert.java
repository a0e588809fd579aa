package io.medtwin.console.line;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alert that was or is there.
 *
 * @param code the device's code
 * @param text for people
 * @param priority {@code high}, {@code medium}, {@code low}, {@code none}, {@code unknown}
 * @param startedAt first word of it
 * @param endedAt its end, or null while it is present
 */
public record PastAlert(
    String code, String text, String priority, Instant startedAt, @Nullable Instant endedAt) {}
