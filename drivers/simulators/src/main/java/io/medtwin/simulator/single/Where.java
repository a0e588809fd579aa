package io.medtwin.simulator.single;

import io.medtwin.spi.LinkKind;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The wire that a simulated device shall be on. */
public sealed interface Where {

  /** What stands for the device's id in a topic or path. */
  String DEVICE = "{device}";

  /** Kinds of link by which a gateway can take the device from there. */
  Set<LinkKind> kinds();

  /**
   * A TCP server on the loopback address.
   *
   * @param port 0 for any free one
   */
  record Tcp(int port) implements Where {
    @Override
    public Set<LinkKind> kinds() {
      return Set.of(LinkKind.TCP);
    }
  }

  /**
   * A virtual serial port.
   *
   * @param path where its link shall lie, or null for a new temporary folder
   */
  record Serial(@Nullable Path path) implements Where {
    @Override
    public Set<LinkKind> kinds() {
      return Set.of(LinkKind.SERIAL);
    }
  }

  /**
   * A broker: the device publishes there, or a BLE bridge that hears it.
   *
   * @param broker {@code tcp://host:port}
   * @param topic with {@link #DEVICE}, the base topic of a bridge, or empty for the usual
   */
  record Mqtt(URI broker, String topic) implements Where {
    @Override
    public Set<LinkKind> kinds() {
      return Set.of(LinkKind.MQTT, LinkKind.BLE);
    }
  }

  /**
   * A CoAP server that the device posts to.
   *
   * @param server {@code coap://host:port}
   * @param path with slash and {@link #DEVICE}, or empty for the usual
   */
  record Coap(URI server, String path) implements Where {
    @Override
    public Set<LinkKind> kinds() {
      return Set.of(LinkKind.COAP);
    }
  }

  /**
   * A gateway that listens for HL7 v2.
   *
   * @param host where it listens
   * @param port its MLLP port
   */
  record Mllp(String host, int port) implements Where {
    @Override
    public Set<LinkKind> kinds() {
      return Set.of(LinkKind.MLLP);
    }
  }

  /**
   * The place that a text means.
   *
   * @throws IllegalArgumentException none; says what is expected
   */
  static Where parse(String text) {
    return WhereText.parse(text);
  }
}
