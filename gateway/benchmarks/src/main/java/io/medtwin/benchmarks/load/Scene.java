package io.medtwin.benchmarks.load;

import io.medtwin.benchmarks.mqtt.Broker;
import io.medtwin.benchmarks.mqtt.Connection;
import io.medtwin.benchmarks.process.ProcessStat;
import io.medtwin.benchmarks.twin.Endpoint;
import io.medtwin.benchmarks.twin.Observer;
import io.medtwin.benchmarks.twin.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Everything of one run: processes that were started, in a folder of their own, and what they are
 * asked. Closed in the opposite order; the folder stays, for its logs. One thread.
 */
final class Scene implements AutoCloseable {

  /** Devices beside the load that send one value alone, or an alert. */
  static final int PROBES = 10;

  private final Path folder;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Options options;
  private @Nullable Broker broker;
  private @Nullable Endpoint endpoint;
  private @Nullable Observer observer;
  private @Nullable Gateway gateway;
  private Map<String, String> things = Map.of();

  Scene(Options options) throws IOException {
    this.options = options;
    Files.createDirectories(options.folder());
    this.folder = Files.createTempDirectory(options.folder(), "run-");
  }

  Path folder() {
    return folder;
  }

  void say(String text, Object... values) {
    options.progress().printf(text + "%n", values);
    options.progress().flush();
  }

  <T extends AutoCloseable> T open(T part) {
    opened.push(part);
    return part;
  }

  Broker broker() throws IOException, InterruptedException {
    if (broker == null) {
      broker = open(Broker.start(folder));
    }
    return broker;
  }

  Endpoint endpoint() throws IOException {
    if (endpoint == null) {
      endpoint = open(Endpoint.start(folder));
    }
    return endpoint;
  }

  Observer observer() throws Exception {
    if (observer == null) {
      observer = open(Observer.of(endpoint().uri()));
    }
    return observer;
  }

  Gateway gateway() {
    if (gateway == null) {
      throw new IllegalStateException("no gateway was started");
    }
    return gateway;
  }

  /** Starts the gateway of a file. */
  Gateway startGateway(Path file) throws IOException, InterruptedException {
    things = Gateway.things(file);
    gateway = open(Gateway.start(folder, file, options.gatewayJavaOptions()));
    return gateway;
  }

  /** Starts a gateway of so many patches on the broker, with probes beside them. */
  Gateway mqttGateway(int devices) throws Exception {
    return startGateway(mqttFile(devices).write());
  }

  GatewayFile mqttFile(int devices) throws Exception {
    var file = new GatewayFile(folder, endpoint().uri()).broker(broker().uri());
    for (int device = 0; device < devices; device++) {
      file.behind("patches", "bench-patch", Traffic.name(device));
    }
    for (int probe = 0; probe < PROBES; probe++) {
      file.behind("patches", "bench-patch", "probe" + probe);
      file.behind("watches", "json-watch", "alert" + probe);
    }
    return file;
  }

  Generator mqttGenerator(int devices) throws IOException, InterruptedException {
    return open(Generator.mqtt(folder, broker().uri(), devices));
  }

  /** The thing of a device. */
  String thing(String device) {
    String thing = things.get(device);
    if (thing == null) {
      throw new IllegalArgumentException("no such device: " + device);
    }
    return thing;
  }

  /** Number of the last message of each thing, after so many messages in all. */
  Map<String, Long> expected(int devices, long sent) {
    var traffic = new Traffic(devices);
    var expected = new LinkedHashMap<String, Long>();
    for (int device = 0; device < devices; device++) {
      expected.put(thing(Traffic.name(device)), traffic.last(device, sent));
    }
    return expected;
  }

  /** Puts bare things in the place of those of a gateway. */
  void bareThings(int devices) throws IOException, InterruptedException {
    var bare = new LinkedHashMap<String, String>();
    for (int device = 0; device < devices; device++) {
      bare.put(Traffic.name(device), "bench.bare:" + Traffic.name(device));
    }
    things = bare;
    Http.putThings(endpoint().uri(), List.copyOf(bare.values()));
  }

  /**
   * Waits until the observer saw the last message of every device.
   *
   * @return in {@code nanoTime}, or 0 if it did not happen within the limit
   */
  long awaitLast(Map<String, Long> expected, long limitSeconds) throws Exception {
    var watching = observer();
    try {
      return watching.await(
          expected.keySet(),
          thing -> watching.number(thing) >= expected.getOrDefault(thing, 0L),
          TimeUnit.SECONDS.toNanos(limitSeconds));
    } catch (TimeoutException e) {
      return 0;
    }
  }

  /** Properties of all twins that are not what was sent. */
  int wrong(Map<String, Long> expected) throws IOException, InterruptedException {
    return Verification.wrong(endpoint().uri(), expected);
  }

  /** What a broker takes from the generator alone, with a subscriber that forgets all. */
  double generatorLimit(int devices, long messages) throws IOException, InterruptedException {
    try (var taker = new Connection(broker().uri(), "nobody").taking("med/v1/bench/#");
        var generator = Generator.mqtt(folder, broker().uri(), devices)) {
      generator.run(0, messages / 4); // warms up
      awaitTaken(taker, messages / 4);
      long start = System.nanoTime();
      generator.run(0, messages);
      awaitTaken(taker, messages / 4 + messages);
      return messages * 1e9 / (System.nanoTime() - start);
    }
  }

  private static void awaitTaken(Connection taker, long messages) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (taker.taken() < messages && System.nanoTime() < end) {
      Thread.sleep(1);
    }
  }

  /** Starts probes that go on until they are closed. */
  Probes probes() throws Exception {
    return open(new Probes(this, broker().uri(), observer()));
  }

  ProcessStat gatewayStat() throws IOException {
    return gateway().stat();
  }

  /** Closes one part before the others. */
  void close(AutoCloseable part) throws Exception {
    opened.remove(part);
    part.close();
  }

  @Override
  public void close() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  /**
   * What every run is told.
   *
   * @param folder for logs, gateway files and journals
   * @param gatewayJavaOptions for the gateway's JVM alone
   * @param progress where somebody who waits can read on
   */
  record Options(Path folder, String gatewayJavaOptions, PrintWriter progress) {}
}
