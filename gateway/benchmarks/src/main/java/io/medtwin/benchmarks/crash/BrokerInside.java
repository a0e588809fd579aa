package io.medtwin.benchmarks.crash;

import io.medtwin.simulator.broker.EmbeddedBroker;
import java.io.IOException;

/** The demo's broker, inside this process, where mosquitto is missing. */
final class BrokerInside implements MessageBroker {

  private final EmbeddedBroker broker;

  BrokerInside(int port) throws IOException {
    this.broker = EmbeddedBroker.start(port);
  }

  @Override
  public void restart() {
    throw new UnsupportedOperationException(whyNoRestart());
  }

  @Override
  public String whyNoRestart() {
    return "mosquitto is not installed; the embedded broker forgets its queue";
  }

  @Override
  public void close() {
    broker.close();
  }
}
