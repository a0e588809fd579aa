package io.medtwin.driver.noninoem3;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One record of format 8, sent once a second.
 *
 * @param pulseRate in 1/min, 0 to 510, or null
 * @param spo2 in %, 0 to 126, or null
 * @param states what else it says
 */
public record Format8Record(
    @Nullable Integer pulseRate, @Nullable Integer spo2, Set<State> states) {

  /** A state that a record tells. */
  public enum State {
    SENSOR_DISCONNECTED(0, 0x40),
    OUT_OF_TRACK(0, 0x20),
    LOW_PERFUSION(0, 0x10),
    MARGINAL_PERFUSION(0, 0x08),
    ARTIFACT(0, 0x04),
    SMART_POINT(3, 0x20),
    SENSOR_FAULT(3, 0x08),
    SPOT_CHECK(3, 0x04),
    BATTERY_CRITICAL(3, 0x02),
    BATTERY_LOW(3, 0x01);

    private final int index;
    private final int bit;

    State(int index, int bit) {
      this.index = index;
      this.bit = bit;
    }

    int index() {
      return index;
    }

    int bit() {
      return bit;
    }
  }

  public Format8Record {
    if (pulseRate != null && (pulseRate < 0 || pulseRate > 510)) {
      throw new IllegalArgumentException("pulse rate is 0 to 510, got " + pulseRate);
    }
    if (spo2 != null && (spo2 < 0 || spo2 > 126)) {
      throw new IllegalArgumentException("SpO2 is 0 to 126, got " + spo2);
    }
    states = states.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(states));
  }
}
