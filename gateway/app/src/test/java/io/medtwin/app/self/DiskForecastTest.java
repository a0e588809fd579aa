package io.medtwin.app.self;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class DiskForecastTest {

  private static final Instant START = Instant.parse("2026-02-19T08:00:00Z");

  private final DiskForecast disk = new DiskForecast();

  private void fill(int minutes, long from, long perMinute) {
    for (int i = 0; i <= minutes; i++) {
      disk.seen(START.plusSeconds(60L * i), from - i * perMinute);
    }
  }

  @Test
  void aDiskThatFillsIsFullWhenItsRoomIsGoneAtThatPace() {
    fill(120, 1_000_000, 100);
    assertThat(disk.days().orElseThrow()).isCloseTo(988_000 / 144_000.0, within(0.001));
  }

  @Test
  void nothingIsToldWithinTheFirstHourNorWhereNothingFills() {
    fill(59, 1_000_000, 100);
    assertThat(disk.days()).isEmpty();
    fill(0, 1_000_000, 0); // the clock was set back: it begins anew
    fill(120, 1_000_000, 0);
    assertThat(disk.days()).isEmpty();
    fill(120, 1_000_000, -5);
    assertThat(disk.days()).isEmpty();
  }

  @Test
  void onlyTheLastDayCounts() {
    for (int hour = 0; hour < 72; hour++) {
      for (int step = 0; step < 6; step++) {
        long filled = hour < 40 ? 1_000L * hour : 40_000;
        disk.seen(START.plusSeconds(3_600L * hour + 600L * step), 1_000_000 - filled);
      }
    }
    assertThat(disk.days()).isEmpty();
  }
}
