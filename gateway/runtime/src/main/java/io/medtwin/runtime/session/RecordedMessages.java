package io.medtwin.runtime.session;

import io.medtwin.spi.Message;
import io.medtwin.spi.transport.Delivery;
import io.medtwin.spi.transport.MessageWire;
import io.medtwin.twin.tap.Recording;
import io.medtwin.twin.tap.Recording.Change;
import io.medtwin.twin.tap.Taps;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Messages of a link, told to those who record it. Who records one device is told the messages that
 * the transport knows to be of it.
 */
record RecordedMessages(
    MessageWire wire, String link, Function<Message, @Nullable String> deviceOf, Taps taps)
    implements MessageWire {

  @Override
  public @Nullable Delivery next(Duration atMost) throws IOException, InterruptedException {
    Delivery delivery;
    try {
      delivery = wire.next(atMost);
    } catch (IOException e) {
      RecordedBytes.tellLine(
          taps, link, wire.nanoTime(), Change.LOST, String.valueOf(e.getMessage()));
      throw e;
    }
    if (delivery != null && taps.isAnyRecorded()) {
      tell(delivery.message());
    }
    return delivery;
  }

  private void tell(Message message) {
    for (Recording recording : taps.recordings(link)) {
      var device = recording.device();
      if (device == null || device.equals(deviceOf.apply(message))) {
        recording.message(wire.nanoTime(), message);
      }
    }
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
}
