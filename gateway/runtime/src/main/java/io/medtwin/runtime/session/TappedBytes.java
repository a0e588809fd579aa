package io.medtwin.runtime.session;

import io.medtwin.spi.transport.ByteWire;
import io.medtwin.twin.tap.Tap;
import io.medtwin.twin.tap.TapEvent;
import io.medtwin.twin.tap.Taps;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Bytes of one device, shown to those who look at it. While nobody looks at anything a read costs
 * one look at an empty map more.
 */
final class TappedBytes implements ByteWire {

  private final ByteWire wire;
  private final String device;
  private final Taps taps;
  private final InstantSource clock;

  TappedBytes(ByteWire wire, String device, Taps taps, InstantSource clock) {
    this.wire = wire;
    this.device = device;
    this.taps = taps;
    this.clock = clock;
  }

  @Override
  public int read(ByteBuffer into, Duration atMost) throws IOException, InterruptedException {
    int start = into.position();
    int count = wire.read(into, atMost);
    if (count > 0 && taps.isAny()) {
      show(false, into, start, count);
    }
    return count;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    if (taps.isAny()) {
      show(true, bytes, bytes.position(), bytes.remaining());
    }
    wire.write(bytes);
  }

  @Override
  public long nanoTime() {
    return wire.nanoTime();
  }

  @Override
  public void close() {
    wire.close();
  }

  private void show(boolean sent, ByteBuffer from, int start, int count) {
    var onlookers = taps.of(device);
    if (onlookers.isEmpty()) {
      return;
    }
    var copy = new byte[Math.min(count, Tap.MOST_BYTES)];
    from.get(start, copy);
    var event = new TapEvent.Bytes(clock.instant(), sent, copy, count);
    onlookers.forEach(tap -> tap.tell(event));
  }
}
