package io.medtwin.transports.ble;

import io.medtwin.spi.MessageLink.Refusal;
import io.medtwin.spi.transport.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * Settles one carrier message once all that came of it is settled: accepted if anything of it was
 * accepted, else refused as the first refusal said. Any thread.
 */
final class Settlement {

  private final Delivery carrier;
  private int open;
  private boolean accepted;
  private @Nullable Refusal refusal;
  private String why = "";

  /**
   * @param parts how many messages came of it, 1 or more
   */
  Settlement(Delivery carrier, int parts) {
    this.carrier = carrier;
    this.open = parts;
  }

  void accept() {
    settle(null, "");
  }

  void refuse(Refusal kind, String reason) {
    settle(kind, reason);
  }

  private void settle(@Nullable Refusal kind, String reason) {
    Refusal told;
    String toldWhy;
    synchronized (this) {
      if (kind == null) {
        accepted = true;
      } else if (refusal == null) {
        refusal = kind;
        why = reason;
      }
      open--;
      if (open > 0) {
        return;
      }
      told = accepted ? null : refusal;
      toldWhy = why;
    }
    if (told == null) {
      carrier.accept(null);
    } else {
      carrier.refuse(told, toldWhy);
    }
  }
}
