package io.medtwin.runtime.session;

import io.medtwin.spi.Message;
import io.medtwin.spi.transport.Delivery;
import io.medtwin.spi.transport.MessageWire;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Messages whose receiver passes a doorway. */
record WatchedMessages(MessageWire wire, Doorway doorway) implements MessageWire {

  @Override
  public @Nullable Delivery next(Duration atMost) throws IOException, InterruptedException {
    doorway.enter();
    boolean came = false;
    try {
      var delivery = wire.next(atMost);
      came = true;
      doorway.brought(delivery == null ? Doorway.NOTHING : wire.nanoTime());
      return delivery;
    } finally {
      doorway.leave(came);
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
