package io.medtwin.app.record;

import io.medtwin.testkit.CaptureEvent;
import io.medtwin.testkit.CaptureEvent.Change;
import io.medtwin.testkit.CaptureHead;
import io.medtwin.testkit.CaptureWriter;
import io.medtwin.testkit.Transcript.Arrival;
import io.medtwin.testkit.Transcript.FromDevice;
import io.medtwin.testkit.Transcript.ToDevice;
import io.medtwin.twin.tap.Recording;
import io.medtwin.twin.tap.Recording.Step;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Writes a recording as it comes. */
public final class RecordingText {

  private static final long WAIT_MILLIS = 500;

  /** So often something is written, so that a reader who is gone is noticed. */
  private static final long QUIET_NANOS = Duration.ofSeconds(5).toNanos();

  private RecordingText() {}

  /**
   * Writes until {@code out} fails, the thread is interrupted, or {@code goesOn} says no.
   *
   * @param head as of now; when the recording begins it says when
   */
  public static void write(
      Recording recording, CaptureHead head, OutputStream out, BooleanSupplier goesOn)
      throws IOException {
    try {
      var taken = recording.take(WAIT_MILLIS);
      while (taken.isEmpty() && goesOn.getAsBoolean()) { // no driver is there yet
        out.write('\n');
        out.flush();
        taken = recording.take(WAIT_MILLIS);
      }
      var began = recording.began();
      var begun =
          new CaptureHead(
              began == null ? head.began() : began,
              head.kind(),
              head.link(),
              head.driver(),
              head.driverVersion(),
              head.devices(),
              head.settings());
      try (var writer = new CaptureWriter(out, begun)) {
        long spoke = System.nanoTime();
        long micros = 0;
        while (true) {
          for (Step step : taken) {
            micros = Math.max(micros, step.nanos() / 1_000);
            writer.write(event(step, micros));
          }
          long now = System.nanoTime();
          if (!taken.isEmpty()) {
            spoke = now;
            micros++;
            writer.pass(micros); // the last turn is known to be whole
            writer.flush();
          } else if (now - spoke > QUIET_NANOS) {
            spoke = now;
            writer.comment("quiet");
            writer.flush();
          }
          if (!goesOn.getAsBoolean()) {
            writer.write(new CaptureEvent.End(micros));
            return;
          }
          taken = recording.take(WAIT_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A step as an event, at a time that is not before the one before. */
  public static CaptureEvent event(Step step, long micros) {
    return switch (step) {
      case Step.Bytes bytes -> {
        var content = ByteBuffer.wrap(bytes.bytes());
        yield new CaptureEvent.Sent(
            micros, bytes.sent() ? new ToDevice(content) : new FromDevice(content), 0);
      }
      case Step.Came came -> new CaptureEvent.Sent(micros, new Arrival(came.message()), 0);
      case Step.Line line ->
          new CaptureEvent.Line(micros, Change.valueOf(line.change().name()), line.why());
      case Step.Missing missing -> new CaptureEvent.Lost(micros, missing.count());
    };
  }
}
