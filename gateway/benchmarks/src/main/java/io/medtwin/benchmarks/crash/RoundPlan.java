package io.medtwin.benchmarks.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * What happens when in one round; all of it follows from the seed. Times are milliseconds.
 *
 * @param seed of the round
 * @param faults the first is the round's own, others are thrown in
 * @param faultAt when faults begin, from the beginning of the load
 * @param killAt when the gateway is killed, from the beginning of the load
 * @param faultEndsBeforeKill when faults end, from the beginning of the load; at or after {@code
 *     killAt} they are still there when it starts again
 * @param loadGoesOn whether devices talk on while the gateway is dead; otherwise its last word must
 *     come out of the journal
 * @param down how long it stays dead
 * @param killAgainAfter how long after its start it is killed again, where that is so
 * @param faultEndsAfter when faults that are left end, from the last start
 * @param talkAfter how long devices talk once the gateway is back
 * @param clockStep what its clock is ahead after the restart
 */
record RoundPlan(
    long seed,
    Set<Fault> faults,
    int faultAt,
    int killAt,
    int faultEndsBeforeKill,
    boolean loadGoesOn,
    int down,
    int killAgainAfter,
    int faultEndsAfter,
    int talkAfter,
    Duration clockStep) {

  private static final double ANOTHER = 0.3;
  private static final double YET_ANOTHER = 0.1;

  RoundPlan {
    faults = Set.copyOf(new LinkedHashSet<>(faults));
  }

  /**
   * The plan of a seed.
   *
   * @param able faults that this machine can make; consecutive seeds take one after the other
   */
  static RoundPlan of(long seed, List<Fault> able) {
    var random = new SplittableRandom(seed);
    var faults = new LinkedHashSet<Fault>();
    faults.add(able.get((int) Math.floorMod(seed, (long) able.size())));
    if (random.nextDouble() < ANOTHER) {
      faults.add(able.get(random.nextInt(able.size())));
      if (random.nextDouble() < YET_ANOTHER) {
        faults.add(able.get(random.nextInt(able.size())));
      }
    }
    keepOneOfAKind(faults);
    boolean damage = faults.stream().anyMatch(Fault::damages);
    int killAt = random.nextInt(300, 1_600);
    int faultAt = random.nextInt(50, killAt - 100);
    boolean stays = random.nextDouble() < 0.5;
    int ends = stays ? killAt : random.nextInt(faultAt + 50, killAt);
    return new RoundPlan(
        seed,
        faults,
        faultAt,
        killAt,
        ends,
        damage || random.nextDouble() < 0.5,
        random.nextInt(0, 300),
        faults.contains(Fault.KILL_AGAIN) ? random.nextInt(200, 1_800) : 0,
        random.nextInt(300, 2_500),
        random.nextInt(100, 700),
        step(faults, random));
  }

  /** Damage once, one step of the clock, and no damage on a disk that takes nothing. */
  private static void keepOneOfAKind(Set<Fault> faults) {
    boolean damaged = false;
    boolean stepped = false;
    boolean disk = false;
    var drop = new ArrayList<Fault>();
    for (Fault fault : faults) {
      boolean ofDisk = fault == Fault.DISK_FULL || fault == Fault.READ_ONLY;
      boolean ofClock = fault == Fault.CLOCK_BACK || fault == Fault.CLOCK_AHEAD;
      if ((fault.damages() && (damaged || disk))
          || (ofDisk && (damaged || disk))
          || (ofClock && stepped)) {
        drop.add(fault);
        continue;
      }
      damaged |= fault.damages();
      disk |= ofDisk;
      stepped |= ofClock;
    }
    drop.forEach(faults::remove);
  }

  private static Duration step(Set<Fault> faults, SplittableRandom random) {
    var size = Duration.ofSeconds(random.nextInt(5, 5_400));
    if (faults.contains(Fault.CLOCK_BACK)) {
      return size.negated();
    }
    return faults.contains(Fault.CLOCK_AHEAD) ? size : Duration.ZERO;
  }

  /** Whether what was safe may be gone. */
  boolean damages() {
    return faults.stream().anyMatch(Fault::damages);
  }

  /** What the gateway cannot be held to. */
  Excuse excuse() {
    boolean disk = faults.contains(Fault.DISK_FULL) || faults.contains(Fault.READ_ONLY);
    return damages() ? Excuse.TAIL_LOST : disk ? Excuse.FROM_MEMORY : Excuse.NONE;
  }

  /** Whether faults that began are still there when the gateway starts again. */
  boolean faultsOutliveKill() {
    return faultEndsBeforeKill >= killAt;
  }

  /** Whether nothing holds up the gateway's restart. */
  boolean restartIsClean() {
    return faults.stream()
        .noneMatch(
            fault -> fault == Fault.READ_ONLY || (fault.holdsUpRestart() && faultsOutliveKill()));
  }

  /** The faults in a few words. */
  String words() {
    var words = faults.stream().sorted().map(Fault::word).collect(Collectors.joining("+"));
    return words
        + (clockStep.isZero() ? "" : "(" + clockStep.toSeconds() + "s)")
        + (loadGoesOn ? "" : ", last words");
  }
}
