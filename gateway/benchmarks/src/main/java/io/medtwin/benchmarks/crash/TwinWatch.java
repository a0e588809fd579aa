package io.medtwin.benchmarks.crash;

import io.medtwin.benchmarks.crash.Violation.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One twin as an observer of its events knows it, over all rounds, and what was wrong in how it
 * came about. An effect is a change of the twin: telling again what is there already is none. Any
 * thread.
 */
final class TwinWatch {

  private final String device;
  private final boolean hasClock;

  private long revision;
  private long epoch;
  private long seq;
  private final Map<String, Long> values = new HashMap<>();
  private final Set<String> active = new LinkedHashSet<>();
  private final Map<String, String> recent = new HashMap<>();
  private final Map<String, String> events = new HashMap<>();
  private final Set<Mark> had = new HashSet<>();

  /** Alerts of which damage may have taken the beginning: their end takes them away, no more. */
  private final Set<String> forgotten = new HashSet<>();

  // of this round
  private final List<List<Mark>> effects = new ArrayList<>();
  private final Map<String, Long> epochs = new HashMap<>();
  private final Map<String, Long> told = new HashMap<>();
  private final List<StepBack> back = new ArrayList<>();
  private final List<Mark> again = new ArrayList<>();
  private final List<Violation> violations = new ArrayList<>();
  private long merges;

  /**
   * A watch of a device's twin.
   *
   * @param hasClock whether the device tells the time of what it says: then the same event said
   *     again can be told from another one
   */
  TwinWatch(String device, boolean hasClock) {
    this.device = device;
    this.hasClock = hasClock;
  }

  /** Takes the next event. */
  synchronized void accept(Seen seen) {
    if (revision != 0 && seen.revision() != revision + 1) {
      found(
          Rule.ALIVE,
          "an observer that misses nothing: revision " + (revision + 1),
          "revision " + seen.revision());
    }
    revision = seen.revision();
    if (seen.epoch() > 0) {
      merges++;
      boolean later = seen.epoch() > epoch || (seen.epoch() == epoch && seen.seq() > seq);
      if (!later) {
        found(
            Rule.IN_ORDER,
            "(epoch, seq) after (" + epoch + ", " + seq + ")",
            "(" + seen.epoch() + ", " + seen.seq() + ")");
      }
      epoch = seen.epoch();
      seq = seen.seq();
    }
    effects.add(new ArrayList<>());
    seen.values().forEach(this::value);
    seen.alerts().forEach(this::alert);
    seen.recent().forEach(this::ended);
    seen.events().forEach(this::event);
  }

  private void value(String name, long value) {
    var before = values.put(name, value);
    told.merge(name, 1L, Long::sum);
    if (before != null && value < before) {
      long toldBy = toldBy(name);
      back.add(new StepBack(name, before, value, epoch > toldBy));
    }
    epochs.put(name, epoch);
  }

  private long toldBy(String name) {
    return epochs.getOrDefault(name, 0L);
  }

  /** A counter that was told lower than before, by the same life of the gateway or a newer one. */
  private record StepBack(String name, long before, long value, boolean newLife) {}

  /**
   * Counters that went back without an excuse. What a gateway told from memory while its journal
   * failed, and did not acknowledge, is gone with it, and so is what damage took: the next life
   * begins with what was kept, and gets the rest again. So a step back is wrong within an epoch,
   * and where nothing was damaged also if anything that was acknowledged lies within it.
   */
  private List<Violation> wentBack(List<Sending> sendings, Excuse excuse) {
    var kept = new TreeSet<Long>();
    sendings.stream().filter(Sending::beforeKill).forEach(sending -> kept.add(sending.n()));
    return back.stream()
        .filter(
            step ->
                switch (excuse) {
                  case NONE -> true;
                  case TAIL_LOST -> !step.newLife();
                  case FROM_MEMORY ->
                      !step.newLife()
                          || !kept.subSet(step.value(), false, step.before(), true).isEmpty();
                })
        .map(
            step ->
                new Violation(
                    Rule.IN_ORDER,
                    device,
                    step.name() + " not below " + step.before(),
                    String.valueOf(step.value())))
        .toList();
  }

  private void alert(String id, boolean present) {
    if (present && active.add(id)) {
      var start = new Mark(Mark.Kind.START, id);
      if (!had.contains(start) && had.contains(new Mark(Mark.Kind.END, id))) {
        again.add(start); // its end was for good
      }
      effect(start);
    } else if (!present) {
      active.remove(id); // its end counts where it is told: in the ring
    }
  }

  private void ended(String slot, String id) {
    if (!id.equals(recent.put(slot, id))) {
      effect(new Mark(Mark.Kind.END, id));
    }
  }

  private void event(String slot, String id) {
    if (!id.equals(events.put(slot, id))) {
      effect(new Mark(Mark.Kind.EVENT, id));
    }
  }

  private void effect(Mark mark) {
    effects.getLast().add(mark);
    if (!had.add(mark)) {
      again.add(mark);
    }
  }

  private void found(Rule rule, String expected, String came) {
    violations.add(new Violation(rule, device, expected, came));
  }

