package io.medtwin.driver.philipsintellivue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.driver.philipsintellivue.wire.Attributes;
import io.medtwin.driver.philipsintellivue.wire.Float32;
import io.medtwin.driver.philipsintellivue.wire.NumericValue;
import io.medtwin.driver.philipsintellivue.wire.ObjectClass;
import io.medtwin.driver.philipsintellivue.wire.Observation;
import io.medtwin.driver.philipsintellivue.wire.Pdu;
import io.medtwin.driver.philipsintellivue.wire.PduCodec;
import io.medtwin.driver.philipsintellivue.wire.SystemFacts;
import io.medtwin.driver.philipsintellivue.wire.UserInformation;
import io.medtwin.spi.DeviceException;
import io.medtwin.spi.Identity;
import io.medtwin.spi.SilenceException;
import io.medtwin.testkit.RecordingSession;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a conversation begins, goes on and ends, as far as transcripts do not show it. */
@Timeout(30)
class ConversationTest {

  private static final long TICKS = 800_000;
  private static final UserInformation ALL = granted(0x8C000000L);

  private final RecordingSession session = new RecordingSession();

  @Test
  void aMonitorThatSaysGoodbyeIsAnsweredAndEndsTheSessionWithoutAnException() throws Exception {
    var wire = new MonitorWire(pdu -> isNumerics(pdu) ? List.of(rate(1), goodbye()) : begin(pdu));

    run(wire);

    assertThat(wire.heard).endsWith(new Pdu.ReleaseResponse());
    assertThat(session.last("heart-rate")).isPresent();
  }

  @Test
  void aMonitorThatRefusesIsLeftInPeaceForTenSecondsBeforeTheSessionEnds() {
    var wire = new MonitorWire(pdu -> List.of(new Pdu.AssociationRefuse()));

    assertThatThrownBy(() -> run(wire))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("refuses");
    assertThat(wire.heard).hasSize(1);
    assertThat(wire.waited).containsExactly(Duration.ofSeconds(10));
  }

