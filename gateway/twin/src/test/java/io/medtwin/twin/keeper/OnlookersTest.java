package io.medtwin.twin.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.journal.Entry;
import io.medtwin.journal.Received;
import io.medtwin.spi.Absent;
import io.medtwin.spi.Alert;
import io.medtwin.spi.DeviceEvent;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Presence;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Report;
import io.medtwin.spi.Samples;
import io.medtwin.spi.Text;
import io.medtwin.twin.tap.TapEvent;
import io.medtwin.twin.tap.Taps;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OnlookersTest {

  private static final Instant START = Instant.parse("2026-02-19T08:00:00Z");

  private final Taps taps = new Taps();
  private final DeviceLine line =
      new DeviceLine(
          KeeperBench.plan("ox-1"), KeeperBench.UNITS, new Random(1), START, new Kinship(), taps);
  private long position;

  @Test
  void everyKindOfReportIsShownWithItsPlaceOrWithWhyItHasNone() throws Exception {
    var tap = taps.open("ox-1");
    say(
        Reading.of("spo2", Numeric.of("101", "%")),
        Reading.of("spo2", new Absent(Absent.Reason.SENSOR_OFF)),
        Reading.of("temperature", new Text("warm")),
        Reading.of("odd", Numeric.of(3, "mV")),
        Reading.of("pleth", Samples.of(new int[] {1, 2}, 75, 1, 0, "1")),
        new Alert(
            "a1",
            "AL_PROBE",
            Alert.Phase.START,
            Alert.Priority.HIGH,
            Alert.Kind.TECHNICAL,
            "",
            null,
            null),
        new DeviceEvent("started", "now", null),
        Identity.of(Identity.Attribute.SERIAL, "4711"),
        new Presence(false, "out of range"));

    var made =
        tap.take(0, TimeUnit.MILLISECONDS).stream()
            .filter(event -> event instanceof TapEvent.Made)
            .map(event -> (TapEvent.Made) event)
            .map(
                one ->
                    String.join(
                        "|", one.finding(), one.path(), one.value(), one.unit(), one.note()))
            .toList();
    assertThat(made)
        .containsExactly(
            "observation|features/spo2/properties/saturation|101|%|questionable (implausible)",
            "observation|features/spo2/properties/saturation||%|not-available",
            "rejected|features/temp-1/properties/temperature||Cel|the profile says NUMERIC, the"
                + " device sent a word",
            "unmapped|features/vendor/properties/odd|3|mV|no place in the profile; kept under the"
                + " device's own name",
            "wave|features/wave-spo2/properties/pleth|2 samples|1|75 a second",
            "alert|features/alerts|start||high: Probe off",
            "event|features/events|now||",
            "identity|attributes/identity|serial 4711||",
            "seen|features/link|||out of range");
  }

  @Test
  void nobodySeesAnotherDeviceThanTheOneLookedAt() throws Exception {
    var other = taps.open("ox-2");
    say(Reading.of("spo2", Numeric.of(97, "%")));
    assertThat(other.take(0, TimeUnit.MILLISECONDS)).isEmpty();
  }

  private void say(Report... reports) {
    for (Report report : reports) {
      position++;
      line.take(position, Entry.Heard.of(new Received("ox-1", report, START, position)));
    }
  }
}