  /** Whether nothing of what was sent is missing any more; {@link #judge} says what is. */
  synchronized boolean isComplete(List<Sending> sendings, Set<String> activeNow, Excuse excuse) {
    return missing(sendings, activeNow, excuse == Excuse.TAIL_LOST).isEmpty();
  }

  /**
   * Everything that was wrong in this round; starts the next one.
   *
   * @param sendings what the device said in this round, in its order
   * @param activeNow alerts that the device has now
   * @param excuse what the gateway cannot be held to in this round
   */
  synchronized List<Violation> judge(List<Sending> sendings, Set<String> activeNow, Excuse excuse) {
    var all = new ArrayList<>(violations);
    all.addAll(missing(sendings, activeNow, excuse == Excuse.TAIL_LOST));
    all.addAll(misplaced(sendings));
    all.addAll(repeated(sendings, excuse));
    all.addAll(wentBack(sendings, excuse));
    if (excuse == Excuse.TAIL_LOST) {
      forgotten.addAll(active);
    }
    back.clear();
    again.clear();
    effects.clear();
    told.clear();
    violations.clear();
    merges = 0;
    return all;
  }

  /** Alerts that the twin shows. */
  synchronized Set<String> active() {
    return Set.copyOf(active);
  }

  /** Merges seen in this round. */
  synchronized long merges() {
    return merges;
  }

  /** In how many events of this round a value was told. */
  synchronized long told(String value) {
    return told.getOrDefault(value, 0L);
  }

  private List<Violation> missing(List<Sending> sendings, Set<String> activeNow, boolean tailLost) {
    var missing = new ArrayList<Violation>();
    for (Sending sending : sendings) {
      if (tailLost && sending.beforeKill()) {
        continue;
      }
      for (Mark mark : sending.marks()) {
        if (!isTold(mark, tailLost)) {
          missing.add(
              new Violation(
                  Rule.NOTHING_LOST,
                  device,
                  mark.kind()
                      + " "
                      + mark.id()
                      + " of message "
                      + sending.n()
                      + (sending.acknowledgements() > 0 ? ", acknowledged" : ""),
                  "never told"));
        }
      }
    }
    if (!sendings.isEmpty()) {
      long last = sendings.getLast().n();
      values.forEach(
          (name, value) -> {
            if (value != last) {
              missing.add(
                  new Violation(
                      Rule.FINALLY_RIGHT, device, name + " " + last, String.valueOf(value)));
            }
          });
      if (values.isEmpty()) {
        missing.add(new Violation(Rule.FINALLY_RIGHT, device, "count " + last, "no value"));
      }
    }
    if (!tailLost && !active.equals(activeNow)) {
      missing.add(
          new Violation(
              Rule.FINALLY_RIGHT,
              device,
              "alerts " + new TreeSet<>(activeNow),
              new TreeSet<>(active).toString()));
    }
    return missing;
  }

  private boolean isTold(Mark mark, boolean tailLost) {
    boolean takenAway = mark.kind() == Mark.Kind.END && !active.contains(mark.id());
    return had.contains(mark) || (takenAway && (tailLost || forgotten.contains(mark.id())));
  }

  /**
   * Effects that came twice. An event that a device without a clock said twice may be two events;
   * what a gateway does not know any more, it takes for new where it is said again.
   */
  private List<Violation> repeated(List<Sending> sendings, Excuse excuse) {
    var excused = new HashSet<Mark>();
    for (Sending sending : sendings) {
      boolean unknown =
          switch (excuse) {
            case NONE -> false;
            case FROM_MEMORY -> !sending.beforeKill();
            case TAIL_LOST -> true;
          };
      for (Mark mark : sending.marks()) {
        if (unknown && mark.kind() == Mark.Kind.END) {
          excused.add(new Mark(Mark.Kind.START, mark.id())); // its end is what was forgotten
        }
        boolean maybeTwo = !hasClock && mark.kind() == Mark.Kind.EVENT;
        if (sending.deliveries() > 1 && (unknown || maybeTwo)) {
          excused.add(mark);
        }
      }
    }
    return again.stream()
        .filter(mark -> !excused.contains(mark))
        .map(
            mark ->
                new Violation(
                    Rule.EXACTLY_ONCE,
                    device,
                    mark.kind() + " " + mark.id() + " once",
                    "it was told again"))
        .toList();
  }

  /** Effects that came in another order than they were said in. */
  private List<Violation> misplaced(List<Sending> sendings) {
    var places = new HashMap<Mark, Integer>();
    for (Sending sending : sendings) {
      for (Mark mark : sending.marks()) {
        places.put(mark, places.size());
      }
    }
    var misplaced = new ArrayList<Violation>();
    int furthest = -1;
    var last = "";
    for (List<Mark> together : effects) { // what one merge tells has no order
      int before = furthest;
      for (Mark mark : together) {
        Integer place = places.remove(mark);
        if (place == null) {
          continue; // of an earlier round, or told again, which has its own rule
        }
        if (place < before) {
          misplaced.add(
              new Violation(
                  Rule.IN_ORDER,
                  device,
                  mark.kind() + " " + mark.id() + " before " + last,
                  "the other way round"));
        } else if (place > furthest) {
          furthest = place;
          last = mark.kind() + " " + mark.id();
        }
      }
    }
    return misplaced;
  }
}
