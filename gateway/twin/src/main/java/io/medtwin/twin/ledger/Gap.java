package io.medtwin.twin.ledger;

import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.snapshot.Fields;
import java.time.Instant;

/**
 * A time in which the device may have said what nobody here knows.
 *
 * @param from last word before
 * @param to first word after
 * @param reason why, without payload
 */
public record Gap(Instant from, Instant to, String reason) {

  /** As members of a saved state. */
  public Patch save() {
    return new Fields().put("from", from).put("to", to).put("reason", reason).patch();
  }

  /** From members of a saved state. */
  public static Gap restored(Patch patch) {
    var fields = Fields.of(patch);
    return new Gap(fields.timeOf("from"), fields.timeOf("to"), fields.text("reason"));
  }
}
