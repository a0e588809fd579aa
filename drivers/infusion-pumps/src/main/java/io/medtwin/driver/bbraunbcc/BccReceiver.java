package io.medtwin.driver.bbraunbcc;

import io.medtwin.spi.Session;
import io.medtwin.spi.SilenceException;
import io.medtwin.spi.StreamLink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** Finds the next frame on a link. Bytes outside of frames are skipped and counted. */
final class BccReceiver {

  /** Longest pause inside a frame; a line at 9600 baud sends a byte each millisecond. */
  private static final Duration GAP_LIMIT = Duration.ofSeconds(3);

  /** Longest noise that is listened to without a frame in it. */
  private static final Duration NOISE_LIMIT = Duration.ofSeconds(10);

  private static final String NOISE = "outside of frames";
  private static final String CUT_OFF = "frame cut off";

  private final StreamLink link;
  private final Session session;

  BccReceiver(StreamLink link, Session session) {
    this.link = link;
    this.session = session;
  }

  /**
   * The next frame; empty where one came that cannot be believed, stuffed or not.
   *
   * @throws SilenceException nothing came, or nothing but noise
   */
  Optional<Decoded.Accepted> next(Duration silenceLimit) throws IOException, InterruptedException {
    var deadline = session.elapsed().plus(silenceLimit).plus(NOISE_LIMIT);
    boolean damaged = false;
    while (session.elapsed().compareTo(deadline) < 0) {
      if (damaged && link.available() == 0) {
        return Optional.empty();
      }
      var waiting = link.peek(Math.max(1, link.available()), silenceLimit);
      int start = startFrom(waiting, 0);
      if (start > 0) {
        discard(NOISE, start);
        continue;
      }
      ByteBuffer bytes;
      try {
        int length = BccCodec.lengthFrom(link.peek(BccCodec.HEAD_BYTES, GAP_LIMIT));
        if (length < 0) {
          link.peek(1, GAP_LIMIT);
          discard(BccCodec.NOT_A_FRAME, 1);
          continue;
        }
        int limit = Math.min(2 * length, BccCodec.MAX_FRAME_BYTES); // each byte may be stuffed
        bytes = link.peekThrough(BccCodec.EOT, limit, GAP_LIMIT);
      } catch (SilenceException inTheMiddle) {
        dropWaiting(CUT_OFF);
        return Optional.empty();
      }
      switch (BccCodec.decode(bytes)) {
        case Decoded.Accepted accepted -> {
          link.skip(bytes.remaining());
          return Optional.of(accepted);
        }
        case Decoded.Rejected(var why) -> {
          discard(why, startFrom(bytes, 1));
          damaged = true;
        }
      }
    }
    throw new SilenceException(silenceLimit.plus(NOISE_LIMIT));
  }

  /** Throws away what came and was not asked for. */
  void dropWaiting(String why) throws IOException, InterruptedException {
    int waiting = link.available();
    if (waiting > 0) {
      link.peek(waiting, GAP_LIMIT);
      discard(why, waiting);
    }
  }

  /** Lets time pass; what comes meanwhile stays for {@link #next}. */
  void pause(Duration time) throws IOException, InterruptedException {
    var end = session.elapsed().plus(time);
    var left = time;
    while (left.isPositive() && link.available() < StreamLink.MAX_PEEK) {
      try {
        link.peek(link.available() + 1, left);
      } catch (SilenceException nothingCame) {
        return;
      }
      left = end.minus(session.elapsed());
    }
  }

  /** Index of the first start of a frame at or behind {@code from}; the end if there is none. */
  private static int startFrom(ByteBuffer bytes, int from) {
    int index = from;
    while (index < bytes.remaining() && bytes.get(index) != BccCodec.SOH) {
      index++;
    }
    return index;
  }

  private void discard(String why, int bytes) {
    link.skip(bytes);
    session.discard(why, bytes);
  }
}
