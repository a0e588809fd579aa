package io.medtwin.driver.alarisasena;

import io.medtwin.spi.DeviceException;
import io.medtwin.spi.Session;
import io.medtwin.spi.SilenceException;
import io.medtwin.spi.StreamLink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Strict question and answer over one link. Takes an {@link AsenaPoll} and nothing else, so that
 * nothing else can be sent.
 */
final class AsenaDialogue {

  private static final Duration SILENCE_LIMIT = Duration.ofMillis(500);

  /** The pump's own figure for its slowest answer; ends a line that chatters without answering. */
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(4);

  private static final int ATTEMPTS = 2;
  private static final String OTHER_ANSWER = "answer to another request";
  private static final String CONTENT = "content";
  private static final String UNSOLICITED = "not asked for";
  private static final String NO_ANSWER = "no answer";

  private final StreamLink link;
  private final Session session;
  private boolean heard;

  AsenaDialogue(StreamLink link, Session session) {
    this.link = link;
    this.session = session;
  }

  /**
   * Asks for what the pump must know. Two failures in a row: asks for the serial number to get back
   * into step, then once more.
   *
   * @throws SilenceException not one byte came
   * @throws DeviceException bytes came, but no answer
   */
  <T> T require(AsenaPoll poll, Function<AsenaFrame, Optional<T>> content)
      throws IOException, InterruptedException {
    heard = false;
    var answer = ask(poll, content);
    if (answer.isEmpty() && poll != AsenaPoll.INST_SERIALNO) {
      boolean inStep = ask(AsenaPoll.INST_SERIALNO, Optional::of).isPresent();
      answer = inStep ? ask(poll, content) : answer;
    }
    if (answer.isPresent()) {
      return answer.get();
    }
    if (!heard) {
      throw new SilenceException(SILENCE_LIMIT.multipliedBy(ATTEMPTS));
    }
    throw new DeviceException(
        "expected an answer to " + poll + " within " + SILENCE_LIMIT + ", got none that fits");
  }

  /** Asks for what not every pump knows: at most twice, then empty. */
  <T> Optional<T> ask(AsenaPoll poll, Function<AsenaFrame, Optional<T>> content)
      throws IOException, InterruptedException {
    var request = AsenaCodec.encode(poll.frame());
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      dropWaiting();
      link.write(ByteBuffer.wrap(request));
      try {
        return Optional.of(await(poll, content));
      } catch (SilenceException silence) {
        session.discard(NO_ANSWER, 0);
      }
    }
    return Optional.empty();
  }

  /** Lets time pass until the session is that old; what comes meanwhile is dropped. */
  void pauseUntil(Duration age) throws IOException, InterruptedException {
    while (true) {
      var left = age.minus(session.elapsed());
      if (!left.isPositive()) {
        return;
      }
      try {
        link.peek(1, left);
      } catch (SilenceException nothingCame) {
        return;
      }
      dropWaiting();
    }
  }

  private <T> T await(AsenaPoll poll, Function<AsenaFrame, Optional<T>> content)
      throws IOException, InterruptedException {
    var deadline = session.elapsed().plus(ANSWER_LIMIT);
    while (session.elapsed().compareTo(deadline) < 0) {
      var bytes = link.peekThrough(AsenaCodec.END, AsenaCodec.MAX_FRAME_BYTES, SILENCE_LIMIT);
      heard = true;
      int start = startFrom(bytes, 0);
      if (start > 0) {
        discard(AsenaCodec.NOT_A_FRAME, start);
        continue;
      }
      switch (AsenaCodec.decode(bytes)) {
        case Decoded.Rejected(var why) -> discard(why, startFrom(bytes, 1));
        case AsenaFrame frame -> {
          int length = bytes.remaining();
          if (!poll.isAnsweredBy(frame)) {
            discard(OTHER_ANSWER, length);
            continue;
          }
          var known = content.apply(frame);
          if (known.isPresent()) {
            link.skip(length);
            return known.get();
          }
          discard(CONTENT, length);
        }
      }
    }
    throw new SilenceException(ANSWER_LIMIT);
  }

  /** Index of the first start of a frame at or behind {@code from}; the end if there is none. */
  private static int startFrom(ByteBuffer bytes, int from) {
    int index = from;
    while (index < bytes.remaining() && bytes.get(index) != AsenaCodec.START) {
      index++;
    }
    return index;
  }

  private void dropWaiting() throws IOException, InterruptedException {
    int waiting = link.available();
    if (waiting > 0) {
      link.peek(waiting, SILENCE_LIMIT);
      discard(UNSOLICITED, waiting);
    }
  }

  private void discard(String why, int bytes) {
    link.skip(bytes);
    session.discard(why, bytes);
  }
}
