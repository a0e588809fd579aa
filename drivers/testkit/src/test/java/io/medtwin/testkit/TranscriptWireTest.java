package io.medtwin.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.testkit.ScriptedByteWire.Ending;
import io.medtwin.testkit.Transcript.FromDevice;
import io.medtwin.testkit.Transcript.ToDevice;
import io.medtwin.testkit.Transcript.Turn;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranscriptWireTest {

  private static final ByteBuffer ASKED = ByteBuffer.wrap(new byte[] {'?'});
  private static final int LONG = 1_150;

  /** What a driver may say is bounded by what it got, which is more than the transcript holds. */
  @Test
  void anAnswerThatWasAskedForTwiceCountsTwice() throws Exception {
    List<Turn> turns =
        List.of(new ToDevice(ASKED), new FromDevice(ByteBuffer.wrap(new byte[LONG])));
    var shorter = List.<Turn>of(new ToDevice(ASKED), new FromDevice(ByteBuffer.wrap(new byte[1])));
    var wire = new TranscriptWire(shorter, turns, StreamRun.ALL_AT_ONCE, Ending.CLOSED);
    var into = ByteBuffer.allocate(4 * LONG);

    wire.write(ASKED.duplicate());
    assertThat(wire.read(into, Duration.ZERO)).isEqualTo(1);
    wire.write(ASKED.duplicate());
    assertThat(wire.read(into, Duration.ZERO)).isEqualTo(LONG);

    assertThat(wire.bytesRead()).isEqualTo(1 + LONG);
  }
}
