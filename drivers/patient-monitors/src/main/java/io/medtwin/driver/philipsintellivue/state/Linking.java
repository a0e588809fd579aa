package io.medtwin.driver.philipsintellivue.state;

import io.medtwin.driver.philipsintellivue.wire.Observation;
import io.medtwin.driver.philipsintellivue.wire.Pdu.Link;
import io.medtwin.driver.philipsintellivue.wire.Pdu.PollResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts linked answers together. A set is whole or nothing: a missing part costs the whole second,
 * and the next one comes in a second.
 *
 * @param open parts that came, by the request they answer
 */
record Linking(Map<Integer, Open> open) {

  /** Most parts of a set. */
  static final int MOST_PARTS = 64;

  /** Most sets that are open at a time: one for each request that this driver makes. */
  static final int MOST_OPEN = 8;

  /**
   * A set that is not closed yet.
   *
   * @param parts number of the last part that came
   * @param observations of all parts
   * @param isLast whether that part said it is the last
   * @param isBroken whether a part is missing
   */
  record Open(int parts, List<Observation> observations, boolean isLast, boolean isBroken) {
    Open {
      observations = List.copyOf(observations);
    }
  }

  /**
   * After an answer.
   *
   * @param next state afterwards
   * @param whole the set that it closes, as one answer; null while it is open, or broken
   * @param isLost whether it closes a set of which a part is missing
   */
  record Step(Linking next, @Nullable PollResult whole, boolean isLost) {}

  Linking {
    open = Map.copyOf(open);
  }

  static Linking none() {
    return new Linking(Map.of());
  }

  Step with(PollResult result) {
    var known = open.get(result.invokeId());
    var link = result.link();
    if (link == null) {
      return known == null ? new Step(this, result, false) : close(result, known);
    }
    var rest = new HashMap<>(open);
    if (link.state() == Link.FIRST || link.number() == 1) {
      boolean isLost = rest.remove(result.invokeId()) != null;
      if (rest.size() < MOST_OPEN) {
        rest.put(
            result.invokeId(), new Open(link.number(), result.observations(), isLast(link), false));
      }
      return new Step(new Linking(rest), null, isLost);
    }
    rest.put(result.invokeId(), extended(known, result, link));
    return new Step(
        rest.size() > MOST_OPEN ? this : new Linking(rest), null, rest.size() > MOST_OPEN);
  }

  private static Open extended(@Nullable Open known, PollResult result, Link link) {
    if (known == null
        || known.isBroken()
        || link.number() != known.parts() + 1
        || link.number() > MOST_PARTS) {
      return new Open(link.number(), List.of(), isLast(link), true);
    }
    return new Open(
        link.number(), joined(known.observations(), result.observations()), isLast(link), false);
  }

  private static boolean isLast(Link link) {
    return link.state() == Link.LAST;
  }

  /**
   * The answer that closes a set comes behind the part that is the last; or behind a single part,
   * if it has something to say itself.
   */
  private Step close(PollResult last, Open known) {
    var rest = new HashMap<>(open);
    rest.remove(last.invokeId());
    boolean isPair = known.parts() == 1 && !last.observations().isEmpty();
    if (known.isBroken() || !known.isLast() && !isPair) {
      return new Step(new Linking(rest), null, true);
    }
    var whole =
        new PollResult(
            last.invokeId(),
            null,
            last.polled(),
            last.sequence(),
            last.ticks(),
            last.absolute(),
            joined(known.observations(), last.observations()));
    return new Step(new Linking(rest), whole, false);
  }

  private static List<Observation> joined(List<Observation> first, List<Observation> second) {
    var all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
