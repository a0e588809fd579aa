package io.medtwin.spi.transport;

import io.medtwin.spi.LinkKind;
import io.medtwin.spi.SilenceException;
import io.medtwin.spi.StreamLink;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * The driver's {@link StreamLink} over a {@link ByteWire}: one buffer of {@link
 * StreamLink#MAX_PEEK} bytes, compacted when its end is reached, so a look costs no copy in the
 * usual case. Used by one thread.
 */
public final class BufferedStreamLink implements StreamLink {

  private final ByteWire wire;
  private final LinkKind kind;
  private final String name;
  private final byte[] bytes = new byte[MAX_PEEK];
  private final ByteBuffer view = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  private final ByteBuffer filler = ByteBuffer.wrap(bytes);
  private int start;
  private int end;
  private int lookedAt;

  /** Takes bytes from {@code wire}, which stays owned by the caller. */
  public BufferedStreamLink(ByteWire wire, LinkKind kind, String name) {
    this.wire = wire;
    this.kind = kind;
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public LinkKind kind() {
    return kind;
  }

  @Override
  public ByteBuffer peek(int count, Duration silenceLimit)
      throws IOException, InterruptedException {
    requireWithinBounds(count);
    while (available() < count) {
      fill(count, silenceLimit);
    }
    return look(count);
  }

  @Override
  public ByteBuffer peekThrough(int endByte, int limit, Duration silenceLimit)
      throws IOException, InterruptedException {
    requireWithinBounds(limit);
    int searched = 0;
    while (true) {
      int known = Math.min(available(), limit);
      for (int i = searched; i < known; i++) {
        if (Byte.toUnsignedInt(bytes[start + i]) == endByte) {
          return look(i + 1);
        }
      }
      if (known == limit) {
        return look(limit);
      }
      searched = known;
      fill(known + 1, silenceLimit);
    }
  }

  @Override
  public void skip(int count) {
    if (count < 0 || count > lookedAt) {
      throw new IllegalArgumentException(
          "the last look saw " + lookedAt + " bytes, cannot skip " + count);
    }
    start += count;
    lookedAt -= count;
    if (start == end) {
      start = 0;
      end = 0;
    }
  }

  @Override
  public int available() {
    return end - start;
  }

  @Override
  public void write(ByteBuffer toSend) throws IOException {
    wire.write(toSend);
  }

  private ByteBuffer look(int count) {
    lookedAt = count;
    return view.limit(start + count).position(start).slice();
  }

  /** Reads at least one byte, with room for {@code wanted} bytes from {@code start}. */
  private void fill(int wanted, Duration silenceLimit) throws IOException, InterruptedException {
    lookedAt = 0;
    if (start + wanted > MAX_PEEK) {
      System.arraycopy(bytes, start, bytes, 0, available());
      end -= start;
      start = 0;
    }
    int read = wire.read(filler.limit(MAX_PEEK).position(end), silenceLimit);
    if (read < 0) {
      throw new EOFException("the other side closed");
    }
    if (read == 0) {
      throw new SilenceException(silenceLimit);
    }
    end += read;
  }

  private static void requireWithinBounds(int count) {
    if (count < 1 || count > MAX_PEEK) {
      throw new IllegalArgumentException("a look takes 1 to " + MAX_PEEK + " bytes, not " + count);
    }
  }
}