  @Test
  void soIsOneThatBreaksOffInTheMiddle() {
    var wire = new MonitorWire(pdu -> isNumerics(pdu) ? List.of(new Pdu.Abort()) : begin(pdu));

    assertThatThrownBy(() -> run(wire))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("breaks off");
    assertThat(wire.waited).last().isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void aMonitorThatDoesNotAnswerIsAskedThreeTimes() {
    var wire = new MonitorWire(pdu -> List.of());

    assertThatThrownBy(() -> run(wire)).isInstanceOf(SilenceException.class);
    assertThat(wire.heard).hasSize(3).hasOnlyElementsOfType(Pdu.AssociationRequest.class);
  }

  @Test
  void aMonitorThatFallsSilentIsAskedForEverythingTwiceMore() {
    var wire = new MonitorWire(ConversationTest::begin);

    assertThatThrownBy(() -> run(wire)).isInstanceOf(SilenceException.class);
    assertThat(wire.heard.stream().filter(ConversationTest::isNumerics)).hasSize(3);
  }

  @Test
  void anEventThatComesAgainIsAnsweredAgainAndToldOnce() {
    var again = new ArrayDeque<Pdu>(List.of(create(), rate(1)));
    var wire =
        new MonitorWire(
            pdu -> isNumerics(pdu) && !again.isEmpty() ? List.of(again.remove()) : begin(pdu));

    assertThatThrownBy(() -> run(wire)).isInstanceOf(SilenceException.class);
    assertThat(wire.heard.stream().filter(Pdu.EventResult.class::isInstance).toList())
        .hasSizeGreaterThan(1);
    assertThat(session.reports(Identity.class)).hasSize(1);
  }

  @Test
  void wavesThatAreNotGrantedAreNotAskedFor() {
    var wire = new MonitorWire(pdu -> begin(pdu, granted(0x80000000L)));

    assertThatThrownBy(() -> run(wire)).isInstanceOf(SilenceException.class);
    assertThat(wire.heard)
        .noneMatch(pdu -> pdu instanceof Pdu.GetRequest || polls(pdu, ObjectClass.WAVES));
  }

  @Test
  void aMonitorThatHasNoneOfTheWavesKeepsItsOwnChoice() {
    var wire =
        new MonitorWire(
            pdu ->
                pdu instanceof Pdu.GetRequest get
                    ? List.of(new Pdu.GetResult(get.invokeId(), Attributes.of()))
                    : begin(pdu));

    assertThatThrownBy(() -> run(wire)).isInstanceOf(SilenceException.class);
    assertThat(wire.heard).noneMatch(Pdu.SetRequest.class::isInstance);
    assertThat(wire.heard).anyMatch(pdu -> polls(pdu, ObjectClass.WAVES));
    assertThat(session.discarded()).containsKey("none of the waves asked for");
  }

  @Test
  void aLineThatSpeaksSomethingElseForeverIsABrokenDialogue() {
    var wire = new MonitorWire(ConversationTest::begin);
    var nonsense = new byte[200_000];
    Arrays.fill(nonsense, (byte) 'x');
    wire.say(nonsense);

    assertThatThrownBy(() -> run(wire))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("65536");
  }

  @Test
  void aDatagramThatIsCutShortDoesNotSwallowTheNextOne() {
    var cut = PduCodec.encode(rate(1));
    var wire =
        new MonitorWire(pdu -> pdu instanceof Pdu.EventResult ? List.of() : begin(pdu)) {
          private boolean isCut;

          @Override
          public int read(ByteBuffer into, Duration atMost) {
            int count = super.read(into, atMost);
            if (count == 0 && !isCut) {
              isCut = true;
              into.put(cut, 0, cut.length - 3);
              return cut.length - 3;
            }
            return count;
          }
        };

    assertThatThrownBy(() -> run(wire)).isInstanceOf(SilenceException.class);
    assertThat(session.discarded()).containsEntry("datagram cut short", cut.length - 3);
  }

  @Test
  void whatItCanAskNeverTellsOfAPersonAndChangesNothingButTheExportOfWaves() {
    for (var question : Question.values()) {
      assertThat(polls(question.request(), ObjectClass.DEMOGRAPHICS)).isFalse();
      assertThat(question.request()).isNotInstanceOf(Pdu.SetRequest.class);
    }
  }

  private void run(MonitorWire wire) throws Exception {
    new PhilipsIntellivueDriver().run(wire.link(), session);
  }

  private static List<Pdu> begin(Pdu pdu) {
    return begin(pdu, ALL);
  }

  private static List<Pdu> begin(Pdu pdu, UserInformation granted) {
    return pdu instanceof Pdu.AssociationRequest
        ? List.of(new Pdu.AssociationAccept(granted), create())
        : List.of();
  }

  private static UserInformation granted(long options) {
    return new UserInformation(
        UserInformation.MONITOR, 0x80000000L, 80_000, 1456, 1456, 0xFFFFFFFFL, 0, options);
  }

  private static Pdu create() {
    return new SystemFacts("Philips", "M8000", null, null, null, null, List.of())
        .toMdsCreate(1, TICKS);
  }

  private static Pdu goodbye() {
    return new Pdu.ReleaseRequest();
  }

  private static Pdu rate(int second) {
    var value = new NumericValue(0x4182, 0, 0x0AA0, Float32.of(BigDecimal.valueOf(72)));
    return new Pdu.PollResult(
        1003,
        null,
        new Pdu.Polled(0, ObjectClass.NUMERICS, 0),
        second,
        TICKS + 8_000L * second,
        null,
        List.of(new Observation(1, 33_459, Attributes.of(value.toAttribute()))));
  }

  private static boolean isNumerics(Pdu pdu) {
    return polls(pdu, ObjectClass.NUMERICS);
  }

  private static boolean polls(Pdu pdu, int objectClass) {
    return pdu instanceof Pdu.PollRequest request && request.polled().objectClass() == objectClass;
  }
}
