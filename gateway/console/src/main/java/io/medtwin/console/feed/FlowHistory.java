package io.medtwin.console.feed;

import io.medtwin.console.api.Rates;
import io.medtwin.console.line.Flow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** The last looks at the flow, a second apart. Owned by one thread. */
final class FlowHistory {

  /** Rates are over so long. */
  static final Duration RATES = Duration.ofSeconds(5);

  /** Percentiles are over so long. */
  static final Duration LATENCIES = Duration.ofSeconds(60);

  private static final Duration STEP = Duration.ofSeconds(1);

  /** Most looks kept. */
  static final int MOST = (int) (LATENCIES.toSeconds() + 2);

  private final Deque<Flow> looks = new ArrayDeque<>();

  /** Takes a look, if the last one is a second old. A clock that went back begins anew. */
  void take(Flow flow) {
    var last = looks.peekLast();
    if (last != null && flow.at().isBefore(last.at())) {
      looks.clear();
    } else if (last != null && flow.at().isBefore(last.at().plus(STEP))) {
      return;
    }
    looks.addLast(flow);
    while (looks.size() > MOST) {
      looks.removeFirst();
    }
  }

  Rates rates() {
    return looks.isEmpty()
        ? Rates.UNKNOWN
        : Rates.between(before(LATENCIES), before(RATES), looks.getLast());
  }

  /** The latest look that is at least so old, or the oldest. */
  private Flow before(Duration age) {
    Instant then = looks.getLast().at().minus(age);
    Flow found = looks.getFirst();
    for (Flow look : looks) {
      if (look.at().isAfter(then)) {
        break;
      }
      found = look;
    }
    return found;
  }
}
