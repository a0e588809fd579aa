package io.medtwin.transports.ble;

import io.medtwin.spi.Message;
import io.medtwin.spi.MessageLink.Refusal;
import io.medtwin.spi.transport.Delivery;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One event as a message. A bridge takes no answer, so one is dropped. */
final class GattDelivery implements Delivery {

  private final Message message;
  private final Settlement settlement;
  private final AtomicBoolean settled = new AtomicBoolean();

  GattDelivery(Carried carried) {
    this.message = carried.event().toMessage(carried.retained());
    this.settlement = carried.settlement();
  }

  @Override
  public Message message() {
    return message;
  }

  @Override
  public void accept(@Nullable Message answer) {
    if (settled.compareAndSet(false, true)) {
      settlement.accept();
    }
  }

  /** Left to the carrier, which stays unsettled as long as one of its events is. */
  @Override
  public void postpone(String why) {}

  @Override
  public void refuse(Refusal kind, String why) {
    if (settled.compareAndSet(false, true)) {
      settlement.refuse(kind, why);
    }
  }
}
