package io.medtwin.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.spi.Alert;
import io.medtwin.spi.Alert.Priority;
import io.medtwin.twin.clock.ClockQuality;
import io.medtwin.twin.clock.ClockStatus;
import io.medtwin.twin.keeper.DeviceView;
import io.medtwin.twin.keeper.DeviceView.Counts;
import io.medtwin.twin.keeper.DeviceView.Shown;
import io.medtwin.twin.keeper.Maintenance;
import io.medtwin.twin.normalizer.Finding.AlertChange;
import io.medtwin.twin.outbox.Outbox.Standing;
import io.medtwin.twin.state.ActiveAlert;
import io.medtwin.twin.state.LinkState;
import io.medtwin.twin.state.LinkState.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExceptionsTest {

  private static final Instant NOW = Instant.parse("2026-08-01T10:00:00Z");

  private Status status = Status.ONLINE;
  private String validity = "valid";
  private @Nullable Instant acknowledgedAt = NOW;
  private Standing standing = Standing.OWNED;
  private List<Priority> alerts = List.of();
  private int unmapped;
  private @Nullable Maintenance maintenance;
  private Optional<ClockStatus> clock = Optional.empty();

  @Test
  void aDeviceThatIsWellIsNoException() {
    assertThat(words()).isEmpty();
  }

  @Test
  void theWorstComesFirst() {
    alerts = List.of(Priority.LOW, Priority.HIGH, Priority.MEDIUM);
    validity = "stale";
    standing = Standing.FENCED;
    unmapped = 2;

    assertThat(words())
        .containsExactly("alert:high", "trouble", "stale", "alert:medium", "alert:low", "unmapped");
  }

  @Test
  void aDeviceThatIsOfflineIsNotAlsoStaleAndLate() {
    status = Status.OFFLINE;
    validity = "stale";
    acknowledgedAt = null;

    assertThat(words()).containsExactly("offline");
  }

  @Test
  void anAlertOfUnknownPriorityIsShownLikeAHighOne() {
    alerts = List.of(Priority.UNKNOWN, Priority.NONE);

    assertThat(words()).containsExactly("alert:unknown");
  }

  @Test
  void aTwinIsLateAfterFortyFiveSeconds() {
    acknowledgedAt = NOW.minusSeconds(45);
    assertThat(words()).isEmpty();
    assertThat(Exceptions.acknowledged(view(), NOW)).isEqualTo("ok");

    acknowledgedAt = NOW.minusSeconds(46);
    assertThat(words()).containsExactly("late");
    assertThat(Exceptions.acknowledged(view(), NOW)).isEqualTo("late");

    acknowledgedAt = null;
    assertThat(Exceptions.acknowledged(view(), NOW)).isEqualTo("never");
  }

  @Test
  void aTwinOfAnotherGatewayIsNeverAcknowledgedInTime() {
    standing = Standing.FENCED;

    assertThat(Exceptions.acknowledged(view(), NOW)).isEqualTo("late");
  }

  @Test
  void aClockInAnotherZoneIsRightAndOneThatIsMinutesOffIsNot() {
    for (long offset : new long[] {0, 59_000, -3_600_000, 7_200_000 + 30_000, -19_800_000}) {
      clock = offset(offset);
      assertThat(words()).as("%d", offset).isEmpty();
    }
    for (long offset : new long[] {61_000, -90_000, 3_600_000 + 300_000}) {
      clock = offset(offset);
      assertThat(words()).as("%d", offset).containsExactly("clock");
    }
  }

  @Test
  void maintenanceEndsByItself() {
    maintenance = new Maintenance("filter change", NOW.plusSeconds(1), "bo");
    assertThat(view().isMuted(NOW)).isTrue();
    assertThat(view().isMuted(NOW.plusSeconds(1))).isFalse();
  }

  private static Optional<ClockStatus> offset(long millis) {
    return Optional.of(new ClockStatus(ClockQuality.ALIGNED, millis, 10, NOW, 1, null, NOW));
  }

  private List<String> words() {
    return Exceptions.of(view(), NOW);
  }

  private DeviceView view() {
    return new DeviceView(
        "ox-1",
        "Ox 1",
        "t:ox-1",
        new LinkState(status, NOW, ""),
        true,
        NOW,
        acknowledgedAt,
        standing,
        List.of(new Shown("spo2", "saturation", "97", "%", validity)),
        alerts.stream().map(ExceptionsTest::alert).toList(),
        unmapped,
        "ox 1.0.0",
        maintenance,
        clock.orElse(null),
        new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0),
        "");
  }

  private static ActiveAlert alert(Priority priority) {
    var said =
        new Alert("o", "AL", Alert.Phase.START, priority, Alert.Kind.UNKNOWN, "", null, null);
    return new ActiveAlert(new AlertChange(said, 0, "", NOW), NOW);
  }
}
