package io.medtwin.simulator.single;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Places as people write them. Pure. */
final class WhereText {
  private static final String FORMS =
      "tcp:PORT, serial, serial:PATH, mqtt://HOST:PORT[/TOPIC], coap://HOST[:PORT][/PATH] or"
          + " mllp://HOST[:PORT]";
  private static final int PORT_MAX = 65_535;
  private static final String SERIAL = "serial";
  private static final Pattern TCP = Pattern.compile("tcp:(\\d{1,5})");
  private static final Pattern NET =
      Pattern.compile(
          "(mqtt|coap|mllp)://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:]+])(?::(\\d{1,5}))?(/\\S*)?");
  private static final Pattern TOPIC = Pattern.compile("[^#+/\\s]+(?:/[^#+/\\s]+)*");

  private WhereText() {}

  static Where parse(String text) {
    return find(text)
        .orElseThrow(
            () -> new IllegalArgumentException("expected " + FORMS + ", got \"" + text + "\""));
  }

  private static Optional<Where> find(String text) {
    if (text.equals(SERIAL)) {
      return Optional.of(new Where.Serial(null));
    }
    if (text.startsWith(SERIAL + ":") && text.length() > SERIAL.length() + 1) {
      return Optional.of(new Where.Serial(Path.of(text.substring(SERIAL.length() + 1))));
    }
    var tcp = TCP.matcher(text);
    if (tcp.matches()) {
      return port(tcp.group(1)).map(Where.Tcp::new);
    }
    var net = NET.matcher(text);
    return net.matches() ? net(net) : Optional.empty();
  }

  private static Optional<Where> net(Matcher net) {
    var protocol = net.group(1);
    boolean mqtt = protocol.equals("mqtt");
    var usual = mqtt ? 1883 : protocol.equals("coap") ? 5683 : 2575;
    var port = net.group(3) == null ? Optional.of(usual) : port(net.group(3));
    var path = net.group(4) == null || net.group(4).equals("/") ? "" : net.group(4);
    if (port.isEmpty()) {
      return Optional.empty();
    }
    if (protocol.equals("mllp")) {
      return path.isEmpty()
          ? Optional.of(new Where.Mllp(net.group(2).replaceAll("[\\[\\]]", ""), port.get()))
          : Optional.empty();
    }
    var authority = net.group(2) + ":" + port.get();
    if (!mqtt) {
      return Optional.of(new Where.Coap(URI.create("coap://" + authority), path));
    }
    var topic = path.isEmpty() ? "" : path.substring(1);
    return topic.isEmpty() || TOPIC.matcher(topic).matches()
        ? Optional.of(new Where.Mqtt(URI.create("tcp://" + authority), topic))
        : Optional.empty();
  }

  private static Optional<Integer> port(String digits) {
    int port = Integer.parseInt(digits);
    return port <= PORT_MAX ? Optional.of(port) : Optional.empty();
  }
}
