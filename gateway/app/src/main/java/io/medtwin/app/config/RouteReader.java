package io.medtwin.app.config;

import io.medtwin.app.config.GatewayConfig.Route;
import io.medtwin.twin.document.Section;
import io.medtwin.twin.document.Suggestion;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a device's {@code link}: one line such as {@code serial:/dev/ttyUSB0 38400 8N1}, or the
 * name of a hub.
 */
final class RouteReader {

  private static final Pattern SERIAL = Pattern.compile("serial:(\\S+)(?:\\s+(\\S.*))?");
  private static final Pattern TCP = Pattern.compile("tcp:(\\[[^]]+]|[^:\\s]+):(\\d{1,5})");
  private static final Pattern LISTEN =
      Pattern.compile("tcp-listen:(?:(\\[[^]]+]|[^:\\s]+):)?(\\d{1,5})");
  private static final Pattern UDP = Pattern.compile("udp:(?:(\\[[^]]+]|[^:\\s]+):)?(\\d{1,5})");
  private static final Pattern UDP_TO = Pattern.compile("udp-to:(\\[[^]]+]|[^:\\s]+):(\\d{1,5})");
  private static final Pattern COAP = Pattern.compile("coaps?://\\S+");
  private static final List<String> FORMS =
      List.of(
          "serial:/dev/ttyUSB0 9600 8N1",
          "tcp:host:port",
          "tcp-listen:port, tcp-listen:address:port",
          "udp:port, udp:address:port",
          "udp-to:host:port",
          "coap://host/path",
          "the name of a link");
  private static final int MAX_PORT = 65_535;
  private static final String EVERY_ADDRESS = "0.0.0.0";

  private RouteReader() {}

  static Optional<Route> read(Section device, Collection<String> hubs, SecretReader secrets) {
    var text = device.text("link").strip();
    var address = device.optionalText("address");
    if (hubs.contains(text)) {
      if (address.isEmpty()) {
        device.problemAt(
            "link", "a device behind the link \"" + text + "\" needs its \"address\" there");
        return Optional.empty();
      }
      return Optional.of(new Route.Behind(text, address.get()));
    }
    if (address.isPresent()) {
      device.problemAt(
          "address", "only a device behind one of the links " + hubs + " has an address");
    }
    return text.isEmpty() ? Optional.empty() : inline(device, text, hubs, secrets);
  }

  /**
   * The way of a line that many devices share.
   *
   * @param key what carries it, one of {@code serial}, {@code tcp}, {@code tcp-listen}; its value
   *     is what stands behind the colon in a device's {@code link}
   */
  static Optional<Route> bytes(Section hub, String key) {
    var value = hub.optionalText(key).orElse("").strip();
    var text = key + ":" + value;
    if (carriesBytes(text)) {
      return serialOrTcp(hub, key, text);
    }
    hub.problemAt(key, key + ": expected " + formOf(key) + ", got \"" + value + "\"");
    return Optional.empty();
  }

  private static String formOf(String key) {
    return FORMS.stream()
        .filter(form -> form.startsWith(key + ":"))
        .map(form -> form.replace(key + ":", ""))
        .findFirst()
        .orElseThrow();
  }

  private static boolean carriesBytes(String text) {
    return Stream.of(SERIAL, TCP, LISTEN).anyMatch(form -> form.matcher(text).matches());
  }

  private static Optional<Route> inline(
      Section device, String text, Collection<String> hubs, SecretReader secrets) {
    if (carriesBytes(text)) {
      return serialOrTcp(device, "link", text);
    }
    Matcher udp = UDP.matcher(text);
    if (udp.matches()) {
      return port(device, "link", udp.group(2))
          .map(port -> new Route.Udp(local(udp.group(1)), port));
    }
    Matcher udpTo = UDP_TO.matcher(text);
    if (udpTo.matches()) {
      return port(device, "link", udpTo.group(2))
          .map(port -> new Route.UdpTo(udpTo.group(1), port));
    }
    if (COAP.matcher(text).matches()) {
      return observe(device, text, secrets);
    }
    device.problemAt(
        "link",
        "link: expected one of " + FORMS + ", got \"" + text + "\"" + Suggestion.of(text, hubs));
    return Optional.empty();
  }

  private static Optional<Route> serialOrTcp(Section section, String key, String text) {
    Matcher serial = SERIAL.matcher(text);
    if (serial.matches()) {
      return Optional.of(new Route.Serial(serial.group(1), Optional.ofNullable(serial.group(2))));
    }
    Matcher tcp = TCP.matcher(text);
    if (tcp.matches()) {
      return port(section, key, tcp.group(2)).map(port -> new Route.TcpConnect(tcp.group(1), port));
    }
    Matcher listen = LISTEN.matcher(text);
    if (listen.matches()) {
      return port(section, key, listen.group(2))
          .map(port -> new Route.TcpListen(local(listen.group(1)), port));
    }
    return Optional.empty();
  }

  private static Optional<Route> observe(Section device, String text, SecretReader secrets) {
    var identity = device.optionalText("identity");
    var key = secrets.read(device, "key");
    boolean secure = text.startsWith("coaps:");
    if (secure != identity.isPresent() || secure != device.has("key")) {
      device.problemAt(
          "link", "link: coaps:// needs \"identity\" and \"key\" (hex), coap:// takes neither");
      return Optional.empty();
    }
    try {
      return Optional.of(new Route.CoapObserve(URI.create(text), identity, key));
    } catch (IllegalArgumentException e) {
      device.problemAt("link", "link: \"" + text + "\" is no URI: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static String local(@Nullable String host) {
    return host == null ? EVERY_ADDRESS : host;
  }

  private static Optional<Integer> port(Section section, String key, String digits) {
    int port = Integer.parseInt(digits);
    if (port > MAX_PORT) {
      section.problemAt(key, key + ": a port is at most " + MAX_PORT + ", got " + digits);
      return Optional.empty();
    }
    return Optional.of(port);
  }
}
