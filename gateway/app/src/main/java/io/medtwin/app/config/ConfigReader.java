package io.medtwin.app.config;

import io.medtwin.app.config.GatewayConfig.Broker;
import io.medtwin.app.config.GatewayConfig.Certificate;
import io.medtwin.app.config.GatewayConfig.Console;
import io.medtwin.app.config.GatewayConfig.Device;
import io.medtwin.app.config.GatewayConfig.Ditto;
import io.medtwin.app.config.GatewayConfig.Hub;
import io.medtwin.app.config.GatewayConfig.Models;
import io.medtwin.app.config.GatewayConfig.Self;
import io.medtwin.console.access.ScrapeToken;
import io.medtwin.journal.JournalConfig;
import io.medtwin.twin.document.Document;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.document.Section;
import io.medtwin.twin.identity.HardwareAddress;
import io.medtwin.twin.identity.Identifier.Eui64;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the gateway's YAML file. All problems are reported together. */
public final class ConfigReader {

  /** Most devices of one gateway. */
  public static final int MAX_DEVICES = 5_000;

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,62}");
  private static final Pattern SITE = Pattern.compile("[a-z][a-z0-9_]*([.-][a-z][a-z0-9_]*)*");

  private static final Pattern SIZE = Pattern.compile("(\\d{1,7})(MiB|GiB)|\\d{1,15}");
  private static final String JOURNAL = "journal";
  private static final String LOOPBACK = "127.0.0.1";
  private static final int CONSOLE_PORT = 8480;
  private static final int MODELS_PORT = 8085;
  private static final Pattern CHARACTERISTIC = Pattern.compile("[0-9A-Fa-f]{4}");

  private final Map<String, String> environment;

  /** A reader that resolves {@code ${env:…}} with these variables. */
  public ConfigReader(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Reads and checks a file as far as it can be checked by itself.
   *
   * @throws DocumentException with every problem, its line and a suggestion
   */
  public GatewayConfig read(Path file) throws DocumentException {
    var problems = new Problems();
    var config = Document.read(file, problems).map(root -> readRoot(root, folderOf(file)));
    problems.throwIfAny();
    return config.orElseThrow();
  }

  /** Whether a text can be the id of a device. */
  public static boolean isDeviceId(String text) {
    return NAME.matcher(text).matches() && !text.equals(GatewayConfig.SELF);
  }

  /** Paths in the file are relative to its own folder. */
  private static Path folderOf(Path file) {
    var folder = file.toAbsolutePath().getParent();
    return folder == null ? Path.of("/") : folder;
  }

  private GatewayConfig readRoot(Section root, Path folder) {
    var secrets = new SecretReader(environment, folder);
    var self = root.section("gateway").map(this::readSelf).orElse(new Self("", ""));
    var ditto = root.section("ditto").map(section -> readDitto(section, secrets, folder));
    var brokers = new LinkedHashMap<String, Broker>();
    root.optionalSection("brokers")
        .ifPresent(
            all ->
                all.sections()
                    .forEach(
                        (name, section) ->
                            brokers.put(name, readBroker(section, secrets, folder))));
    var links = new LinkedHashMap<String, Hub>();
    var hubs = new HubReader(secrets, brokers.keySet());
    Set<String> names = Set.of();
    var section = root.optionalSection("links");
    if (section.isPresent()) {
      names = section.get().keys();
      section
          .get()
          .sections()
          .forEach((name, hub) -> hubs.read(hub).ifPresent(read -> links.put(name, read)));
    }
    var devices = new LinkedHashMap<String, Device>();
    var hubNames = names;
    root.section("devices").ifPresent(all -> readDevices(all, hubNames, secrets, devices));
    var config =
        new GatewayConfig(
            root.file(),
            self,
            ditto.orElse(
                new Ditto(
                    URI.create("http://localhost"), "", new Secret(""), "", Optional.empty())),
            root.optionalSection("journal")
                .map(journal -> readJournal(journal, folder))
                .orElse(JournalConfig.in(folder.resolve(JOURNAL))),
            brokers,
            links,
            devices,
            folders(root, "profiles", folder),
            folders(root, "plugins", folder),
            root.optionalSection("models").map(ConfigReader::readModels),
            readConsole(root, secrets, folder));
    root.done();
    return config;
  }

  private Self readSelf(Section section) {
    var self =
        new Self(
            section
                .matching("id", NAME, "letters, digits, dots and dashes")
                .orElseGet(() -> required(section, "id")),
            section
                .matching("site", SITE, "a dotted name such as clinic.north")
                .orElseGet(() -> required(section, "site")));
    section.done();
    return self;
  }

  private static String required(Section section, String key) {
    return section.has(key) ? "" : section.text(key);
  }

  private static Ditto readDitto(Section section, SecretReader secrets, Path folder) {
    var url = uri(section, "url", List.of("http", "https"));
    var user = section.text("user");
    if (!section.has("password")) {
      section.text("password");
    }
    var password = secrets.read(section, "password").orElse(new Secret(""));
    var subject = section.optionalText("subject").orElse("nginx:" + user);
    var ca = section.optionalText("ca").map(folder::resolve);
    section.done();
    return new Ditto(url, user, password, subject, ca);
  }

  private static JournalConfig readJournal(Section section, Path folder) {
    var usual = JournalConfig.in(folder.resolve(section.optionalText("folder").orElse(JOURNAL)));
    var bytes =
        section
            .matching(
                "maxBytes", SIZE, "a size from 16MiB, such as 500MiB, 2GiB or a number of bytes")
            .map(ConfigReader::bytes)
            .orElse(usual.maxBytes());
    if (bytes < JournalConfig.LEAST_BYTES) {
      section.problemAt("maxBytes", "maxBytes: a journal needs 16MiB at least");
      bytes = usual.maxBytes();
    }
    var age = section.duration("maxAge", Duration.ofMinutes(1), Duration.ofDays(3_650));
    section.done();
    return new JournalConfig(usual.folder(), bytes, age.orElse(usual.maxAge()));
  }

  /** There unless it is switched off: {@code console: { enabled: false }}. */
  private static Optional<Console> readConsole(Section root, SecretReader secrets, Path folder) {
    var found = root.optionalSection("console");
    if (found.isEmpty()) {
      return Optional.of(
          new Console(LOOPBACK, CONSOLE_PORT, Optional.empty(), false, Optional.empty(), false));
    }
    var section = found.get();
    boolean enabled = section.flag("enabled").orElse(true);
    var bind = section.optionalText("bind").orElse(LOOPBACK);
    var port = section.integer("port", 0, 65_535).orElse(CONSOLE_PORT);
    var chain = section.optionalText("certificate").map(folder::resolve);
    var key = section.optionalText("key").map(folder::resolve);
    if (chain.isPresent() != key.isPresent()) {
      section.problemAt(
          chain.isPresent() ? "certificate" : "key", "certificate and key belong together");
    }
    var https = section.flag("https").orElse(false);
    var scrapeToken = secrets.read(section, "scrapeToken");
    if (scrapeToken.filter(token -> token.value().length() < ScrapeToken.LEAST).isPresent()) {
      section.problemAt(
          "scrapeToken", "scrapeToken has fewer than " + ScrapeToken.LEAST + " characters");
    }
    section.done();
    return enabled
        ? Optional.of(
            new Console(
                bind,
                port,
                chain.flatMap(c -> key.map(k -> new Certificate(c, k))),
                https || chain.isPresent(),
                scrapeToken,
                true))
        : Optional.empty();
  }

  private static Models readModels(Section section) {
    var bind = section.optionalText("bind").orElse(LOOPBACK);
    var port = section.integer("port", 0, 65_535).orElse(MODELS_PORT);
    Optional<String> url = Optional.empty();
    if (section.has("url")) {
      var text = uri(section, "url", List.of("http", "https")).toString();
      if (text.contains("?") || text.contains("#")) {
        section.problemAt("url", "url: expected http://HOST[:PORT][/PATH], got \"" + text + "\"");
      }
      url = Optional.of(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }
    var definition = section.flag("definition").orElse(false);
    section.done();
    return new Models(bind, port, url, definition);
  }

  private static long bytes(String text) {
    var match = SIZE.matcher(text);
    if (!match.matches()) {
      throw new IllegalStateException(text + " was checked before");
    }
    if (match.group(1) == null) {
      return Long.parseLong(text);
    }
    return Long.parseLong(match.group(1)) << ("GiB".equals(match.group(2)) ? 30 : 20);
  }

  private static Broker readBroker(Section section, SecretReader secrets, Path folder) {
    var url = uri(section, "url", List.of("tcp", "ssl"));
    var version = section.word("version", List.of("auto", "5", "3.1.1")).orElse("auto");
    var broker =
        new Broker(
            url,
            version,
            section.optionalText("clientId"),
            section.optionalText("user"),
            secrets.read(section, "password"),
            section.optionalText("ca").map(folder::resolve),
            section.line());
    section.done();
    return broker;
  }

  private static void readDevices(
      Section all, Collection<String> hubs, SecretReader secrets, Map<String, Device> devices) {
    if (all.keys().size() > MAX_DEVICES) {
      all.problemAt("", "more than " + MAX_DEVICES + " devices; use more gateways");
      return;
    }
    all.sections()
        .forEach(
            (id, section) -> {
              if (!NAME.matcher(id).matches()) {
                all.problemAt(
                    id,
                    "\"" + id + "\" cannot be a device id: use letters, digits, dots and dashes");
              }
              if (id.equals(GatewayConfig.SELF)) {
                all.problemAt(
                    id, "\"" + id + "\" is the gateway itself; call the device otherwise");
              }
              var profile = section.text("profile");
              var route = RouteReader.read(section, hubs, secrets);
              var serial = section.optionalText("serial");
              var udi = section.optionalText("udi").filter(text -> !text.isBlank());
              var eui64 = readEui64(section);
              var unit = section.optionalText("unit");
              var zone = section.optionalText("zone").flatMap(text -> readZone(section, text));
              var settings =
                  section.optionalSection("settings").map(Section::textsByKey).orElse(Map.of());
              var handles =
                  section
                      .optionalSection("handles")
                      .map(ConfigReader::readHandles)
                      .orElse(Map.of());
              section.done();
              route.ifPresent(
                  way ->
                      devices.put(
                          id,
                          new Device(
                              id,
                              profile,
                              way,
                              serial,
                              udi,
                              eui64,
                              unit,
                              zone,
                              settings,
                              handles,
                              section.line())));
            });
  }

  private static Optional<String> readEui64(Section section) {
    var text = section.optionalText("eui64");
    var address = text.flatMap(HardwareAddress::read);
    if (text.isPresent() && address.isEmpty()) {
      section.problemAt(
          "eui64",
          "eui64: expected 16 hex digits, or the 12 of a MAC address that its maker assigned (a"
              + " random Bluetooth address is no identity), got \""
              + text.get()
              + "\"");
    }
    return address.map(Eui64::digits);
  }

  private static Optional<ZoneId> readZone(Section section, String text) {
    if (ZoneId.getAvailableZoneIds().contains(text)) {
      return Optional.of(ZoneId.of(text));
    }
    section.problemAt("zone", "expected a time zone such as Europe/Berlin, got \"" + text + "\"");
    return Optional.empty();
  }

  private static Map<Integer, String> readHandles(Section section) {
    var handles = new LinkedHashMap<Integer, String>();
    for (String handle : section.keys()) {
      var uuid = section.matching(handle, CHARACTERISTIC, "a short UUID such as 2A37");
      if (handle.matches("\\d{1,5}")) {
        uuid.ifPresent(text -> handles.put(Integer.valueOf(handle), text.toUpperCase(Locale.ROOT)));
      } else {
        section.problemAt(handle, "expected the number of a handle, got \"" + handle + "\"");
      }
    }
    return handles;
  }

  private static List<Path> folders(Section root, String key, Path folder) {
    return root.texts(key).stream().map(folder::resolve).toList();
  }

  private static URI uri(Section section, String key, List<String> schemes) {
    var text = section.text(key);
    if (text.contains("@")) {
      section.problemAt(
          key, key + ": no user and password in a URL; use \"user\" and \"password\"");
      return URI.create("http://localhost");
    }
    try {
      var uri = URI.create(text);
      if (uri.getScheme() != null && schemes.contains(uri.getScheme()) && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // the problem below says what was expected
    }
    if (!text.isEmpty()) {
      section.problemAt(
          key,
          key + ": expected a URL beginning with one of " + schemes + ", got \"" + text + "\"");
    }
    return URI.create("http://localhost");
  }
}
