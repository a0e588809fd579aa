package io.medtwin.simulator.single;

import io.medtwin.simulator.device.BroadcastDevice;
import io.medtwin.simulator.hl7.MllpOutlet;
import io.medtwin.simulator.hl7.Station;
import io.medtwin.simulator.physiology.Patient;
import io.medtwin.simulator.ward.Reach;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * One pump or one monitor behind a sender of HL7 v2: living values, not those of a conversation.
 */
final class StationDevice implements OneDevice {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
  private static final Duration RETRY_DELAY = Duration.ofSeconds(2);
  private static final int PERIOD_SECONDS = 5;

  /** MDC_FLOW_FLUID_PUMP: what every pump tells of itself, and no monitor. */
  private static final String FLOW = "mdc-158014";

  private final BroadcastDevice<List<String>> device;
  private final Reach reach;

  private StationDevice(BroadcastDevice<List<String>> device, Reach reach) {
    this.device = device;
    this.reach = reach;
  }

  static OneDevice of(Order order, Where.Mllp mllp) {
    boolean isPump = order.sheet().parameters().stream().anyMatch(one -> one.name().equals(FLOW));
    var station =
        new Station(
            order.id().toUpperCase(Locale.ROOT),
            order.seed(),
            isPump ? 1 : 0,
            isPump ? List.of() : List.of(new Patient(order.seed())),
            PERIOD_SECONDS,
            order.epoch());
    var outlet =
        new MllpOutlet(new InetSocketAddress(mllp.host(), mllp.port()), ANSWER_LIMIT, RETRY_DELAY);
    return new StationDevice(
        BroadcastDevice.ofMessages(order.id(), station, outlet, same -> same, order.speed()),
        new Reach.Mllp(mllp.port(), isPump ? station.pumpAddress(1) : station.monitorAddress(1)));
  }

  @Override
  public Reach reach() {
    return reach;
  }

  @Override
  public String doing() {
    return "sends living values each " + PERIOD_SECONDS + " s, events and alerts at once";
  }

  @Override
  public void start() throws IOException {
    device.start();
  }

  @Override
  public void close() {
    device.close();
  }
}
