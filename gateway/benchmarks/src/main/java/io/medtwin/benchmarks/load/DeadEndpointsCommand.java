package io.medtwin.benchmarks.load;

import io.medtwin.benchmarks.mqtt.Broker;
import io.medtwin.benchmarks.process.ProcessStat;
import io.medtwin.benchmarks.report.Report;
import io.medtwin.benchmarks.report.Table;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code medtwin bench W6}. */
@Command(
    name = "W6",
    mixinStandardHelpOptions = true,
    description =
        "Dead endpoints: half refuse the connection, half swallow it; a few devices live beside"
            + " them")
public final class DeadEndpointsCommand extends LoadCommand {

  private static final int LIVE_DEVICES = 10;
  private static final long LIVE_RATE = 100;

  @Option(names = "--dead", description = "Default ${DEFAULT-VALUE}.")
  private int dead = 50;

  @Option(
      names = "--seconds",
      description = "3600 is the hour of the figures; default ${DEFAULT-VALUE}.")
  private int seconds = 60;

  @Option(names = "--every", description = "Seconds between two rows; default ${DEFAULT-VALUE}.")
  private int every = 10;

  @Override
  void run(Report report) throws Exception {
    var table =
        report.table(
            new Table(
                dead + " dead endpoints",
                "after s",
                "RSS MiB",
                "threads",
                "cores",
                "live value alone p99 ms",
                "live alert p99 ms"));
    try (var scene = scene();
        var holes = new BlackHoles(dead / 2)) {
      var file = scene.mqttFile(LIVE_DEVICES);
      int closed = Broker.freePort();
      for (int i = 0; i < dead; i++) {
        boolean refuses = i >= dead / 2;
        String address =
            refuses ? "127.0.1." + (i + 1) + ":" + closed : "127.0.0.1:" + holes.port(i);
        file.own("dead-" + i, "nonin-oem3", "tcp:" + address);
      }
      var observer = scene.observer();
      scene.startGateway(file.write());
      var generator = scene.mqttGenerator(LIVE_DEVICES);
      var ladder = new Ladder(scene, generator, LIVE_DEVICES, "gateway", scene.gateway().child());
      ladder.warmUp(2);
      scene.probes();
      generator.start(LIVE_RATE, LIVE_RATE * seconds);
      ProcessStat before = scene.gatewayStat();
      for (int after = every; after <= seconds; after += every) {
        TimeUnit.SECONDS.sleep(every);
        ProcessStat now = scene.gatewayStat();
        table.add(
            after,
            now.rssMib(),
            now.threads(),
            (now.cpuSeconds() - before.cpuSeconds()) / every,
            millis(observer.valueLatencies(), 99),
            millis(observer.alertLatencies(), 99));
        before = now;
        say("%s", table.rows().getLast());
      }
      generator.await();
    }
  }

  /** Ports that listen and never take a connection: once a queue is full, SYNs are dropped. */
  private static final class BlackHoles implements AutoCloseable {
    private static final int FILLERS = 8;
    private final List<ServerSocket> listeners = new ArrayList<>();
    private final List<SocketChannel> fillers = new ArrayList<>();

    BlackHoles(int count) throws IOException {
      for (int i = 0; i < count; i++) {
        listeners.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        for (int filler = 0; filler < FILLERS; filler++) {
          var channel = SocketChannel.open();
          fillers.add(channel);
          channel.configureBlocking(false);
          channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port(i)));
        }
      }
    }

    int port(int i) {
      return listeners.get(i).getLocalPort();
    }

    @Override
    public void close() throws IOException {
      for (SocketChannel filler : fillers) {
        filler.close();
      }
      for (ServerSocket listener : listeners) {
        listener.close();
      }
    }
  }
}
