package io.medtwin.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.spi.Alert;
import io.medtwin.spi.Alert.Kind;
import io.medtwin.spi.Alert.Phase;
import io.medtwin.spi.Alert.Priority;
import io.medtwin.twin.keeper.DeviceView;
import io.medtwin.twin.keeper.DeviceView.Counts;
import io.medtwin.twin.keeper.DeviceView.Shown;
import io.medtwin.twin.normalizer.Finding.AlertChange;
import io.medtwin.twin.outbox.Outbox.Standing;
import io.medtwin.twin.state.ActiveAlert;
import io.medtwin.twin.state.LinkState;
import io.medtwin.twin.state.LinkState.Status;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeviceTableTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");
  private static final Shown SPO2 = new Shown("spo2", "saturation", "97", "%", "valid");

  private final DeviceTable table = new DeviceTable(false, 100);

  @Test
  void aDeviceHasOneLineWithThreeLamps() {
    assertThat(line(view(Status.ONLINE, true, NOW.minusSeconds(2), Standing.OWNED, 0, SPO2)))
        .isEqualTo("ox-1            ● yes     ● yes    ● 2 s ago         saturation 97 %");
  }

  @Test
  void aLostDeviceShowsItsLastValueAsStale() {
    assertThat(line(view(Status.OFFLINE, false, NOW.minusSeconds(61), Standing.OWNED, 0, SPO2)))
        .contains("○ offline", "○ stale", "● 61 s ago", "saturation 97 %");
  }

  @Test
  void anOpenLinkThatIsSilentIsNotTalking() {
    assertThat(line(view(Status.DEGRADED, false, null, Standing.OWNED, 0)))
        .contains("◐ silent", "○ none", "○ not yet", "why it is so");
  }

  @Test
  void anotherGatewayIsShownBecauseNothingIsToldAnyMore() {
    assertThat(line(view(Status.ONLINE, true, NOW, Standing.FENCED, 0, SPO2)))
        .contains("○ other gateway");
  }

  @Test
  void alertsComeFirst() {
    assertThat(line(view(Status.ONLINE, true, NOW, Standing.OWNED, 2, SPO2)))
        .contains("▲ 2 alerts  saturation 97 %");
  }

  @Test
  void aValueThatTheDeviceCallsInvalidIsADashNeverANumber() {
    assertThat(
            line(
                view(
                    Status.ONLINE,
                    true,
                    NOW,
                    Standing.OWNED,
                    0,
                    new Shown("spo2", "saturation", "", "%", "sensor-off"))))
        .contains("saturation –");
  }

  @Test
  void aLineIsNeverWiderThanTheTerminal() {
    var long1 = new Shown("a", "aVeryLongNameOfAProperty", "12345.678901", "mm[Hg]", "valid");
    for (int width : List.of(60, 80, 120)) {
      assertThat(
              new DeviceTable(false, width)
                  .lines(
                      List.of(
                          view(Status.ONLINE, true, NOW, Standing.OWNED, 0, long1, long1, long1)),
                      NOW))
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
    }
  }

  @Test
  void colourIsOnlyForTerminals() {
    var view = view(Status.ONLINE, true, NOW, Standing.OWNED, 0, SPO2);

    assertThat(String.join("", table.lines(List.of(view), NOW))).doesNotContain("\u001b");
    assertThat(String.join("", new DeviceTable(true, 100).lines(List.of(view), NOW)))
        .contains("\u001b[32m● yes");
  }

  private String line(DeviceView view) {
    return table.lines(List.of(view), NOW).get(1);
  }

  private static DeviceView view(
      Status status,
      boolean fresh,
      @Nullable Instant acknowledged,
      Standing standing,
      int alerts,
      Shown... values) {
    return new DeviceView(
        "ox-1",
        "Ox 1",
        "t:ox-1",
        new LinkState(status, NOW, "why it is so"),
        fresh,
        NOW,
        acknowledged,
        standing,
        List.of(values),
        Collections.nCopies(alerts, present()),
        0,
        "ox 1.0.0",
        null,
        null,
        new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0),
        "");
  }

  private static ActiveAlert present() {
    var alert =
        new Alert("off", "PROBE", Phase.START, Priority.LOW, Kind.TECHNICAL, "", null, null);
    return new ActiveAlert(new AlertChange(alert, 0, "Probe off", NOW), NOW);
  }
}
