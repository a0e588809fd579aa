package io.medtwin.simulator.pump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.driver.alarisasena.AlarisAsenaDriver;
import io.medtwin.spi.Alert;
import io.medtwin.spi.Identity;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.SilenceException;
import io.medtwin.spi.transport.BufferedStreamLink;
import io.medtwin.testkit.RecordingSession;
import io.medtwin.testkit.ScriptedByteWire;
import io.medtwin.testkit.ScriptedByteWire.Ending;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The real driver in conversation with the simulated pump, without a clock. */
class PumpAndDriverTest {
  private static final int LOOKS = 120;
  private final RecordingSession session = new RecordingSession();

  @Test
  void theDriverSeesTheSyringeRunEmpty() {
    converse(UnaryOperator.identity());

    assertThat(session.reports(Identity.class))
        .first()
        .extracting(identity -> identity.attributes().get(Identity.Attribute.SERIAL))
        .isEqualTo("8002-51741");
    var volumes =
        session.readings("volume-infused").stream()
            .map(reading -> ((Numeric) reading.value()).amount().doubleValue())
            .toList();
    assertThat(volumes).hasSizeGreaterThan(LOOKS / 8).isSorted();
    assertThat(volumes.getLast()).isBetween(0.5, 2.0);
    assertThat(session.discardedBytes()).isZero();
  }

  @Test
  void theDriverSeesAnOcclusionBegin() {
    converse(infusion -> infusion.nowMillis() > 20_000 ? infusion.occlude() : infusion);

    assertThat(session.reports(Alert.class)).extracting(Alert::code).contains("AL_OCCLU");
  }

  /** Each request takes the pump a second, until it falls silent. */
  private void converse(UnaryOperator<Infusion> person) {
    var talk = new PumpTalk(new PumpSheet("8002-51741", "PROPOFOL", 36, 50));
    var pump =
        new Object() {
          Infusion infusion = Infusion.started(36, 50);
          int looks = 0;

          byte[] answer(byte[] request) {
            var said = new ByteArrayOutputStream();
            if (looks++ < LOOKS) {
              infusion = person.apply(infusion.at(Duration.ofSeconds(looks)));
              talk.answers(ByteBuffer.wrap(request), infusion).forEach(said::writeBytes);
            }
            return said.toByteArray();
          }
        };
    var wire = new ScriptedByteWire(Ending.SILENT).answering(pump::answer);

    assertThatThrownBy(
            () ->
                new AlarisAsenaDriver()
                    .run(new BufferedStreamLink(wire, LinkKind.SERIAL, "pump"), session))
        .isInstanceOf(SilenceException.class);
  }
}
