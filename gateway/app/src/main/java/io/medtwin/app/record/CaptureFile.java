package io.medtwin.app.record;

import io.medtwin.testkit.CaptureEvent;
import io.medtwin.testkit.CaptureHead;
import io.medtwin.testkit.CaptureWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A capture that is being written, through the filter of what names a person. Used by one thread.
 */
public final class CaptureFile implements Closeable {

  private final CaptureWriter writer;
  private final Redactor redactor;
  private final long bytesMax;
  private long micros;
  private long turns;
  private long lost;

  /**
   * A new file.
   *
   * @param bytesMax where it ends by itself
   */
  public CaptureFile(Path file, CaptureHead head, Redactor redactor, long bytesMax)
      throws IOException {
    this.redactor = redactor;
    this.bytesMax = bytesMax;
    this.writer = CaptureWriter.create(file, head);
  }

  /**
   * Takes what happened.
   *
   * @return false when the file is as long as it may be
   */
  public boolean take(CaptureEvent event) throws IOException {
    micros = Math.max(micros, event.micros());
    turns += event instanceof CaptureEvent.Sent ? 1 : 0;
    lost += event instanceof CaptureEvent.Lost missing ? missing.count() : 0;
    if (!(event instanceof CaptureEvent.End)) {
      redactor.take(event, writer::write);
    }
    return writer.written() < bytesMax;
  }

  /** Hands on what is buffered to the system. */
  public void flush() throws IOException {
    writer.flush();
  }

  /**
   * Ends it in order.
   *
   * @param end microseconds since the beginning
   */
  public void end(long end) throws IOException {
    redactor.finish(writer::write);
    writer.write(new CaptureEvent.End(Math.max(micros, end)));
  }

  /** Turns so far. */
  public long turns() {
    return turns;
  }

  /** Turns that the recording lost. */
  public long lost() {
    return lost;
  }

  /** Bytes written, before packing. */
  public long written() {
    return writer.written();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
