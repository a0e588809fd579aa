package io.medtwin.app.config;

import io.medtwin.journal.JournalConfig;
import io.medtwin.spi.Identity.Attribute;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything a gateway is told.
 *
 * @param file where it was read, for messages
 * @param gateway who this gateway is
 * @param ditto where twins are kept
 * @param journal where what came in is kept
 * @param brokers MQTT brokers, by name
 * @param links hubs: links with many devices, by name
 * @param devices devices, by id, in the order of the file
 * @param profiles folders of profiles besides the ones that come with the gateway
 * @param plugins folders of plugins besides the ones that come with the gateway
 * @param models where Thing Models are served; empty where they are not
 * @param console where the console is; empty where it is switched off
 */
public record GatewayConfig(
    String file,
    Self gateway,
    Ditto ditto,
    JournalConfig journal,
    Map<String, Broker> brokers,
    Map<String, Hub> links,
    Map<String, Device> devices,
    List<Path> profiles,
    List<Path> plugins,
    Optional<Models> models,
    Optional<Console> console) {

  /** The gateway itself among its devices; no device of the file may be called so. */
  public static final String SELF = "gateway";

  /** The same with one more device. */
  public GatewayConfig with(Device device) {
    var more = new LinkedHashMap<>(devices);
    more.put(device.id(), device);
    return new GatewayConfig(
        file, gateway, ditto, journal, brokers, links, more, profiles, plugins, models, console);
  }

  /**
   * Who this gateway is.
   *
   * @param id name of the gateway, unique in its site
   * @param site dotted name of the site, the beginning of every namespace
   */
  public record Self(String id, String site) {}

  /**
   * Where twins are kept.
   *
   * @param url base URL, http or https
   * @param user user of basic authentication
   * @param password its password
   * @param subject the gateway's subject in Ditto's policies
   * @param ca PEM file of the certificate authority to trust, where it is not a public one
   */
  public record Ditto(URI url, String user, Secret password, String subject, Optional<Path> ca) {}

  /**
   * Where the WoT Thing Models of the twins are served.
   *
   * @param bind local address
   * @param port port, 0 for any free one
   * @param url how a Ditto server reaches it, without slash at the end; its own address where not
   *     given
   * @param definition whether new things say which model they follow
   */
  public record Models(String bind, int port, Optional<String> url, boolean definition) {}

  /**
   * Where the console is.
   *
   * @param bind local address; until the console is claimed it is this machine alone
   * @param port port, 0 for any free one
   * @param certificate PEM files, where it speaks HTTPS itself
   * @param https whether browsers see it by HTTPS all the same, through a proxy
   * @param scrapeToken lets a Prometheus on another machine see the metrics
   * @param asked whether the file asks for it: then a port that cannot be had ends the start
   */
  public record Console(
      String bind,
      int port,
      Optional<Certificate> certificate,
      boolean https,
      Optional<Secret> scrapeToken,
      boolean asked) {}

  /**
   * PEM files of a certificate.
   *
   * @param chain the certificate, then those that vouch for it
   * @param key its private key, PKCS #8, not encrypted
   */
  public record Certificate(Path chain, Path key) {}

  /**
   * An MQTT broker.
   *
   * @param url {@code tcp://host:1883} or {@code ssl://host:8883}
   * @param version {@code auto}, {@code 5} or {@code 3.1.1}
   * @param clientId client id; {@code medtwin-<gateway>-<broker>} where not given
   * @param user user name
   * @param password its password
   * @param ca PEM file of the certificate authority to trust
   * @param line line in the file, for messages
   */
  public record Broker(
      URI url,
      String version,
      Optional<String> clientId,
      Optional<String> user,
      Optional<Secret> password,
      Optional<Path> ca,
      int line) {

    /** The same, elsewhere in the file. */
    public Broker atLine(int other) {
      return new Broker(url, version, clientId, user, password, ca, other);
    }
  }

  /** A link with many devices behind it. */
  public sealed interface Hub {

    /** Line in the file, for messages. */
    int line();

    /** The same, elsewhere in the file. */
    Hub atLine(int other);

    /**
     * A topic tree of a broker.
     *
     * @param broker name of the broker
     * @param topic topic filter in which {@code {device}} stands for the device's address
     * @param contentType media type of messages that carry none
     * @param line line in the file
     */
    record Mqtt(String broker, String topic, Optional<String> contentType, int line)
        implements Hub {
      @Override
      public Hub atLine(int other) {
        return new Mqtt(broker, topic, contentType, other);
      }
    }

    /**
     * A CoAP server that devices post to.
     *
     * @param bind local address
     * @param port plain port; empty for none, 0 for any free one
     * @param securePort DTLS port; empty for none, 0 for any free one
     * @param keys pre-shared key of each device, hex, by device address
     * @param line line in the file
     */
    record CoapServer(
        String bind,
        Optional<Integer> port,
        Optional<Integer> securePort,
        Map<String, Secret> keys,
        int line)
        implements Hub {
      @Override
      public Hub atLine(int other) {
        return new CoapServer(bind, port, securePort, keys, other);
      }
    }

    /**
     * A line of bytes with many devices on it: a rack of pumps behind one serial port.
     *
     * @param route where it leads
     * @param line line in the file
     */
    record Bytes(Route route, int line) implements Hub {
      @Override
      public Hub atLine(int other) {
        return new Bytes(route, other);
      }
    }

    /**
     * A BLE bridge that speaks MQTT.
     *
     * @param dialect {@code cassia} or {@code openmqtt}
     * @param broker name of the broker
     * @param base for {@code openmqtt}, what stands before the bridge's name in its topics
     * @param line line in the file
     */
    record Ble(String dialect, String broker, String base, int line) implements Hub {
      @Override
      public Hub atLine(int other) {
        return new Ble(dialect, broker, base, other);
      }
    }

    /**
     * A port that HL7 senders dial.
     *
     * @param bind local address
     * @param port port; 0 for any free one
     * @param peers addresses that may connect; empty for anyone
     * @param line line in the file
     */
    record Mllp(String bind, int port, Set<String> peers, int line) implements Hub {
      @Override
      public Hub atLine(int other) {
        return new Mllp(bind, port, peers, other);
      }
    }
  }

  /** How a device, or a line of many, is reached. */
  public sealed interface Route {

    /**
     * A serial port.
     *
     * @param path device file
     * @param parameters line parameters such as {@code 9600 8N1}; empty for those of the profile
     */
    record Serial(String path, Optional<String> parameters) implements Route {}

    /**
     * A TCP connection to the device or its terminal server.
     *
     * @param host name or address
     * @param port port
     */
    record TcpConnect(String host, int port) implements Route {}

    /**
     * A TCP port that the device or its terminal server connects to.
     *
     * @param host local address to listen on; every one where not given
     * @param port port
     */
    record TcpListen(String host, int port) implements Route {}

    /**
     * Datagrams of the device.
     *
     * @param host local address to listen on; every one where not given
     * @param port local port
     */
    record Udp(String host, int port) implements Route {}

    /**
     * Datagrams to a device that waits to be asked, and its answers.
     *
     * @param host name or address of the device
     * @param port port of the device
     */
    record UdpTo(String host, int port) implements Route {}

    /**
     * A resource to observe.
     *
     * @param uri {@code coap://} or {@code coaps://}
     * @param identity with {@code coaps}, who we are there
     * @param key with {@code coaps}, our pre-shared key there, hex
     */
    record CoapObserve(URI uri, Optional<String> identity, Optional<Secret> key) implements Route {}

    /**
     * One of many behind a hub.
     *
     * @param hub name of the hub
     * @param address the device's own id there
     */
    record Behind(String hub, String address) implements Route {}
  }

  /**
   * One device.
   *
   * @param id id in this gateway
   * @param profile id of its profile
   * @param route how it is reached
   * @param serial serial number on the type plate
   * @param udi UDI-DI, or the whole text of the bar code
   * @param eui64 address of the hardware: 16 hex digits, or the 12 of a MAC address
   * @param unit organisational unit where it stands
   * @param zone time zone of its wall clock
   * @param settings settings of its driver
   * @param handles characteristic of each GATT handle, behind a bridge that names handles
   * @param line line in the file, for messages
   */
  public record Device(
      String id,
      String profile,
      Route route,
      Optional<String> serial,
      Optional<String> udi,
      Optional<String> eui64,
      Optional<String> unit,
      Optional<ZoneId> zone,
      Map<String, String> settings,
      Map<Integer, String> handles,
      int line) {

    /** The same, elsewhere in the file. */
    public Device atLine(int other) {
      return new Device(
          id, profile, route, serial, udi, eui64, unit, zone, settings, handles, other);
    }

    /** What the file says of its identity. */
    public Map<Attribute, String> facts() {
      var facts = new EnumMap<Attribute, String>(Attribute.class);
      serial.ifPresent(text -> facts.put(Attribute.SERIAL, text));
      udi.ifPresent(text -> facts.put(Attribute.UDI_DI, text));
      eui64.ifPresent(text -> facts.put(Attribute.EUI64, text));
      return facts;
    }
  }
}
