package io.medtwin.testkit;

import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Session;
import io.medtwin.spi.StreamDriver;
import io.medtwin.spi.transport.BufferedStreamLink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One {@code run} of a driver over one transcript, possibly damaged.
 *
 * @param lines what it said, in order; nothing where the session does not keep it
 * @param end how it ended: null for a return
 * @param discardedBytes bytes it threw away
 * @param written what it wrote, write by write
 * @param reads reads of the wire
 */
record StreamRun(
    List<String> lines,
    @Nullable Throwable end,
    int discardedBytes,
    List<ByteBuffer> written,
    int reads) {

  /** Everything that has come is read at once. */
  static final IntSupplier ALL_AT_ONCE = () -> Integer.MAX_VALUE;

  /** Reads one byte at a time. */
  static final IntSupplier BYTE_BY_BYTE = () -> 1;

  /** Runs the driver to its end over this wire. */
  static StreamRun of(
      StreamDriver driver, Conversation conversation, TranscriptWire wire, Session session) {
    var link =
        new BufferedStreamLink(
            wire,
            Subject.link(driver, conversation, LinkKind.SERIAL),
            conversation.name() + " played from its transcript");
    Throwable end = null;
    try {
      driver.run(link, session);
    } catch (IOException | InterruptedException | RuntimeException | StackOverflowError e) {
      end = e;
    }
    boolean recorded = session instanceof RecordingSession;
    return new StreamRun(
        recorded ? ((RecordingSession) session).lines() : List.of(),
        end,
        recorded ? ((RecordingSession) session).discardedBytes() : 0,
        wire.written(),
        wire.reads());
  }
}
