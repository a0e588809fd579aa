package io.medtwin.ditto.embedded.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TroublePlanTest {

  private final AtomicLong nanos = new AtomicLong(-1_000_000_007L);
  private final TroublePlan plan = new TroublePlan(nanos::get);

  private long refusedOf(int commands) {
    return IntStream.range(0, commands)
        .mapToObj(i -> plan.take())
        .filter(new Trouble.Refuse(429)::equals)
        .count();
  }

  @Test
  void eachSecondLetsAsManyThroughAsTheLimitSays() {
    plan.limit(100);
    assertThat(refusedOf(150)).isEqualTo(50);
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(999));
    assertThat(refusedOf(10)).isEqualTo(10);
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
    assertThat(refusedOf(100)).isZero();
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(3600));
    assertThat(refusedOf(101)).isEqualTo(1);
  }

  @Test
  void anOrderedTroubleComesFirstAndCountsForNoSecond() {
    plan.limit(1);
    plan.next(2, new Trouble.Hang());
    assertThat(plan.take()).isEqualTo(new Trouble.Hang());
    assertThat(plan.take()).isEqualTo(new Trouble.Hang());
    assertThat(refusedOf(2)).isEqualTo(1);
  }

  @Test
  void withoutALimitNothingIsRefused() {
    plan.limit(1);
    plan.limit(0);
    assertThat(refusedOf(1000)).isZero();
  }
}
