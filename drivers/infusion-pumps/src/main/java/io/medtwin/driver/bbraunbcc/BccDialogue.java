package io.medtwin.driver.bbraunbcc;

import io.medtwin.spi.DeviceException;
import io.medtwin.spi.Session;
import io.medtwin.spi.SilenceException;
import io.medtwin.spi.StreamLink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Question and answer with one ComDevice, block by block. Takes a {@link BccRequest} and nothing
 * else, so that nothing else can be sent.
 */
final class BccDialogue {

  /** Longest wait for an answer. */
  static final Duration SILENCE_LIMIT = Duration.ofSeconds(3);

  /** How often something is tried. */
  static final int ATTEMPTS = 3;

  private static final Duration PAUSE_BEFORE_ACK = Duration.ofMillis(100);
  private static final int REPETITIONS = 3;

  /** Most frames that are looked through for an answer. */
  private static final int FRAMES_LOOKED_THROUGH = 16;

  private static final byte[] ACK = {BccCodec.ACK};
  private static final byte[] NAK = {BccCodec.NAK};

  private static final String NO_ANSWER = "no answer";
  private static final String OTHER_ANSWER = "answer to another request";
  private static final String UNSOLICITED = "not asked for";
  private static final String NOT_UNDERSTOOD = "request not understood";
  private static final String GIVEN_UP = "no good block after three repetitions";

  private final StreamLink link;
  private final Session session;
  private final BccReceiver receiver;
  private final boolean detects;
  private final boolean cyclic;
  private final Deque<BccFrame> early = new ArrayDeque<>();
  private Stuffing stuffing;
  private boolean stuffingKnown;
  private String bed = BccRequest.ANY_BED;

  /**
   * @param stuffing as it is set at the ComDevice; null to find out
   * @param cyclic whether blocks come by themselves: those that come before an answer are kept for
   *     {@link #block}, at most {@value #FRAMES_LOOKED_THROUGH}
   */
  BccDialogue(StreamLink link, Session session, @Nullable Stuffing stuffing, boolean cyclic) {
    this.link = link;
    this.session = session;
    this.receiver = new BccReceiver(link, session);
    this.detects = stuffing == null;
    this.cyclic = cyclic;
    this.stuffing = stuffing == null ? Stuffing.ON : stuffing;
    this.stuffingKnown = stuffing != null;
  }

  /**
   * Asks whether the ComDevice is there, whatever its bed is called, and takes the name of its bed.
   * At the start and after a silence; tried three times, and as often the other way of stuffing
   * while nothing told which one it is.
   *
   * @throws SilenceException not one frame came
   * @throws DeviceException frames came, but no answer
   */
  void connect() throws IOException, InterruptedException {
    boolean heard = false;
    int attempts = stuffingKnown ? ATTEMPTS : 2 * ATTEMPTS;
    for (int attempt = 0; attempt < attempts; attempt++) {
      bed = BccRequest.ANY_BED;
      ask(BccRequest.ALIVE);
      try {
        var answer = find(BccFrame::isAcknowledgement);
        if (answer.isPresent()) {
          bed = answer.get().bed();
          stuffingKnown = true; // the question holds both letters, and was understood
          return;
        }
        heard = true;
      } catch (SilenceException silence) {
        session.discard(NO_ANSWER, 0);
      }
      stuffing = stuffingKnown ? stuffing : stuffing.other();
    }
    if (!heard) {
      throw new SilenceException(SILENCE_LIMIT.multipliedBy(attempts));
    }
    throw new DeviceException(
        "expected an answer to "
            + BccRequest.ALIVE
            + ", got "
            + attempts
            + " times none that fits");
  }

  /** The version of the protocol as the ComDevice writes it; empty where it does not tell. */
  Optional<String> version() throws IOException, InterruptedException {
    ask(BccRequest.VERSION);
    try {
      return find(frame -> frame.version().isPresent()).flatMap(BccFrame::version);
    } catch (SilenceException silence) {
      session.discard(NO_ANSWER, 0);
      return Optional.empty();
    }
  }

  /** Sends a question; what came before and was not asked for is no answer to it. */
  void ask(BccRequest request) throws IOException, InterruptedException {
    if (!cyclic) {
      receiver.dropWaiting(UNSOLICITED);
    }
    send(BccCodec.encode(request.frame(bed), stuffing));
  }

  /**
   * The next block that tells something of devices; a damaged one is asked for again, at most three
   * times, then it is empty.
   *
   * @throws SilenceException none came
   */
  Optional<BccFrame> block(Duration silenceLimit) throws IOException, InterruptedException {
    if (!early.isEmpty()) {
      return Optional.of(early.remove());
    }
    for (int i = 0; i < FRAMES_LOOKED_THROUGH; i++) {
      var frame = frame(silenceLimit);
      if (frame.isEmpty() || !isOfAdministration(frame.get())) {
        return frame;
      }
      session.discard(OTHER_ANSWER, 0);
    }
    return Optional.empty();
  }

  /** Tells that a block was taken, which fetches the next one. */
  void acknowledge() throws IOException, InterruptedException {
    receiver.pause(PAUSE_BEFORE_ACK);
    send(ACK);
  }

  private Optional<BccFrame> find(Predicate<BccFrame> fits)
      throws IOException, InterruptedException {
    for (int i = 0; i < FRAMES_LOOKED_THROUGH; i++) {
      var frame = frame(SILENCE_LIMIT);
      if (frame.isEmpty() || fits.test(frame.get())) {
        return frame;
      }
      if (frame.get().systemError().isPresent()) {
        session.discard(NOT_UNDERSTOOD, 0);
        return Optional.empty();
      }
      if (cyclic && !isOfAdministration(frame.get()) && early.size() < FRAMES_LOOKED_THROUGH) {
        early.add(frame.get());
      } else {
        session.discard(OTHER_ANSWER, 0);
      }
    }
    return Optional.empty();
  }

  private Optional<BccFrame> frame(Duration silenceLimit) throws IOException, InterruptedException {
    for (int repetition = 0; ; repetition++) {
      var received = receiver.next(repetition == 0 ? silenceLimit : SILENCE_LIMIT);
      if (received.isPresent()) {
        learn(received.get().stuffing());
        return received.map(Decoded.Accepted::frame);
      }
      if (repetition == REPETITIONS) {
        session.discard(GIVEN_UP, 0);
        return Optional.empty();
      }
      send(NAK);
    }
  }

  private void learn(@Nullable Stuffing seen) {
    if (detects && seen != null) {
      stuffing = seen;
      stuffingKnown = true;
    }
  }

  private static boolean isOfAdministration(BccFrame frame) {
    return frame.isAcknowledgement() || frame.version().isPresent();
  }

  private void send(byte[] bytes) throws IOException {
    link.write(ByteBuffer.wrap(bytes));
  }
}
