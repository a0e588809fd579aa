package io.medtwin.simulator.pump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.driver.bbraunbcc.BBraunBccDriver;
import io.medtwin.driver.bbraunbcc.Stuffing;
import io.medtwin.spi.Alert;
import io.medtwin.spi.Identity;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Presence;
import io.medtwin.spi.SilenceException;
import io.medtwin.spi.transport.BufferedStreamLink;
import io.medtwin.testkit.RecordingSession;
import io.medtwin.testkit.ScriptedByteWire;
import io.medtwin.testkit.ScriptedByteWire.Ending;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The real driver in conversation with the simulated rack, without a clock. */
class RackAndDriverTest {
  private static final int WRITES = 160;
  private static final RackSheet SHEET = RackSheet.of("Bed1", 3, 7);

  @Test
  void theDriverTellsEachPumpApartAndSeesItsSyringeRunEmpty() {
    var session = converse(SHEET, Map.of(), UnaryOperator.identity());

    assertThat(session.devices()).containsOnlyKeys("50100", "50111", "50112", "50113");
    SHEET
        .pumps()
        .forEach(
            (address, pump) -> {
              var heard = device(session, address);
              assertThat(heard.reports(Identity.class))
                  .singleElement()
                  .extracting(identity -> identity.attributes().get(Identity.Attribute.SERIAL))
                  .isEqualTo(pump.serial());
              assertThat(
                      heard.readings("volume-infused").stream()
                          .map(reading -> ((Numeric) reading.value()).amount()))
                  .hasSizeGreaterThan(WRITES / 8)
                  .isSorted();
              assertThat(((Numeric) heard.last("rate").orElseThrow().value()).amount())
                  .isEqualByComparingTo(Double.toString(pump.millilitresPerHour()));
            });
    assertThat(session.discardedBytes()).isZero();
  }

  @Test
  void anOcclusionIsThatOfOnePump() {
    var session =
        converse(
            SHEET,
            Map.of(),
            rack -> rack.elapsed().toSeconds() > 20 ? rack.with("50112", Infusion::occlude) : rack);

    assertThat(device(session, "50112").reports(Alert.class))
        .singleElement()
        .satisfies(alert -> assertThat(alert.code()).isEqualTo("PRESSURE"));
    assertThat(device(session, "50111").reports(Alert.class)).isEmpty();
  }

  @Test
  void aPumpThatIsPulledIsGoneAndComesBack() {
    var session =
        converse(
            SHEET,
            Map.of(),
            rack -> {
              long seconds = rack.elapsed().toSeconds();
              return rack.with("50113", seconds < 40 || seconds > 90);
            });

    assertThat(device(session, "50113").reports(Presence.class))
        .extracting(Presence::present)
        .containsExactly(true, false, true);
    assertThat(device(session, "50111").reports(Presence.class))
        .extracting(Presence::present)
        .containsExactly(true);
  }

  @Test
  void aComDeviceThatDoesNotStuffIsUnderstood() {
    var session = converse(SHEET.with(Stuffing.OFF, null), Map.of(), UnaryOperator.identity());

    assertThat(session.devices()).containsKeys("50111", "50112", "50113");
  }

  @Test
  void aComDeviceInCyclicModeIsNotAsked() {
    var session =
        converse(
            SHEET.with(Stuffing.ON, Duration.ofSeconds(2)),
            Map.of("cyclic", "true"),
            UnaryOperator.identity());

    assertThat(device(session, "50113").readings("rate")).hasSizeGreaterThan(WRITES / 8);
    assertThat(session.discardedBytes()).isZero();
  }

  @Test
  void oneSlotIsToldAlone() {
    var session = converse(SHEET, Map.of("slot", "12"), UnaryOperator.identity());

    assertThat(session.devices()).containsOnlyKeys("50100", "50112");
  }

  @Test
  void theSameSeedSaysTheSame() {
    var first = converse(RackSheet.of("Bed1", 3, 7), Map.of(), UnaryOperator.identity());
    var second = converse(RackSheet.of("Bed1", 3, 7), Map.of(), UnaryOperator.identity());
    var other = converse(RackSheet.of("Bed1", 3, 8), Map.of(), UnaryOperator.identity());

    assertThat(second.lines()).isEqualTo(first.lines()).isNotEqualTo(other.lines());
  }

  /** What the host writes takes a second each, until the rack falls silent. */
  private static RecordingSession converse(
      RackSheet sheet, Map<String, String> settings, UnaryOperator<RackState> person) {
    var session = new RecordingSession(settings);
    var talk = new RackTalk(sheet);
    var comDevice =
        new Object() {
          RackState rack = RackState.started(sheet);
          int writes = 0;

          byte[] answer(byte[] written) {
            var said = new ByteArrayOutputStream();
            if (writes++ < WRITES) {
              rack = person.apply(rack.at(Duration.ofSeconds(writes)));
              talk.answers(ByteBuffer.wrap(written), rack).forEach(said::writeBytes);
              talk.unasked(rack).ifPresent(said::writeBytes);
            }
            return said.toByteArray();
          }
        };
    var wire = new ScriptedByteWire(Ending.SILENT).answering(comDevice::answer);

    assertThatThrownBy(
            () ->
                new BBraunBccDriver()
                    .run(new BufferedStreamLink(wire, LinkKind.SERIAL, "rack"), session))
        .isInstanceOf(SilenceException.class);
    return session;
  }

  private static RecordingSession device(RecordingSession session, String address) {
    return Objects.requireNonNull(session.devices().get(address), address);
  }
}
