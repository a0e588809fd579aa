package io.medtwin.app.metrics;

import java.util.List;

/**
 * One number of a metric.
 *
 * @param value the number
 * @param labels values of the metric's labels, in their order
 */
record Point(double value, List<String> labels) {

  Point {
    labels = List.copyOf(labels);
  }

  static Point of(double value, String... labels) {
    return new Point(value, List.of(labels));
  }

  static Point of(boolean value, String... labels) {
    return new Point(value ? 1 : 0, List.of(labels));
  }
}
