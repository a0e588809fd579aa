package io.medtwin.testkit;

import io.medtwin.spi.LinkKind;
import io.medtwin.spi.StreamDriver;
import io.medtwin.spi.transport.BufferedStreamLink;
import io.medtwin.testkit.ScriptedByteWire.Ending;
import io.medtwin.testkit.Transcript.Turn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One {@code run} of a driver over one transcript, possibly damaged.
 *
 * @param lines what it said, in order
 * @param end how it ended: null for a return
 * @param discardedBytes bytes it threw away
 * @param written what it wrote, write by write
 * @param reads reads of the wire
 */
record StreamRun(
    List<String> lines,
    @Nullable Exception end,
    int discardedBytes,
    List<ByteBuffer> written,
    int reads) {

  /** Everything that has come is read at once. */
  static final IntSupplier ALL_AT_ONCE = () -> Integer.MAX_VALUE;

  /** Reads one byte at a time. */
  static final IntSupplier BYTE_BY_BYTE = () -> 1;

  /** Runs the driver to its end over these turns; repeated requests are answered undamaged. */
  static StreamRun of(
      StreamDriver driver,
      Transcript transcript,
      List<Turn> turns,
      IntSupplier pieceSize,
      Ending ending) {
    return of(driver, transcript, new TranscriptWire(turns, transcript.turns(), pieceSize, ending));
  }

  /** Runs the driver to its end over the transcript as it is. */
  static StreamRun of(StreamDriver driver, Transcript transcript) {
    return of(driver, transcript, transcript.turns(), ALL_AT_ONCE, Ending.CLOSED);
  }

  /** Runs the driver to its end over this wire. */
  static StreamRun of(StreamDriver driver, Transcript transcript, TranscriptWire wire) {
    var session = new RecordingSession(transcript.settings(), wire.time());
    var link =
        new BufferedStreamLink(
            wire, kind(driver), transcript.name() + " played from its transcript");
    Exception end = null;
    try {
      driver.run(link, session);
    } catch (IOException | InterruptedException | RuntimeException e) {
      end = e;
    }
    return new StreamRun(
        session.lines(), end, session.discardedBytes(), wire.written(), wire.reads());
  }

  /** D13. */
  void requireOrderlyEnd(String how) {
    if (end instanceof RuntimeException) {
      throw new AssertionError(
          "D13: nonsense is discarded, never thrown; " + how + " made the driver throw " + end,
          end);
    }
  }

  private static LinkKind kind(StreamDriver driver) {
    return driver.descriptor().links().stream().sorted().findFirst().orElse(LinkKind.SERIAL);
  }
}
