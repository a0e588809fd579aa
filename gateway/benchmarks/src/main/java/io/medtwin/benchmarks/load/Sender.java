package io.medtwin.benchmarks.load;

import java.io.IOException;

/** The way of a generator's messages: MQTT or CoAP. One thread. */
interface Sender extends AutoCloseable {

  /** Sends a message, perhaps a little later; blocks while too many are unanswered. */
  void send(int device, byte[] pack) throws IOException, InterruptedException;

  /** Sends what waits. */
  void flush() throws IOException;

  /** Messages that were answered. */
  long answered();

  /** Percentiles of the time to the answer in microseconds, or an empty text. */
  String answerTimes();

  @Override
  void close() throws IOException;
}
