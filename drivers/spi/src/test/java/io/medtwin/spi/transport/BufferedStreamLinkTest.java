package io.medtwin.spi.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.spi.LinkKind;
import io.medtwin.spi.SilenceException;
import io.medtwin.spi.StreamLink;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class BufferedStreamLinkTest {

  private static final Duration LIMIT = Duration.ofSeconds(1);

  /** Gives its pieces one by one; an empty piece is a silence; then the other side has closed. */
  private static final class Pieces implements ByteWire {
    private final Deque<byte[]> pieces;
    private byte[] written = {};

    Pieces(byte[]... pieces) {
      this.pieces = new ArrayDeque<>(List.of(pieces));
    }

    @Override
    public int read(ByteBuffer into, Duration atMost) {
      var piece = pieces.poll();
      if (piece == null) {
        return -1;
      }
      int count = Math.min(piece.length, into.remaining());
      into.put(piece, 0, count);
      if (count < piece.length) {
        pieces.addFirst(Arrays.copyOfRange(piece, count, piece.length));
      }
      return count;
    }

    @Override
    public void write(ByteBuffer bytes) {
      written = new byte[bytes.remaining()];
      bytes.get(written);
    }

    @Override
    public void close() {}
  }

  private static StreamLink link(byte[]... pieces) {
    return new BufferedStreamLink(new Pieces(pieces), LinkKind.SERIAL, "test");
  }

  @Test
  void aLookWaitsForAllItsBytesAndTakesNone() throws Exception {
    var link = link(new byte[] {1}, new byte[] {2, 3});

    assertThat(link.peek(2, LIMIT)).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
    assertThat(link.peek(3, LIMIT)).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    assertThat(link.available()).isEqualTo(3);
    link.skip(1);
    assertThat(link.peek(2, LIMIT)).isEqualTo(ByteBuffer.wrap(new byte[] {2, 3}));
  }

  @Test
  void aSilenceLeavesWhatCameUnread() throws Exception {
    var link = link(new byte[] {1}, new byte[0], new byte[] {2});

    assertThatThrownBy(() -> link.peek(2, LIMIT))
        .isInstanceOfSatisfying(
            SilenceException.class, silence -> assertThat(silence.waited()).isEqualTo(LIMIT));
    assertThat(link.peek(2, LIMIT)).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
  }

  @Test
  void theOtherSideClosingEndsALookButNotOneThatIsAlreadyThere() throws Exception {
    var link = link(new byte[] {1, 2});

    assertThat(link.peek(2, LIMIT).remaining()).isEqualTo(2);
    assertThatThrownBy(() -> link.peek(3, LIMIT)).isInstanceOf(EOFException.class);
    assertThat(link.peek(2, LIMIT).remaining()).isEqualTo(2);
  }

  @Test
  void aLookThroughAByteEndsThereOrAtItsLimit() throws Exception {
    var link = link(new byte[] {1, 2}, new byte[] {13, 4, 5, 6});

    assertThat(link.peekThrough(13, 10, LIMIT)).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 13}));
    link.skip(3);
    assertThat(link.peekThrough(13, 2, LIMIT)).isEqualTo(ByteBuffer.wrap(new byte[] {4, 5}));
    assertThatThrownBy(() -> link.peekThrough(13, 10, LIMIT)).isInstanceOf(EOFException.class);
  }

  @Test
  void aByteAbove127IsFoundByItsUnsignedValue() throws Exception {
    assertThat(link(new byte[] {1, (byte) 0xFE}).peekThrough(0xFE, 8, LIMIT).remaining())
        .isEqualTo(2);
  }

  @Test
  void onlyWhatWasSeenCanBeSkipped() throws Exception {
    var link = link(new byte[] {1, 2, 3});

    assertThatThrownBy(() -> link.skip(1)).isInstanceOf(IllegalArgumentException.class);
    link.peek(2, LIMIT);
    assertThatThrownBy(() -> link.skip(3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> link.skip(-1)).isInstanceOf(IllegalArgumentException.class);
    link.skip(2);
    assertThat(link.available()).isEqualTo(1);
  }

  @Test
  void aLookIsReadOnlyAndBounded() throws Exception {
    var link = link(new byte[] {1});

    assertThatThrownBy(() -> link.peek(1, LIMIT).put((byte) 9))
        .isInstanceOf(ReadOnlyBufferException.class);
    assertThatThrownBy(() -> link.peek(0, LIMIT)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> link.peek(StreamLink.MAX_PEEK + 1, LIMIT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aStreamOfManyBufferSizesComesThroughInOrder() throws Exception {
    int total = 3 * StreamLink.MAX_PEEK + 17;
    var all = new byte[total];
    for (int i = 0; i < total; i++) {
      all[i] = (byte) (i * 31 + (i >> 8));
    }
    var link = link(all);

    int seen = 0;
    while (seen < total) {
      int count = Math.min(1 + seen % 4099, total - seen);
      var look = link.peek(count, LIMIT);
      assertThat(look.mismatch(ByteBuffer.wrap(all, seen, count))).isEqualTo(-1);
      link.skip(count);
      seen += count;
    }
    assertThatThrownBy(() -> link.peek(1, LIMIT)).isInstanceOf(EOFException.class);
  }

  @Test
  void theLargestLookFitsWhereverItBegins() throws Exception {
    var link = link(new byte[100], new byte[StreamLink.MAX_PEEK]);

    link.peek(60, LIMIT);
    link.skip(60);
    assertThat(link.peek(StreamLink.MAX_PEEK, LIMIT).remaining()).isEqualTo(StreamLink.MAX_PEEK);
  }

  @Test
  void whatIsWrittenReachesTheWireWhole() throws IOException {
    var wire = new Pieces();
    new BufferedStreamLink(wire, LinkKind.TCP, "test")
        .write(ByteBuffer.wrap(new byte[] {0, 7, 8}, 1, 2));

    assertThat(wire.written).containsExactly(7, 8);
  }
}
