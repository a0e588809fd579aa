package io.medtwin.app.replay;

import io.medtwin.testkit.CaptureEvent;
import io.medtwin.testkit.CaptureEvent.Change;
import io.medtwin.testkit.CaptureHead;
import io.medtwin.testkit.CaptureReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The events of a capture, once, or around and around until a time is over: its line closes at the
 * end of each round, and opens a second later. Used by one thread, which closes it.
 */
final class Events implements Closeable {

  private static final long PAUSE_MICROS = 1_000_000;

  private final Path file;
  private final long untilMicros;
  private CaptureReader reader;
  private long offset;
  private long last;
  private boolean isOver;

  /**
   * Opens a capture.
   *
   * @param loop how long it is played; zero to play it once
   */
  Events(Path file, Duration loop) throws IOException {
    this.file = file;
    this.untilMicros = loop.toNanos() / 1_000;
    this.reader = CaptureReader.open(file);
  }

  CaptureHead head() {
    return reader.head();
  }

  /** The next one, or null behind the last. */
  @Nullable CaptureEvent next() throws IOException {
    if (isOver) {
      return null;
    }
    var event = reader.next();
    if (untilMicros == 0) {
      return event;
    }
    if (event == null || event instanceof CaptureEvent.End) {
      reader.close();
      reader = CaptureReader.open(file);
      offset = last + PAUSE_MICROS;
      return new CaptureEvent.Line(last, Change.CLOSED, "");
    }
    last = offset + event.micros();
    if (last >= untilMicros) {
      isOver = true;
      return new CaptureEvent.End(untilMicros);
    }
    return switch (event) {
      case CaptureEvent.Sent sent -> new CaptureEvent.Sent(last, sent.turn(), sent.redacted());
      case CaptureEvent.Line line -> new CaptureEvent.Line(last, line.change(), line.why());
      case CaptureEvent.Lost lost -> new CaptureEvent.Lost(last, lost.count());
      case CaptureEvent.End end -> end;
    };
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
