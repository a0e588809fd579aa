package io.medtwin.app.metrics;

import io.medtwin.twin.ledger.Outage;
import java.time.Instant;
import java.util.List;

/** Counts outages beyond those that are kept: each is counted once, by when it began. */
final class OutageCount {

  private Instant latest = Instant.MIN;
  private long count;

  /** How many there were so far, those among them, the latest last. */
  long with(List<Outage> outages) {
    for (Outage outage : outages) {
      if (outage.from().isAfter(latest)) {
        latest = outage.from();
        count++;
      }
    }
    return count;
  }
}
