package io.medtwin.app.view;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether the gateway of a journal runs, told by its last word of itself, which comes each 10 s.
 *
 * @param gateway its id
 * @param lastWord when it last said something of itself, or null for never
 * @param now when that is asked
 */
public record GatewayLife(String gateway, @Nullable Instant lastWord, Instant now) {

  /** A gateway that was silent for longer does not run. */
  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(25);

  /** Whether it runs. */
  public boolean isRunning() {
    return lastWord != null && Duration.between(lastWord, now).compareTo(SILENCE_LIMIT) <= 0;
  }

  /** One line for people. */
  public String line() {
    if (lastWord == null) {
      return "gateway " + gateway + " has not run yet";
    }
    return "gateway "
        + gateway
        + (isRunning() ? " runs" : " does NOT run: nothing below is live")
        + ", last word "
        + Columns.ago(lastWord, now)
        + " ago";
  }
}
