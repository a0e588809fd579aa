package io.medtwin.spi;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Bytes of a device, looked at before they are taken: <em>peek, judge, skip</em>. What is not
 * skipped stays, so resynchronisation is {@code skip(1)} and a new look. Used by the one thread
 * that runs the driver.
 */
public non-sealed interface StreamLink extends Link {

  /** Most bytes that one look may ask for, and most that may wait unread: 65536. */
  int MAX_PEEK = 65_536;

  /**
   * Looks at the next {@code count} bytes without taking them.
   *
   * @param count 1 to {@link #MAX_PEEK}
   * @param silenceLimit longest time without any new byte; restarts with each byte that comes
   * @return exactly {@code count} bytes, big-endian, read-only, valid until the next call on this
   *     link
   * @throws SilenceException nothing came for {@code silenceLimit}; the link stays usable, what
   *     came stays unread
   * @throws EOFException the other side closed
   * @throws IOException the link is dead
   * @throws InterruptedException the gateway stops this session
   */
  ByteBuffer peek(int count, Duration silenceLimit) throws IOException, InterruptedException;

  /**
   * Looks at all bytes up to and including the first {@code end}, without taking them.
   *
   * @param end byte that closes a frame, 0 to 255
   * @param limit most bytes a frame may have, 1 to {@link #MAX_PEEK}
   * @param silenceLimit as for {@link #peek}
   * @return the bytes through {@code end}; or {@code limit} bytes without it if the frame is longer
   *     than allowed
   * @throws IOException as for {@link #peek}
   * @throws InterruptedException as for {@link #peek}
   */
  ByteBuffer peekThrough(int end, int limit, Duration silenceLimit)
      throws IOException, InterruptedException;

  /**
   * Takes {@code count} bytes that were looked at.
   *
   * @throws IllegalArgumentException more than the last look returned
   */
  void skip(int count);

  /**
   * Number of bytes that came and were not skipped yet; a poll protocol drops them before it asks.
   */
  int available();

  /**
   * Sends bytes to the device, all of {@code bytes.remaining()}. Blocks while the line is busy.
   *
   * @throws IOException the link is dead
   */
  void write(ByteBuffer bytes) throws IOException;
}
