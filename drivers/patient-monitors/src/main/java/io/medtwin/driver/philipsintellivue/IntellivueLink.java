package io.medtwin.driver.philipsintellivue;

import io.medtwin.driver.philipsintellivue.wire.Pdu;
import io.medtwin.driver.philipsintellivue.wire.PduCodec;
import io.medtwin.driver.philipsintellivue.wire.SerialFrame;
import io.medtwin.spi.DeviceException;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Session;
import io.medtwin.spi.SilenceException;
import io.medtwin.spi.StreamLink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * Messages over one link: framed on a serial line and behind a terminal server, one after the other
 * in datagrams.
 */
final class IntellivueLink {

  /** Bytes without a message among them after which the other side speaks another protocol. */
  static final int NONSENSE_BYTES_MAX = 65_536;

  /** Looks at a line that does not fall silent while it should. */
  private static final int PAUSE_LOOKS_MAX = 1_000;

  private static final String NO_FRAME = "no frame here";
  private static final String CHECKSUM = "frame check";
  private static final String NO_MESSAGE = "no message here";
  private static final String CUT = "datagram cut short";
  private static final String SHAPE = "message of another shape";
  private static final String DURING_PAUSE = "said during a pause";

  private final StreamLink link;
  private final Session session;
  private final boolean isFramed;
  private int nonsense;

  IntellivueLink(StreamLink link, Session session) {
    this.link = link;
    this.session = session;
    this.isFramed = link.kind() != LinkKind.UDP;
  }

  void send(Pdu pdu) throws IOException {
    var message = PduCodec.encode(pdu);
    link.write(ByteBuffer.wrap(isFramed ? SerialFrame.encode(message) : message));
  }

  /**
   * The next message. What makes none is counted.
   *
   * @throws SilenceException nothing came for {@code silenceLimit}
   * @throws DeviceException {@link #NONSENSE_BYTES_MAX} bytes came, and no message
   */
  Pdu next(Duration silenceLimit) throws IOException, InterruptedException {
    nonsense = 0;
    while (nonsense < NONSENSE_BYTES_MAX) {
      var pdu = isFramed ? framed(silenceLimit) : bare(silenceLimit);
      if (pdu.isPresent()) {
        return pdu.get();
      }
    }
    throw new DeviceException(
        "expected messages of IntelliVue Data Export, got "
            + NONSENSE_BYTES_MAX
            + " bytes without one");
  }

  /** Waits until nothing came for so long, or much came all the same. */
  void pause(Duration length) throws IOException, InterruptedException {
    for (int look = 0; look < PAUSE_LOOKS_MAX; look++) {
      try {
        link.peek(1, length);
      } catch (SilenceException over) {
        return;
      }
      int waiting = link.available();
      link.peek(waiting, length);
      discard(DURING_PAUSE, waiting);
    }
  }

  /** Counts what was understood and not asked for. */
  void unasked(String why) {
    session.discard(why, 0);
  }

  private Optional<Pdu> framed(Duration silenceLimit) throws IOException, InterruptedException {
    var bytes = link.peekThrough(SerialFrame.END, SerialFrame.MAX_BYTES, silenceLimit);
    int length = bytes.remaining();
    int start = lastStart(bytes);
    if (start > 0) {
      discard(NO_FRAME, start);
      return Optional.empty();
    }
    var payload = start < 0 ? Optional.<ByteBuffer>empty() : SerialFrame.decode(bytes);
    if (payload.isEmpty()) {
      discard(start < 0 ? NO_FRAME : CHECKSUM, length);
      return Optional.empty();
    }
    return taken(PduCodec.decode(payload.get()), length);
  }

  private Optional<Pdu> bare(Duration silenceLimit) throws IOException, InterruptedException {
    int length = PduCodec.length(link.peek(1, silenceLimit));
    try {
      while (length < 0) {
        length = PduCodec.length(link.peek(-length, silenceLimit));
      }
      if (length > 0) {
        return taken(PduCodec.decode(copy(link.peek(length, silenceLimit))), length);
      }
    } catch (SilenceException silence) {
      int waiting = link.available();
      link.peek(waiting, silenceLimit);
      discard(CUT, waiting);
      throw silence;
    }
    discard(NO_MESSAGE, 1);
    return Optional.empty();
  }

  private Optional<Pdu> taken(Optional<Pdu> pdu, int length) {
    if (pdu.isEmpty()) {
      discard(SHAPE, length);
    } else {
      link.skip(length);
    }
    return pdu;
  }

  /** What was seen is gone with the next look, a message is kept. */
  private static ByteBuffer copy(ByteBuffer seen) {
    return ByteBuffer.allocate(seen.remaining()).put(seen).flip();
  }

  private void discard(String why, int bytes) {
    link.skip(bytes);
    session.discard(why, bytes);
    nonsense += bytes;
  }

  /** Index of the last C0h; -1 if there is none. */
  private static int lastStart(ByteBuffer bytes) {
    int index = bytes.limit() - 1;
    while (index >= 0 && Byte.toUnsignedInt(bytes.get(index)) != SerialFrame.START) {
      index--;
    }
    return index;
  }
}
