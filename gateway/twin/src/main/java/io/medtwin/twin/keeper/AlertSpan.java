package io.medtwin.twin.keeper;

import io.medtwin.spi.Alert;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alert that was or is there.
 *
 * @param occurrence the device's id of it
 * @param code the device's code
 * @param text for people
 * @param priority as last told
 * @param kind as last told
 * @param startedAt first word of it
 * @param endedAt its end, or null while it is present
 */
public record AlertSpan(
    String occurrence,
    String code,
    String text,
    Alert.Priority priority,
    Alert.Kind kind,
    Instant startedAt,
    @Nullable Instant endedAt) {}
