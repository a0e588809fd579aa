package io.medtwin.runtime.session;

import io.medtwin.spi.transport.ByteWire;
import io.medtwin.twin.tap.Recording;
import io.medtwin.twin.tap.Recording.Change;
import io.medtwin.twin.tap.Taps;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Bytes of a link, told to those who record it. While nobody records anything a read costs one look
 * at an empty map more.
 */
record RecordedBytes(ByteWire wire, String link, Taps taps) implements ByteWire {

  @Override
  public int read(ByteBuffer into, Duration atMost) throws IOException, InterruptedException {
    int start = into.position();
    int count;
    try {
      count = wire.read(into, atMost);
    } catch (IOException e) {
      tellLine(taps, link, wire.nanoTime(), Change.LOST, String.valueOf(e.getMessage()));
      throw e;
    }
    if (count > 0) {
      tell(false, into, start, count);
    } else if (count < 0) {
      tellLine(taps, link, wire.nanoTime(), Change.ENDED, "");
    }
    return count;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    tell(true, bytes, bytes.position(), bytes.remaining());
    wire.write(bytes);
  }

  private void tell(boolean sent, ByteBuffer from, int start, int count) {
    if (taps.isAnyRecorded()) {
      for (Recording recording : taps.recordings(link)) {
        var copy = new byte[count];
        from.get(start, copy);
        recording.bytes(wire.nanoTime(), sent, copy);
      }
    }
  }

  static void tellLine(Taps taps, String link, long nanoTime, Change change, String why) {
    if (taps.isAnyRecorded()) {
      taps.recordings(link).forEach(recording -> recording.line(nanoTime, change, why));
    }
  }

  @Override
  public long nanoTime() {
    return wire.nanoTime();
  }

  @Override
  public void close() {
    wire.close();
  }
}
