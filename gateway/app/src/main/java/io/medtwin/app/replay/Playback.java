package io.medtwin.app.replay;

import io.medtwin.testkit.CaptureEvent;
import io.medtwin.testkit.CaptureEvent.Change;
import io.medtwin.testkit.Transcript.ToDevice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** What is left of a capture, and what of it went otherwise than when it was recorded. */
final class Playback {

  /** So many turns are looked ahead for the request that a driver makes. */
  private static final int LOOK_AHEAD = 256;

  /** So much later or earlier than recorded a request is still that one. */
  private static final long GRACE_MICROS = 5_000_000;

  /**
   * So long what a device said waits for a driver that does something else. Then it is gone, as
   * from the buffer of a port; so a capture never lasts much longer than it is, whoever plays it.
   */
  private static final long KEPT_MICROS = 60_000_000;

  private final Events reader;
  private final ReplayClock clock;
  private final Deque<CaptureEvent> ahead = new ArrayDeque<>();
  private boolean over;
  private boolean ended;
  private long last;

  final Deviations deviations = new Deviations();

  /** What went otherwise, counted. */
  static final class Deviations {
    long turns;
    long bytes;
    long redacted;
    long lost;
    long unanswered;
    long notAsked;
    long unheard;
    boolean cut;
  }

  Playback(Events reader, ReplayClock clock) {
    this.reader = reader;
    this.clock = clock;
  }

  /** What comes next, or null behind the end; a loss of the recording is counted on the way. */
  @Nullable CaptureEvent next() {
    while (true) {
      var next = ahead.peek();
      if (next == null) {
        if (over) {
          return null;
        }
        fill();
      } else if (next instanceof CaptureEvent.Lost lost) {
        deviations.lost += lost.count();
        ahead.remove();
      } else if (next instanceof CaptureEvent.Sent sent
          && sent.turn() instanceof ToDevice
          && sent.micros() + GRACE_MICROS <= clock.passed()) {
        deviations.notAsked++;
        ahead.remove();
      } else if (next instanceof CaptureEvent.Sent sent && isLongAgo(sent)) {
        deviations.unheard++;
        ahead.remove();
      } else {
        return next;
      }
    }
  }

  private boolean isLongAgo(CaptureEvent event) {
    return reader.head().isOfCapture() && event.micros() + KEPT_MICROS < clock.passed();
  }

  /** Whether the line that opened just now was gone again before anybody could have had it. */
  boolean isGoneLongAgo() {
    return next() instanceof CaptureEvent.Line line && isLongAgo(line);
  }

  /** When a request that nobody makes is given up. */
  static long givenUp(CaptureEvent request) {
    return request.micros() + GRACE_MICROS;
  }

  /** Takes what comes next. */
  void take() {
    if (ahead.remove() instanceof CaptureEvent.Sent sent) {
      deviations.turns++;
      deviations.redacted += sent.redacted() > 0 ? 1 : 0;
    }
  }

  /** Passes over what comes next: nobody was there to hear it. */
  void pass() {
    deviations.unheard++;
    ahead.remove();
  }

  /**
   * The driver makes a request. If the capture has it, its answer follows, and the time is that of
   * the recording; else the device says nothing.
   */
  void asked(ByteBuffer request) {
    while (!over && ahead.size() < LOOK_AHEAD) {
      fill();
    }
    int at = 0;
    for (CaptureEvent event : ahead) {
      if (event instanceof CaptureEvent.Line) {
        break; // another session
      }
      if (event instanceof CaptureEvent.Sent sent
          && sent.turn() instanceof ToDevice made
          && isSame(made.bytes(), sent.redacted(), request)) {
        answer(at, sent);
        return;
      }
      at++;
    }
    deviations.unanswered++;
  }

  private static boolean isSame(ByteBuffer made, int redacted, ByteBuffer request) {
    return redacted > 0 ? made.remaining() == request.remaining() : made.equals(request);
  }

  /** Takes a request out, and those before it that were not made; what the device said stays. */
  private void answer(int position, CaptureEvent.Sent request) {
    int at = 0;
    for (Iterator<CaptureEvent> each = ahead.iterator(); at <= position; at++) {
      if (each.next() instanceof CaptureEvent.Sent sent && sent.turn() instanceof ToDevice) {
        each.remove();
        deviations.notAsked += at < position ? 1 : 0;
      }
    }
    deviations.turns++;
    if (request.micros() - clock.passed() < GRACE_MICROS) {
      clock.passTo(request.micros());
    }
  }

  /** Whether the capture says that the line opens, or fails to, before anything else comes. */
  boolean isLineNext() {
    for (var next = next(); next instanceof CaptureEvent.Line line; next = next()) {
      if (line.change() == Change.OPENED || line.change() == Change.FAILED) {
        return true;
      }
      ahead.remove();
    }
    return false;
  }

  /** When the last event was that was read. */
  long last() {
    return last;
  }

  private void fill() {
    try {
      var event = reader.next();
      if (event == null) {
        over = true;
        deviations.cut = !ended && reader.head().isOfCapture();
        return;
      }
      last = Math.max(last, event.micros());
      if (event instanceof CaptureEvent.End) {
        ended = true;
        over = true;
      } else {
        ahead.add(event);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
