package io.medtwin.benchmarks.crash;

import java.io.IOException;

/** The MQTT broker of the harness; its queue outlives a restart where it can. */
interface MessageBroker extends AutoCloseable {

  /** Stops it in order and starts it again on the same port with the same queue. */
  void restart() throws IOException, InterruptedException;

  /** Why it cannot be restarted without losing messages; empty where it can. */
  String whyNoRestart();

  @Override
  void close();
}
