package io.medtwin.benchmarks.crash;

import io.medtwin.ditto.embedded.EmbeddedDitto;
import io.medtwin.ditto.embedded.EmbeddedDittoConfig;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Everything around the gateway that outlives it: twin endpoint, observer, broker, relays, devices
 * and the disk of its journal; and the gateway's process itself. One for all rounds. Used by the
 * thread of the rounds.
 */
final class Ward implements AutoCloseable {

  private static final int OBSERVER_BACKLOG = 1_000_000;

  /**
   * How large.
   *
   * @param packs devices that send SenML over MQTT
   * @param probes devices that send lines over MQTT
   * @param posts devices that post lines over CoAP
   * @param pace time between two messages of a device
   */
  record Size(int packs, int probes, int posts, Duration pace) {}

  private final Owned owned;
  private final Path home;
  private final Path folder;
  private final boolean hasJournal;
  private final @Nullable Path faketime;
  private final Promises promises = new Promises();
  private final List<ProbeDevice> devices = new ArrayList<>();
  private final Map<String, TwinWatch> watches = new HashMap<>();
  private final AtomicInteger subscriptions = new AtomicInteger();
  private final Restart restart = new Restart();
  private final EmbeddedDitto ditto;
  private final Proxy dittoRelay;
  private final Proxy brokerRelay;
  private final MessageBroker broker;
  private final JournalDisk disk;
  private final MqttSender mqtt;
  private final CoapSender coap;
  private final Load load;
  private final Path file;
  private @Nullable GatewayProcess gateway;
  private LedgerReport ledger = LedgerReport.EMPTY;

  private Ward(Path home, Path folder, boolean hasJournal, Size size, Owned owned)
      throws IOException, InterruptedException {
    this.owned = owned;
    this.home = home;
    this.folder = folder;
    this.hasJournal = hasJournal;
    this.faketime = GatewayProcess.faketime().orElse(null);
    populate(ProbeDevice.Way.PACK, size.packs());
    populate(ProbeDevice.Way.PROBE, size.probes());
    populate(ProbeDevice.Way.POST, size.posts());
    var byThing = new HashMap<String, TwinWatch>();
    for (ProbeDevice device : devices) {
      var watch = new TwinWatch(device.id(), device.way().hasClock());
      watches.put(device.id(), watch);
      byThing.put(WardFiles.thingId(device), watch);
    }
    disk = owned.own(JournalDisk.prepare(folder.resolve("journal")));
    ditto =
        owned.own(
            EmbeddedDitto.start(
                EmbeddedDittoConfig.inMemory(InstantSource.system())
                    .withLimits(OBSERVER_BACKLOG, EmbeddedDittoConfig.COMMANDS_IN_WORK_MAX)));
    dittoRelay = owned.own(Proxy.start(tcpPort(), ditto.port(), () -> Proxy.BLIND));
    owned.own(
        TwinObserver.start(
            ditto.socketUri(),
            WardFiles.USER,
            WardFiles.PASSWORD,
            seen -> {
              var watch = byThing.get(seen.thing());
              if (watch != null) {
                watch.accept(seen);
                if (seen.epoch() > 0) {
                  restart.merged(seen.thing(), byThing.size());
                }
              }
            }));
    int brokerPort = tcpPort();
    var program = Mosquitto.program();
    broker =
        owned.own(
            program.isPresent()
                ? Mosquitto.start(program.get(), folder.resolve("broker"), brokerPort)
                : new BrokerInside(brokerPort));
    brokerRelay =
        owned.own(Proxy.start(tcpPort(), brokerPort, () -> new MqttTap(new Deliveries())));
    int coapPort = udpPort();
    mqtt = owned.own(new MqttSender(brokerPort));
    coap = owned.own(new CoapSender(coapPort, promises));
    load = new Load(devices, this::sender, promises, size.pace());
    file =
        WardFiles.write(
            folder,
            dittoRelay.port(),
            brokerRelay.port(),
            coapPort,
            hasJournal ? disk.folder() : null,
            devices);
  }

  /** Sets everything up but the gateway. */
  static Ward open(Path home, Size size) throws IOException, InterruptedException {
    boolean hasJournal =
        GatewayProcess.command(home, "ledger", "--help").out().contains("medtwin ledger");
    var owned = new Owned();
    try {
      return new Ward(home, Files.createTempDirectory("medtwin-crash-"), hasJournal, size, owned);
    } catch (IOException | InterruptedException | RuntimeException e) {
      owned.close();
      throw e;
    }
  }

  private void populate(ProbeDevice.Way way, int count) {
    for (int i = 1; i <= count; i++) {
      devices.add(new ProbeDevice(way, i));
    }
  }

  private Sender sender(ProbeDevice device) {
    return device.way() == ProbeDevice.Way.POST ? coap : mqtt;
  }

