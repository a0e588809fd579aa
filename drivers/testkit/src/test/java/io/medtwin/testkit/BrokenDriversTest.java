package io.medtwin.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.spi.MessageDriver;
import io.medtwin.spi.StreamDriver;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokenDriversTest {

  @ParameterizedTest
  @CsvSource({
    "NONE,",
    "FORBIDDEN_LINK, D1",
    "IGNORES_CHECKSUM, D5",
    "NEEDS_WHOLE_CHUNKS, D3",
    "LOSES_A_FRAME_TO_NOISE, D4",
    "HIDES_NOISE, D4",
    "THROWS_ON_NOISE, D13",
    "SHOUTS_NAMES, D6",
    "SENDS_SENTINELS, D7",
    "WRAPS_EXCEPTIONS, D8",
    "WAITS_FOR_EVER, D9",
    "SWALLOWS_INTERRUPTS, D10",
    "WRITES_COMMANDS, D11",
    "SPEAKS_EARLY, D12"
  })
  void aDefectOfAStreamDriverBreaksItsRule(
      PulseOximeterDriver.Defect defect, @Nullable String rule) {
    var contract = new Oximeter(defect);
    requireBroken(
        rule,
        contract::d01DescriptorIsValidAndStable,
        contract::d02AConversationGivesItsReports,
        contract::d03ReadingsDoNotDependOnHowBytesArrive,
        contract::d04NoiseCostsOnlyTheNoise,
        contract::d05NoSingleBitErrorBecomesAWrongReading,
        contract::d06EveryNumberHasAUnit,
        contract::d07MarksForMissingValuesBecomeAbsent,
        contract::d08TheEndOfTheLinkEndsRun,
        contract::d09SilenceEndsRun,
        contract::d10AnInterruptEndsRun,
        contract::d11TheDriverWritesDeclaredRequestsOnly,
        contract::d12ATruncatedLastFrameYieldsNothing);
  }

  @ParameterizedTest
  @CsvSource({
    "NONE,",
    "LOSES_IN_SILENCE, D4",
    "DIES_OF_NONSENSE, D13",
    "BELIEVES_HALF_A_MESSAGE, D12",
    "SENDS_COMMANDS, D11",
    "WAITS_FOR_EVER, D9",
    "LISTENS_ON,"
  })
  void aDefectOfAMessageDriverBreaksItsRule(BreathHubDriver.Defect defect, @Nullable String rule) {
    var contract = new Hub(defect);
    requireBroken(
        rule,
        contract::d01DescriptorIsValidAndStable,
        contract::d02AConversationGivesItsReports,
        contract::d04NonsenseCostsOnlyItself,
        contract::d06EveryNumberHasAUnit,
        contract::d07MarksForMissingValuesBecomeAbsent,
        contract::d08TheEndOfTheLinkEndsRun,
        contract::d09SilenceEndsRun,
        contract::d10AnInterruptEndsRun,
        contract::d11TheDriverSendsDeclaredMessagesOnly,
        contract::d12ATruncatedMessageYieldsNothingWrong,
        contract::d14AHugeMessageCostsOnlyItself);
  }

  private static void requireBroken(@Nullable String rule, Executable... rules) {
    var failures = new ArrayList<String>();
    for (var check : rules) {
      try {
        check.execute();
      } catch (Throwable failure) {
        failures.add(String.valueOf(failure.getMessage()));
      }
    }
    if (rule == null) {
      assertThat(failures).as("a sound driver breaks no rule").isEmpty();
    } else {
      assertThat(failures).as("rules broken").anyMatch(message -> message.contains(rule));
    }
  }

  private static final class Oximeter extends StreamDriverContract {
    private final PulseOximeterDriver.Defect defect;

    Oximeter(PulseOximeterDriver.Defect defect) {
      this.defect = defect;
    }

    @Override
    protected StreamDriver driver() {
      return new PulseOximeterDriver(defect);
    }

    @Override
    protected Stream<Transcript> transcripts() {
      return Transcript.in("pulse-oximeter");
    }
  }

  private static final class Hub extends MessageDriverContract {
    private final BreathHubDriver.Defect defect;

    Hub(BreathHubDriver.Defect defect) {
      this.defect = defect;
    }

    @Override
    protected MessageDriver driver() {
      return new BreathHubDriver(defect);
    }

    @Override
    protected Stream<Transcript> transcripts() {
      return Transcript.in("breath-sensor");
    }

    @Override
    protected boolean endsOnSilence() {
      return defect != BreathHubDriver.Defect.LISTENS_ON;
    }
  }
}
