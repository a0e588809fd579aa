package io.medtwin.benchmarks.load;

import io.medtwin.benchmarks.report.Report;
import io.medtwin.benchmarks.report.Table;
import io.medtwin.benchmarks.twin.Observer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code medtwin bench W5}. */
@Command(
    name = "W5",
    mixinStandardHelpOptions = true,
    description =
        "The twin endpoint takes only so many commands a second and refuses the rest with 429")
public final class LimitCommand extends LoadCommand {

  private static final int SAMPLE_MILLIS = 20;
  private static final int SAMPLES_A_SECOND = 1000 / SAMPLE_MILLIS;
  private static final int WARM_UP_SECONDS = 5;
  private static final int SETTLE_SECONDS = 5;

  @Option(names = "--limit", description = "Commands a second; default ${DEFAULT-VALUE}.")
  private int limit = 100;

  @Option(names = "--devices", description = "Default ${DEFAULT-VALUE}.")
  private int devices = 200;

  @Option(
      names = "--rate",
      description = "Messages a second, all devices; default ${DEFAULT-VALUE}.")
  private long rate = 1000;

  @Option(names = "--seconds", description = "Default ${DEFAULT-VALUE}.")
  private int seconds = 60;

  @Override
  void run(Report report) throws Exception {
    try (var scene = scene()) {
      var observer = scene.observer();
      scene.mqttGateway(devices);
      var generator = scene.mqttGenerator(devices);
      var ladder = new Ladder(scene, generator, devices, "gateway", scene.gateway().child());
      ladder.warmUp(WARM_UP_SECONDS);
      double rssBefore = scene.gatewayStat().rssMib();
      Set<String> things = scene.expected(devices, 0).keySet();
      var staleness = new Histogram(TimeUnit.HOURS.toMillis(1), 3);
      var refused = new ArrayList<Long>();
      var done = new ArrayList<Long>();
      scene.endpoint().order("limit " + limit);
      generator.start(rate, rate * seconds);
      var counters = scene.endpoint().counters();
      long start = System.nanoTime();
      for (int second = 1; second <= seconds; second++) {
        for (int sample = 1; sample <= SAMPLES_A_SECOND; sample++) {
          long due =
              start
                  + TimeUnit.SECONDS.toNanos(second - 1L)
                  + TimeUnit.MILLISECONDS.toNanos((long) sample * SAMPLE_MILLIS);
          TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
          if (second > SETTLE_SECONDS) {
            sample(observer, things, staleness);
          }
        }
        var now = scene.endpoint().counters();
        refused.add(now.tooMany() - counters.tooMany());
        done.add(now.commands() - counters.commands() - refused.getLast());
        counters = now;
      }
      long sent = generator.await().inAll();
      var expected = scene.expected(devices, sent);
      long end = System.nanoTime();
      long right = scene.awaitLast(expected, 60);
      scene.endpoint().order("limit 0"); // we, too, are refused
      report
          .table(
              new Table(
                  "Limit of %d commands/s, %d devices, %d messages/s"
                      .formatted(limit, devices, rate),
                  "staleness p50 s",
                  "p99 s",
                  "p99.9 s",
                  "max s",
                  "refused in the first second",
                  "refused later",
                  "done/s",
                  "last right after s",
                  "wrong",
                  "RSS before MiB",
                  "RSS after MiB"))
          .add(
              staleness.getValueAtPercentile(50) / 1000.0,
              staleness.getValueAtPercentile(99) / 1000.0,
              staleness.getValueAtPercentile(99.9) / 1000.0,
              staleness.getMaxValue() / 1000.0,
              refused.getFirst(),
              refused.stream().skip(1).mapToLong(Long::longValue).sum(),
              done.stream().mapToLong(Long::longValue).sum() / (double) seconds,
              right == 0 ? Double.NaN : (right - end) / 1e9,
              scene.wrong(expected),
              rssBefore,
              scene.gatewayStat().rssMib());
      report.note(
          "Staleness: how old the value in the twin is, of every device each "
              + SAMPLE_MILLIS
              + " ms, from the "
              + SETTLE_SECONDS
              + "th second on. Rivals: 8–18 s, up to 90 % of the features wrong.");
      report.note("Refused, second by second: " + line(refused) + ".");
    }
  }

  private static void sample(Observer observer, Set<String> things, Histogram staleness) {
    long now = System.currentTimeMillis();
    for (String thing : things) {
      staleness.recordValue(Math.max(0, now - observer.observedAtMillis(thing)));
    }
  }

  private static String line(List<Long> counts) {
    return String.join(" ", counts.stream().map(String::valueOf).toList());
  }
}
