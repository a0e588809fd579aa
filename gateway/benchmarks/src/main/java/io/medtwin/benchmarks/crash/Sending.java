package io.medtwin.benchmarks.crash;

import java.util.List;

/**
 * One message of a device and what became of it, as seen from outside the gateway.
 *
 * @param n the device's counter: the value of each of its readings
 * @param marks alerts and events it tells
 * @param deliveries how often it was handed to the gateway
 * @param acknowledgements how often the gateway said that it has it
 * @param beforeKill whether the gateway said so before it was killed
 */
record Sending(long n, List<Mark> marks, int deliveries, int acknowledgements, boolean beforeKill) {
  Sending {
    marks = List.copyOf(marks);
  }

  /** Whether the gateway said that it has it. */
  boolean isAcknowledged() {
    return acknowledgements > 0;
  }
}
