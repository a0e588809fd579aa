package io.medtwin.simulator.single;

import io.medtwin.simulator.sheet.LivingMessages;
import io.medtwin.simulator.ward.Reach;
import io.medtwin.spi.LinkKind;
import java.io.IOException;
import java.util.Collection;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A simulated device on its wire. Methods may be called by any thread. */
public interface OneDevice extends AutoCloseable {

  /** How a gateway reaches it. */
  Reach reach();

  /** What it does there, for people: {@code plays 5 frames a second}. */
  String doing();

  /**
   * Switches it on.
   *
   * @throws IOException the wire cannot be set up
   */
  void start() throws IOException;

  /** Switches it off and gives its wire back. */
  @Override
  void close();

  /**
   * A device as ordered, switched off.
   *
   * @throws IllegalArgumentException it cannot be simulated so; says why, and what would do
   * @throws IOException the wire cannot be had
   */
  static OneDevice of(Order order) throws IOException {
    checkWire(order);
    boolean lives = order.conversation().isEmpty();
    boolean isPlayed = !(order.where() instanceof Where.Mllp);
    if (lives && isPlayed && !LivingMessages.areKnownOf(order.sheet())) {
      throw new IllegalArgumentException(
          order.sheet().profile()
              + ": the driver "
              + order.sheet().driver()
              + " has a wire form of its own, so the device plays a conversation, and there is"
              + " none; name one with --conversation");
    }
    return switch (order.where()) {
      case Where.Tcp tcp -> StreamDevices.tcp(order, tcp);
      case Where.Serial serial -> StreamDevices.serial(order, serial);
      case Where.Mqtt mqtt when order.sheet().wires().containsKey(LinkKind.MQTT) ->
          MessageDevices.mqtt(order, mqtt);
      case Where.Mqtt mqtt -> BridgedDevice.of(order, mqtt);
      case Where.Coap coap -> MessageDevices.coap(order, coap);
      case Where.Mllp mllp -> StationDevice.of(order, mllp);
    };
  }

  private static void checkWire(Order order) {
    var wires = order.sheet().wires().keySet();
    if (order.where().kinds().stream().noneMatch(wires::contains)) {
      throw new IllegalArgumentException(
          order.sheet().profile()
              + ": its driver "
              + order.sheet().driver()
              + " takes "
              + (wires.isEmpty() ? "no link that is known here" : names(wires))
              + ", not "
              + names(order.where().kinds()));
    }
  }

  private static String names(Collection<LinkKind> kinds) {
    return new TreeSet<>(kinds)
        .stream()
            .map(kind -> kind.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
  }
}
