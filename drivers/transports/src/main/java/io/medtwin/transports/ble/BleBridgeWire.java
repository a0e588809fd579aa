package io.medtwin.transports.ble;

import io.medtwin.spi.Message;
import io.medtwin.spi.MessageLink.Refusal;
import io.medtwin.spi.transport.Delivery;
import io.medtwin.spi.transport.MessageWire;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns carrier messages into GATT events on the thread that asks for the next one: no thread and
 * no queue of its own beyond what one carrier message or one discovery sets free.
 */
final class BleBridgeWire implements MessageWire {

  private final MessageWire carrier;
  private final BleBridgeConfig config;
  private final Discovery discovery;
  private final BridgeFaults faults;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final HeardDevices devices = new HeardDevices();
  private final ReadSchedule schedule;
  private final Deque<Carried> ready = new ArrayDeque<>();

  BleBridgeWire(
      MessageWire carrier,
      BleBridgeConfig config,
      Discovery discovery,
      BridgeFaults faults,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.carrier = carrier;
    this.config = config;
    this.discovery = discovery;
    this.faults = faults;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.schedule = new ReadSchedule(config.reads(), nanoTime.getAsLong());
  }

  @Override
  public @Nullable Delivery next(Duration atMost) throws IOException, InterruptedException {
    long start = nanoTime.getAsLong();
    long limit = TimeUnit.NANOSECONDS.convert(atMost);
    while (true) {
      long now = nanoTime.getAsLong();
      doWhatIsDue(now);
      var carried = ready.poll();
      if (carried != null) {
        return new GattDelivery(carried);
      }
      long left = Math.max(limit - (now - start), 0);
      long wait = schedule.untilDue(now, discovery.untilExpired(now, left));
      var delivery = carrier.next(Duration.ofNanos(wait));
      if (delivery != null) {
        take(delivery);
      } else if (nanoTime.getAsLong() - start >= limit) {
        return null;
      }
    }
  }

  @Override
  public void send(Message message) throws IOException {
    throw new IOException(
        "a BLE bridge is asked for the configured reads only; a driver cannot send through it");
  }

  @Override
  public void close() {
    carrier.close();
  }

  private void doWhatIsDue(long now) throws IOException, InterruptedException {
    ready.addAll(discovery.expired(now));
    if (config.dialect() instanceof OpenMqtt bridge) {
      for (var poll : schedule.takeDue(now)) {
        carrier.send(bridge.readRequest(poll));
      }
    }
  }

  private void take(Delivery delivery) throws IOException, InterruptedException {
    BridgeInput input;
    try {
      input = config.dialect().read(delivery.message());
    } catch (BridgeFormatException e) {
      faults.count(e.fault());
      delivery.refuse(refusalOf(e.fault()), String.valueOf(e.getMessage()));
      return;
    }
    switch (input) {
      case BridgeInput.Events(var events, var left) -> {
        left.forEach(faults::count);
        route(delivery, heard(delivery, events));
      }
      case BridgeInput.Heartbeat(var reply) -> {
        carrier.send(reply);
        delivery.accept(null);
      }
      case BridgeInput.ApiReply reply -> {
        ready.addAll(discovery.answer(reply, nanoTime.getAsLong()));
        delivery.accept(null);
      }
      case BridgeInput.Presence(var gateway, boolean online) ->
          route(delivery, online ? List.of() : devices.bridgeWent(gateway));
      case BridgeInput.Nothing() -> delivery.accept(null);
    }
  }

  /** The events of this link's devices, with what has to be said before them. */
  private List<GattEvent> heard(Delivery delivery, List<GattEvent> events) {
    var all = new ArrayList<GattEvent>();
    for (var event : events) {
      if (config.device() == null || config.device().equals(event.device())) {
        if (!isRetained(delivery)) {
          all.addAll(devices.heard(event));
        }
        all.add(event);
      }
    }
    return all;
  }

  private void route(Delivery delivery, List<GattEvent> events)
      throws IOException, InterruptedException {
    if (events.isEmpty()) {
      delivery.accept(null);
      return;
    }
    var settlement = new Settlement(delivery, events.size());
    for (var event : events) {
      route(new Carried(event, settlement, isRetained(delivery)));
    }
  }

  private void route(Carried carried) throws IOException, InterruptedException {
    var event = carried.event();
    long now = nanoTime.getAsLong();
    var handle = event.handle();
    if (event.kind() == GattEvent.Kind.NOTIFICATION
        && event.characteristic() == null
        && handle != null) {
      switch (discovery.notification(carried, handle, now)) {
        case Discovery.Step.Ready(var named) -> ready.add(named);
        case Discovery.Step.Held() -> {
          // goes on with the answer, or when it takes too long
        }
        case Discovery.Step.Ask(var question) -> ask(question);
      }
      return;
    }
    ready.add(carried);
    if (config.dialect() instanceof CassiaMqtt
        && event.kind() == GattEvent.Kind.CONNECTION
        && event.ok()
        && !carried.retained()) {
      var question = discovery.connected(event.gateway(), event.device(), now);
      if (question != null) {
        ask(question);
      }
    }
  }

  private void ask(Discovery.Question question) throws IOException, InterruptedException {
    carrier.send(
        CassiaMqtt.discoveryRequest(
            question.gateway(), question.device(), question.id(), clock.instant()));
  }

  private static boolean isRetained(Delivery delivery) {
    return "true".equals(delivery.message().attributes().get(Message.RETAINED));
  }

  private static Refusal refusalOf(BridgeFault fault) {
    return fault == BridgeFault.TOO_LARGE ? Refusal.TOO_LARGE : Refusal.MALFORMED;
  }
}
