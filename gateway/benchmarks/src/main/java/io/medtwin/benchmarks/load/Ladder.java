package io.medtwin.benchmarks.load;

import io.medtwin.benchmarks.process.Child;
import io.medtwin.benchmarks.process.ProcessStat;
import io.medtwin.benchmarks.process.ThreadTimes;
import io.medtwin.benchmarks.report.Table;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Steps of load with one gateway or bridge, each measured until the last value of every device is
 * in its twin. One thread.
 */
final class Ladder {

  private static final int CATCH_UP_LIMIT_SECONDS = 120;

  /** The window in which values are gathered, a sweep, and a second of grace. */
  private static final double KEEPS_UP_SECONDS = 2.5;

  /** Threads with less of the CPU are left out of the table. */
  private static final double SMALLEST_SHARE = 0.02;

  private static final int SETTLE_MILLIS = 2000;
  private static final long WARM_UP_RATE = 2000;

  private final Scene scene;
  private final Generator generator;
  private final int devices;
  private final String what;
  private final Child child;
  private final long closingRate;
  private long sent;

  Ladder(Scene scene, Generator generator, int devices, String what, Child child) {
    this(scene, generator, devices, what, child, 0);
  }

  /**
   * Steps over a link that may refuse messages, which are not sent again.
   *
   * @param closingRate of one more message of each device after each step, so slow that none is
   *     refused; 0 for none
   */
  Ladder(
      Scene scene, Generator generator, int devices, String what, Child child, long closingRate) {
    this.scene = scene;
    this.generator = generator;
    this.devices = devices;
    this.what = what;
    this.child = child;
    this.closingRate = closingRate;
  }

  static Table table() {
    return new Table(
        "Ladder",
        "what",
        "devices",
        "offered/s",
        "done/s",
        "keeps up",
        "last right after s",
        "CPU µs/message",
        "cores",
        "RSS MiB",
        "RSS max MiB",
        "threads",
        "merges/s",
        "wrong",
        "reordered",
        "duplicates");
  }

  static Table threads() {
    return new Table("CPU by thread", "what", "devices", "messages/s", "thread", "µs/message");
  }

  static Table latencies() {
    return new Table(
        "Wire to acknowledged at the endpoint, ms",
        "what",
        "devices",
        "messages/s",
        "newest of a merge p50",
        "p99",
        "p99.9",
        "value alone p50",
        "p99",
        "p99.9",
        "alert p50",
        "p99",
        "p99.9",
        "alerts",
        "missing");
  }

  /** Messages that nobody measures, so that the JVM has compiled what it will. */
  void warmUp(int seconds) throws Exception {
    Thread.sleep(SETTLE_MILLIS);
    sent = generator.run(WARM_UP_RATE, WARM_UP_RATE * seconds).inAll();
    close();
    if (scene.awaitLast(scene.expected(devices, sent), CATCH_UP_LIMIT_SECONDS) == 0) {
      throw new IOException(
          what
              + ": nothing is right after "
              + CATCH_UP_LIMIT_SECONDS
              + " s; see "
              + scene.folder());
    }
    forgetLatencies();
  }

  void forgetLatencies() throws Exception {
    var observer = scene.observer();
    observer.latencies();
    observer.valueLatencies();
    observer.alertLatencies();
  }

  /** One step; rate 0 is as fast as it goes. */
  Generator.Sent step(Table table, Table threads, long rate, long messages) throws Exception {
    var observer = scene.observer();
    Map<String, Double> threadsBefore = ThreadTimes.of(child.pid());
    ProcessStat before = child.stat();
    long mergesBefore = observer.merges();
    long start = System.nanoTime();
    var order = generator.run(rate, messages);
    sent = order.inAll();
    long closingNanos = close();
    var expected = scene.expected(devices, sent);
    long right = scene.awaitLast(expected, CATCH_UP_LIMIT_SECONDS);
    long end = right == 0 ? System.nanoTime() : right;
    ProcessStat after = child.stat();
    double took = (end - start) / 1e9;
    double late = (end - start - order.nanos() - closingNanos) / 1e9;
    boolean keepsUp = right != 0 && late <= KEEPS_UP_SECONDS;
    table.add(
        what,
        devices,
        rate == 0 ? "flood" : Long.toString(rate),
        rate == 0 || !keepsUp ? messages / took : order.perSecond(messages),
        rate == 0 ? "–" : keepsUp ? "yes" : "no",
        right == 0 ? Double.NaN : late,
        LoadCommand.microsPerMessage(before, after, messages),
        (after.cpuSeconds() - before.cpuSeconds()) / took,
        after.rssMib(),
        after.rssMibMax(),
        after.threads(),
        (observer.merges() - mergesBefore) / took,
        scene.wrong(expected),
        observer.reordered(),
        observer.duplicates());
    addThreads(threads, rate, messages, threadsBefore);
    scene.say(
        "%s; generator at most %d ms late",
        table.rows().getLast(), TimeUnit.NANOSECONDS.toMillis(order.worstDelayNanos()));
    return order;
  }

  private void addThreads(Table table, long rate, long messages, Map<String, Double> before)
      throws IOException {
    var micros = new TreeMap<String, Double>();
    ThreadTimes.of(child.pid())
        .forEach(
            (thread, seconds) ->
                micros.put(thread, (seconds - before.getOrDefault(thread, 0.0)) * 1e6 / messages));
    double all = micros.values().stream().mapToDouble(Double::doubleValue).sum();
    micros.entrySet().stream()
        .filter(thread -> thread.getValue() > all * SMALLEST_SHARE)
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .forEach(
            thread ->
                table.add(
                    what,
                    devices,
                    rate == 0 ? "flood" : Long.toString(rate),
                    thread.getKey(),
                    thread.getValue()));
  }

  private long close() throws IOException {
    if (closingRate == 0) {
      return 0;
    }
    var order = generator.run(closingRate, devices);
    sent = order.inAll();
    return order.nanos();
  }

  /** Adds the latencies since the last call. */
  void latencies(Table table, long rate) throws Exception {
    var observer = scene.observer();
    var values = observer.latencies();
    var alone = observer.valueLatencies();
    var alerts = observer.alertLatencies();
    table.add(
        what,
        devices,
        rate == 0 ? "flood" : Long.toString(rate),
        LoadCommand.millis(values, 50),
        LoadCommand.millis(values, 99),
        LoadCommand.millis(values, 99.9),
        LoadCommand.millis(alone, 50),
        LoadCommand.millis(alone, 99),
        LoadCommand.millis(alone, 99.9),
        LoadCommand.millis(alerts, 50),
        LoadCommand.millis(alerts, 99),
        LoadCommand.millis(alerts, 99.9),
        alerts.getTotalCount(),
        observer.alertsMissing());
    scene.say("  latencies %s", table.rows().getLast());
  }
}
