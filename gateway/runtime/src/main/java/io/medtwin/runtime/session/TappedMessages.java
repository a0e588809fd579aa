package io.medtwin.runtime.session;

import io.medtwin.spi.Message;
import io.medtwin.spi.transport.Delivery;
import io.medtwin.spi.transport.MessageWire;
import io.medtwin.twin.tap.Tap;
import io.medtwin.twin.tap.TapEvent;
import io.medtwin.twin.tap.Taps;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Messages that come, shown to those who look at the configured device they are of. A message of
 * which only the content tells whose it is, and one of a device that nobody configured, is shown to
 * nobody. While nobody looks at anything a message costs one look at an empty map more.
 */
final class TappedMessages implements MessageWire {

  private final MessageWire wire;
  private final Function<Message, @Nullable String> deviceOf;
  private final Taps taps;
  private final InstantSource clock;

  TappedMessages(
      MessageWire wire,
      Function<Message, @Nullable String> deviceOf,
      Taps taps,
      InstantSource clock) {
    this.wire = wire;
    this.deviceOf = deviceOf;
    this.taps = taps;
    this.clock = clock;
  }

  @Override
  public @Nullable Delivery next(Duration atMost) throws IOException, InterruptedException {
    var delivery = wire.next(atMost);
    if (delivery != null && taps.isAny()) {
      show(delivery.message());
    }
    return delivery;
  }

  @Override
  public void send(Message message) throws IOException, InterruptedException {
    wire.send(message);
  }

  @Override
  public long nanoTime() {
    return wire.nanoTime();
  }

  @Override
  public void close() {
    wire.close();
  }

  private void show(Message message) {
    var device = deviceOf.apply(message);
    if (device == null) {
      return;
    }
    var onlookers = taps.of(device);
    if (onlookers.isEmpty()) {
      return;
    }
    var payload = message.payload();
    int length = payload.remaining();
    var copy = new byte[Math.min(length, Tap.MOST_BYTES)];
    payload.get(copy);
    var type = message.contentType();
    var event =
        new TapEvent.Message(
            clock.instant(), message.address(), type == null ? "" : type, copy, length);
    onlookers.forEach(tap -> tap.tell(event));
  }
}
