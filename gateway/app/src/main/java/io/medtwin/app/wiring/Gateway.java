package io.medtwin.app.wiring;

import io.medtwin.app.config.GatewayConfig;
import io.medtwin.app.models.Models;
import io.medtwin.journal.Journal;
import io.medtwin.journal.JournalState;
import io.medtwin.journal.sqlite.SqliteJournal;
import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.runtime.session.SessionPlan;
import io.medtwin.runtime.session.Sessions;
import io.medtwin.sync.DittoBackend;
import io.medtwin.sync.DittoConfig;
import io.medtwin.sync.DittoLogin;
import io.medtwin.sync.DittoRoles;
import io.medtwin.twin.backend.TwinBackend;
import io.medtwin.twin.keeper.DevicePlan;
import io.medtwin.twin.keeper.Latency;
import io.medtwin.twin.keeper.TwinKeeper;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.tap.Taps;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The line, put together: transports → sessions → journal → keeper → Ditto. Closes in that order,
 * so that what was heard is told before the end.
 */
public final class Gateway implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final Taps taps = new Taps();
  private final Connections connections;
  private final TwinBackend backend;
  private final Journal journal;
  private final TwinKeeper keeper;
  private final Sessions sessions;
  private final SelfReporter self;
  private final LiveProfiles profiles;
  private final LivePlugins plugins;
  private @Nullable Models models;

  private Gateway(
      GatewayConfig config,
      Plan plan,
      Dictionary dictionary,
      String version,
      InstantSource clock,
      RandomGenerator random)
      throws IOException {
    var units = dictionary.units();
    connections = new Connections(config, clock, random);
    backend = new DittoBackend(dittoConfig(config.ditto()));
    journal = new SqliteJournal(config.journal(), clock);
    var devices = plan.devices();
    if (config.models().isPresent()) {
      var wanted = config.models().get();
      try {
        models = openModels(wanted, config.journal().folder());
        devices = served(config, devices);
      } catch (IOException | RuntimeException e) {
        closeModels();
        journal.close();
        throw e;
      }
    }
    keeper = new TwinKeeper(devices, backend, journal, units, clock, random, taps);
    var sessionPlans = new ArrayList<SessionPlan>();
    try {
      for (Plan.Line line : plan.lines()) {
        sessionPlans.add(
            new SessionPlan(
                line.name(),
                line.driver().maker(),
                connections.transport(line.way()),
                line.settings(),
                Plan.device(line.way()),
                Plan.behind(line.way())));
      }
      connections.listen();
    } catch (IOException | RuntimeException e) {
      connections.close();
      throw e;
    }
    sessions = new Sessions(sessionPlans, journal, keeper, clock, random, taps);
    profiles =
        new LiveProfiles(
            config,
            dictionary.folders(),
            dictionary.plugins(),
            units,
            plan,
            keeper,
            sessions,
            changed -> served(config, changed));
    plugins = new LivePlugins(dictionary.plugins(), sessions);
    self =
        new SelfReporter(
            journal,
            keeper,
            backend,
            new SelfReporter.Sources(
                config.journal().folder(),
                certificates(config),
                dictionary.plugins(),
                () -> sessions.unclaimed().list().size(),
                () -> versions(profiles.plan()),
                version),
            clock);
  }

  private static List<Path> certificates(GatewayConfig config) {
    return Stream.concat(
            Stream.concat(
                config.ditto().ca().stream(),
                config.console().flatMap(GatewayConfig.Console::certificate).stream()
                    .map(GatewayConfig.Certificate::chain)),
            config.brokers().values().stream().flatMap(broker -> broker.ca().stream()))
        .distinct()
        .toList();
  }

  private static Map<String, String> versions(Plan plan) {
    var versions = new TreeMap<String, String>();
    for (DevicePlan device : plan.devices()) {
      if (!device.facts().device().equals(GatewayConfig.SELF)) {
        versions.put(device.profile().id(), device.profile().version());
      }
    }
    return versions;
  }

  /** Plans that follow the models of their profiles, where models are served. */
  private List<DevicePlan> served(GatewayConfig config, List<DevicePlan> devices)
      throws IOException {
    var open = models;
    return open == null
        ? devices
        : open.serve(devices, config.models().map(GatewayConfig.Models::definition).orElse(false));
  }

  /**
   * What profiles are read with.
   *
   * @param folders where they are
   * @param plugins drivers they may name
   * @param units conversion of units
   */
  public record Dictionary(List<Path> folders, Plugins plugins, Units units) {}

  /**
   * Builds and starts a gateway.
   *
   * @throws IOException a port that was asked for cannot be had
   * @throws IllegalArgumentException a link's parameters make no sense
   */
  public static Gateway start(
      GatewayConfig config,
      Plan plan,
      Dictionary dictionary,
      InstantSource clock,
      RandomGenerator random)
      throws IOException {
    return start(config, plan, dictionary, "", clock, random);
  }

  /**
   * Builds and starts a gateway that says which version it is of.
   *
   * @param version its version, or empty where nobody knows
   * @throws IOException a port that was asked for cannot be had
   * @throws IllegalArgumentException a link's parameters make no sense
   */
  public static Gateway start(
      GatewayConfig config,
      Plan plan,
      Dictionary dictionary,
      String version,
      InstantSource clock,
      RandomGenerator random)
      throws IOException {
    var gateway = new Gateway(config, plan, dictionary, version, clock, random);
    LOG.info(
        "gateway {} at {}: {} devices on {} links, twins at {}",
        config.gateway().id(),
        config.gateway().site(),
        plan.devices().size(),
        plan.lines().size(),
        gateway.backend.name());
    gateway.backend.start();
    gateway.keeper.start();
    gateway.self.start();
    gateway.sessions.start();
    gateway.profiles.start();
    gateway.plugins.start();
    return gateway;
  }

  /**
   * Tries the parameters of every link without opening one.
   *
   * @return what is wrong, by line
   */
  public static Map<Plan.Line, String> probe(
      GatewayConfig config, Plan plan, InstantSource clock, RandomGenerator random) {
    var wrong = new LinkedHashMap<Plan.Line, String>();
    try (var connections = new Connections(config, clock, random)) {
      for (Plan.Line line : plan.lines()) {
        try {
          var unused = connections.transport(line.way());
        } catch (IllegalArgumentException e) {
          wrong.put(line, String.valueOf(e.getMessage()));
        }
      }
    }
    return wrong;
  }

  /**
   * Takes up a device while running.
   *
   * @return false where only a restart can: the journal knows a device of that id from an earlier
   *     configuration
   */
  public boolean takeUp(Changes.Addition addition) throws InterruptedException {
    var device = addition.plan().facts().device();
    boolean taken =
        keeper.add(addition.plan()) && sessions.claim(addition.hub(), addition.address(), device);
    if (taken) {
      profiles.added(addition);
    }
    return taken;
  }

  /** What it runs with now: profiles that were saved since are in it. */
  public Plan running() {
    return profiles.plan();
  }

  /** How often profiles were saved that could not be used. */
  public long refusedProfiles() {
    return profiles.refused();
  }

  /** Twins as they are. */
  public TwinKeeper keeper() {
    return keeper;
  }

  /** The journal as it is. */
  public JournalState journal() {
    return journal.state();
  }

  /** Those who look over a device's shoulder. */
  public Taps taps() {
    return taps;
  }

  /**
   * The line of a device, or the one that many share.
   *
   * @param target name of either
   */
  public Optional<Plan.Line> line(String target) {
    var lines = profiles.plan().lines();
    return lines.stream()
        .filter(line -> line.name().equals(target))
        .findFirst()
        .or(
            () ->
                lines.stream()
                    .filter(line -> Plan.behind(line.way()).containsValue(target))
                    .findFirst());
  }

  /** Links as they are. */
  public Sessions sessions() {
    return sessions;
  }

  /** How long it takes to each stage, the first of them first. */
  public List<Latency> latencies() {
    var all = new ArrayList<Latency>();
    all.add(sessions.readingTimes());
    all.addAll(keeper.traffic().latencies());
    return List.copyOf(all);
  }

  /** Where twins are kept. */
  public TwinBackend backend() {
    return backend;
  }

  /** Port where models are served, which may have been chosen by the system. */
  public OptionalInt modelsPort() {
    return models == null ? OptionalInt.empty() : OptionalInt.of(models.port());
  }

  /** Plain port of a CoAP server, which may have been chosen by the system. */
  public OptionalInt coapPort(String hub) {
    var server = connections.coapServers().get(hub);
    return server == null ? OptionalInt.empty() : server.plainPort();
  }

  /**
   * Port of an MLLP server, which may have been chosen by the system.
   *
   * @throws IOException there is none of that name, or its port cannot be had
   */
  public int mllpPort(String hub) throws IOException {
    return connections.mllpPort(hub);
  }

  /** DTLS port of a CoAP server, which may have been chosen by the system. */
  public OptionalInt coapSecurePort(String hub) {
    var server = connections.coapServers().get(hub);
    return server == null ? OptionalInt.empty() : server.securePort();
  }

  @Override
  public void close() {
    profiles.close();
    plugins.close();
    sessions.close();
    self.close();
    keeper.close(GRACE);
    journal.close();
    connections.close();
    backend.close();
    closeModels();
  }

  private static Models openModels(GatewayConfig.Models wanted, Path folder) throws IOException {
    var models =
        Models.open(folder, new InetSocketAddress(wanted.bind(), wanted.port()), wanted.url());
    LOG.info("models at {}, listening on {} port {}", models.url(), wanted.bind(), models.port());
    return models;
  }

  private void closeModels() {
    if (models != null) {
      models.close();
    }
  }

  /** Where twins are kept, in the terms of those who talk to it. */
  public static DittoConfig dittoConfig(GatewayConfig.Ditto ditto) {
    var login = new DittoLogin.Basic(ditto.user(), () -> ditto.password().value());
    var config = DittoConfig.of(ditto.url(), login, DittoRoles.of(ditto.subject()));
    return ditto.ca().map(config::withTrustedCa).orElse(config);
  }
}
