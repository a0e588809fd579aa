package io.medtwin.benchmarks.crash;

/** Brings a message to where it is safe; tries until it is, or until the harness ends. */
interface Sender extends AutoCloseable {

  /** Returns when the message is taken: by the broker, or by the gateway itself. */
  void send(ProbeDevice device, ProbeDevice.Words words) throws InterruptedException;

  @Override
  void close();
}
