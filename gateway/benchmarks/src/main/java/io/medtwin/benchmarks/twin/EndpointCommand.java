package io.medtwin.benchmarks.twin;

import io.medtwin.ditto.embedded.EmbeddedDitto;
import io.medtwin.ditto.embedded.EmbeddedDittoConfig;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * The twin endpoint as a process. Says its address, then takes orders in lines on standard input
 * and answers each with one.
 */
@Command(name = "endpoint", hidden = true)
public final class EndpointCommand implements Callable<Integer> {

  /** Events that may wait for the observer: it must miss none. */
  private static final int OUTBOUND_MAX = 1_000_000;

  @Override
  public Integer call() throws Exception {
    var config =
        EmbeddedDittoConfig.inMemory(InstantSource.system())
            .withLimits(OUTBOUND_MAX, EmbeddedDittoConfig.COMMANDS_IN_WORK_MAX);
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (var ditto = EmbeddedDitto.start(config)) {
      System.out.println(ditto.uri());
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(obey(ditto, line.split(" ")));
      }
    }
    return 0;
  }

  private static String obey(EmbeddedDitto ditto, String[] order) throws Exception {
    var faults = ditto.faults();
    switch (order[0]) {
      case "counters" -> {
        var counters = ditto.counters();
        return counters.commands()
            + " "
            + counters.answered(429)
            + " "
            + counters.eventsSent()
            + " "
            + counters.eventsDropped();
      }
      case "down" -> faults.goDown();
      case "refuse" -> faults.refuseConnections();
      case "up" -> faults.acceptConnections();
      case "drop" -> faults.dropConnections();
      case "restart" -> faults.restart();
      case "limit" -> faults.limitRate(Integer.parseInt(order[1]));
      default -> throw new IllegalArgumentException("no such order: " + order[0]);
    }
    return "done";
  }
}
