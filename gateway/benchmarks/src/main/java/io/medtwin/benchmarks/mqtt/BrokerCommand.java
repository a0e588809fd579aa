package io.medtwin.benchmarks.mqtt;

import io.medtwin.simulator.broker.EmbeddedBroker;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The embedded broker as a process, where mosquitto is not installed. Says its address. */
@Command(name = "broker", hidden = true)
public final class BrokerCommand implements Callable<Integer> {

  @Override
  public Integer call() throws Exception {
    try (var broker = EmbeddedBroker.start()) {
      System.out.println(broker.uri());
      while (System.in.read() >= 0) {
        // until whoever started it closes the pipe
      }
    }
    return 0;
  }
}
