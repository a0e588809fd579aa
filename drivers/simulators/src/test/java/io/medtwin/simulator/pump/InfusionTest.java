package io.medtwin.simulator.pump;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.simulator.pump.Infusion.Alarm;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class InfusionTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void anHourAtTheRateIsTheRate() {
    assertThat(Infusion.started(12.5, 50).at(HOUR).infused()).isEqualTo(12_500_000);
  }

  @Property
  void whatRanInAndWhatIsLeftAreWhatWasThere(
      @ForAll @IntRange(min = 1, max = 12_000) int tenthsPerHour,
      @ForAll @Size(max = 20) List<@IntRange(max = 3_600_000) Integer> looks) {
    var looked = Infusion.started(tenthsPerHour / 10.0, 50);
    var now = Duration.ZERO;
    long before = 0;
    for (int millis : looks) {
      now = now.plusMillis(millis);
      looked = looked.at(now);
      assertThat(looked.infused() + looked.remaining()).isEqualTo(50_000_000);
      assertThat(looked.infused()).isGreaterThanOrEqualTo(before);
      before = looked.infused();
    }
    assertThat(looked.infused())
        .as("independent of how often anybody looked")
        .isEqualTo(Infusion.started(tenthsPerHour / 10.0, 50).at(now).infused());
  }

  @Test
  void aBlockedLineBuildsPressureUntilThePumpStopsAndAlarms() {
    var blocked = Infusion.started(10, 50).at(Duration.ofMinutes(1)).occlude();

    var soon = blocked.at(Duration.ofSeconds(63));
    assertThat(soon.alarm()).isEqualTo(Alarm.AL_NOALM);
    assertThat(soon.pressure()).isBetween(100, 250);
    var later = blocked.at(Duration.ofSeconds(80));
    assertThat(later.alarm()).isEqualTo(Alarm.AL_OCCLU);
    assertThat(later.running()).isFalse();
    assertThat(later.logNumber()).isEqualTo(2);
    assertThat(later.at(HOUR).infused()).as("nothing runs in any more").isEqualTo(later.infused());
    assertThat(later.infused()).isBetween(166_666L, 190_000L);

    var opened = later.at(Duration.ofSeconds(90)).release();
    assertThat(opened.running()).isTrue();
    assertThat(opened.alarm()).isEqualTo(Alarm.AL_NOALM);
    assertThat(opened.at(Duration.ofSeconds(90 + 360)).infused() - later.infused())
        .isEqualTo(1_000_000);
  }

  @Test
  void anEmptySyringeIsForetoldAndStopsThePump() {
    var pump = Infusion.started(60, 50);

    assertThat(pump.at(Duration.ofMinutes(46)).alarm()).isEqualTo(Alarm.AL_NEOIN);
    var empty = pump.at(Duration.ofMinutes(51));
    assertThat(empty.alarm()).isEqualTo(Alarm.AL_EOIST);
    assertThat(empty.running()).isFalse();
    assertThat(empty.infused()).isEqualTo(50_000_000);
    assertThat(empty.refill().at(Duration.ofMinutes(52)).infused()).isEqualTo(1_000_000);
  }
}
