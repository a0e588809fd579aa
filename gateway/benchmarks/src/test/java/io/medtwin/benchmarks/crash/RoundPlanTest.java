package io.medtwin.benchmarks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RoundPlanTest {

  private static final List<Fault> ALL = List.of(Fault.values());

  @Test
  void aSeedIsAPlan() {
    assertThat(RoundPlan.of(4711, ALL)).isEqualTo(RoundPlan.of(4711, ALL));
    assertThat(RoundPlan.of(4711, ALL)).isNotEqualTo(RoundPlan.of(4712, ALL));
  }

  @Test
  void twentyRoundsMeetEveryFault() {
    var met =
        LongStream.rangeClosed(1, 20)
            .mapToObj(seed -> RoundPlan.of(seed, ALL))
            .flatMap(plan -> plan.faults().stream())
            .collect(Collectors.toSet());

    assertThat(met).containsExactlyInAnyOrderElementsOf(ALL);
  }

  @Test
  void everyPlanCanBePlayed() {
    for (long seed = 0; seed < 5_000; seed++) {
      var plan = RoundPlan.of(seed, ALL);
      assertThat(plan.faultAt()).isBetween(0, plan.killAt());
      assertThat(plan.faultEndsBeforeKill()).isBetween(plan.faultAt(), plan.killAt());
      assertThat(plan.faults().stream().filter(Fault::damages).count()).isLessThan(2);
      if (plan.damages()) {
        assertThat(plan.loadGoesOn()).isTrue();
        assertThat(plan.faults()).doesNotContain(Fault.DISK_FULL, Fault.READ_ONLY);
      }
    }
  }
}
