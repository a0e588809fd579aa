package io.medtwin.driver.philipsintellivue.wire;

import static io.medtwin.driver.philipsintellivue.wire.Layout.part;
import static io.medtwin.driver.philipsintellivue.wire.Layout.u16;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a beacon tells: where a monitor is and what it speaks there. Its bed label is not read.
 *
 * @param mac hardware address, 12 hex digits in upper case
 * @param address IP address
 * @param mask network mask
 * @param services what it speaks, at most 64
 */
public record ConnectIndication(String mac, String address, String mask, List<Service> services) {

  /** Port that beacons are sent to. */
  public static final int PORT = 24_005;

  private static final int DATA_EXPORT = 5;
  private static final int UDP = 1;
  private static final int MAX_SERVICES = 64;

  /**
   * One service.
   *
   * @param application 5 is Data Export
   * @param transport 1 is UDP
   * @param port where
   * @param options bits nobody published
   */
  public record Service(int application, int transport, int port, int options) {}

  public ConnectIndication {
    services = List.copyOf(services);
    if (services.size() > MAX_SERVICES) {
      throw new IllegalArgumentException("a monitor has at most 64 services");
    }
  }

  /** What a beacon tells; empty where it lacks address or services. */
  public static Optional<ConnectIndication> of(Pdu.Beacon beacon) {
    var services =
        beacon
            .attributes()
            .find(AttributeId.PROTOCOLS)
            .flatMap(
                value ->
                    Attributes.elements(
                        value,
                        bytes -> new Service(u16(bytes), u16(bytes), u16(bytes), u16(bytes))));
    return beacon
        .attributes()
        .find(AttributeId.ADDRESS)
        .flatMap(
            value ->
                Layout.whole(
                    value,
                    bytes ->
                        new ConnectIndication(
                            hex(part(bytes, 6)),
                            dotted(part(bytes, 4)),
                            dotted(part(bytes, 4)),
                            services.orElseThrow(IllegalArgumentException::new))));
  }

  /** Where Data Export is spoken over UDP. */
  public OptionalInt dataExportPort() {
    return services.stream()
        .filter(one -> one.application() == DATA_EXPORT && one.transport() == UDP)
        .mapToInt(Service::port)
        .findFirst();
  }

  private static String hex(ByteBuffer bytes) {
    var octets = new byte[bytes.remaining()];
    bytes.get(octets);
    return HexFormat.of().withUpperCase().formatHex(octets);
  }

  private static String dotted(ByteBuffer bytes) {
    var text = new StringBuilder();
    while (bytes.hasRemaining()) {
      text.append(text.isEmpty() ? "" : ".").append(Layout.u8(bytes));
    }
    return text.toString();
  }
}