  /** Faults that this machine cannot make, and why. */
  Map<Fault, String> unable() {
    var unable = new EnumMap<Fault, String>(Fault.class);
    if (!hasJournal) {
      for (Fault fault : Fault.values()) {
        if (fault.damages() || fault == Fault.DISK_FULL || fault == Fault.READ_ONLY) {
          unable.put(fault, "no journal");
        }
      }
    }
    if (!disk.whyNotMounted().isEmpty()) {
      unable.putIfAbsent(Fault.DISK_FULL, disk.whyNotMounted());
      unable.putIfAbsent(Fault.READ_ONLY, disk.whyNotMounted());
    }
    if (!broker.whyNoRestart().isEmpty()) {
      unable.put(Fault.BROKER_RESTART, broker.whyNoRestart());
    }
    if (faketime == null) {
      unable.put(Fault.CLOCK_BACK, "libfaketime is not installed");
      unable.put(Fault.CLOCK_AHEAD, "libfaketime is not installed");
    }
    return unable;
  }

  boolean hasJournal() {
    return hasJournal;
  }

  Path folder() {
    return folder;
  }

  List<ProbeDevice> devices() {
    return devices;
  }

  TwinWatch watch(ProbeDevice device) {
    return java.util.Objects.requireNonNull(watches.get(device.id()));
  }

  Promises promises() {
    return promises;
  }

  Load load() {
    return load;
  }

  EmbeddedDitto ditto() {
    return ditto;
  }

  Proxy dittoRelay() {
    return dittoRelay;
  }

  Proxy brokerRelay() {
    return brokerRelay;
  }

  MessageBroker broker() {
    return broker;
  }

  JournalDisk disk() {
    return disk;
  }

  CoapSender coap() {
    return coap;
  }

  Restart restart() {
    return restart;
  }

  /** The account as it was when the last round was settled. */
  LedgerReport lastLedger() {
    return ledger;
  }

  /** Remembers the account of a settled round. */
  void settled(LedgerReport now) {
    ledger = now;
  }

  /** Asks {@code medtwin ledger}. */
  LedgerReport askLedger() throws IOException, InterruptedException {
    var output = GatewayProcess.command(home, "ledger", "-c", file.toString(), "--json");
    if (output.out().isBlank()) {
      throw new IOException(
          "medtwin ledger ended with " + output.exitCode() + ": " + output.err().strip());
    }
    return LedgerReport.read(output.out());
  }

  /** Starts the gateway. */
  void startGateway(Path log, Duration clockStep) throws IOException {
    restart.begins();
    subscriptions.set(0);
    gateway = owned.own(GatewayProcess.start(home, file, log, clockStep, faketime));
  }

  /** The gateway's process. */
  Optional<GatewayProcess> gateway() {
    return Optional.ofNullable(gateway);
  }

  /** Whether the gateway has told the broker what it wants since its start. */
  boolean isSubscribed() {
    return subscriptions.get() > 0;
  }

  /** SIGKILL. */
  void killGateway() throws InterruptedException {
    var running = gateway;
    if (running != null) {
      running.kill();
    }
    promises.killed();
  }

  @Override
  public void close() {
    load.stop();
    owned.close();
  }

  private static int tcpPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static int udpPort() throws IOException {
    try (var socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      return socket.getLocalPort();
    }
  }

  /** When the twins came back after a start. Any thread. */
  static final class Restart {
    private final Set<String> things = new HashSet<>();
    private long startedNanos;
    private long firstNanos;
    private long allNanos;

    synchronized void begins() {
      things.clear();
      startedNanos = System.nanoTime();
      firstNanos = 0;
      allNanos = 0;
    }

    synchronized void merged(String thing, int count) {
      long now = System.nanoTime();
      if (things.isEmpty()) {
        firstNanos = now;
      }
      if (things.add(thing) && things.size() == count) {
        allNanos = now;
      }
    }

    /** From the start of the process to its first merge. */
    synchronized Optional<Duration> first() {
      return things.isEmpty()
          ? Optional.empty()
          : Optional.of(Duration.ofNanos(firstNanos - startedNanos));
    }

    /** From the start of the process to the first merge of the last twin. */
    synchronized Optional<Duration> all() {
      return allNanos == 0
          ? Optional.empty()
          : Optional.of(Duration.ofNanos(allNanos - startedNanos));
    }
  }

  /** What the relay to the broker saw, told to the promises. */
  private final class Deliveries implements MqttTap.Listener {
    @Override
    public void delivered(String topic, String payload) {
      promises.delivered(device(topic), ProbeDevice.counter(payload));
    }

    @Override
    public void acknowledged(String topic, String payload) {
      promises.acknowledged(device(topic), ProbeDevice.counter(payload));
    }

    @Override
    public void subscribed() {
      subscriptions.incrementAndGet();
    }

    private static String device(String topic) {
      return topic.substring(topic.lastIndexOf('/') + 1);
    }
  }
}
