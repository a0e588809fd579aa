package io.medtwin.app.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Numbers in the Prometheus client's terms; type, labels and HELP come from the catalogue. */
final class Sheet {

  private final Catalogue catalogue;
  private final List<MetricSnapshot> metrics = new ArrayList<>();

  Sheet(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * Times of one label value.
   *
   * @param label value of the histogram's label
   * @param upperBounds of the buckets in seconds, the last one infinite
   * @param counts how many fell into each bucket, not cumulative
   * @param sumSeconds all times together
   */
  record Times(String label, double[] upperBounds, long[] counts, double sumSeconds) {}

  Sheet add(String name, Point... points) {
    return add(name, List.of(points));
  }

  Sheet add(String name, List<Point> points) {
    var metric = catalogue.get(name);
    metrics.add(
        switch (metric.type()) {
          case COUNTER ->
              new CounterSnapshot(
                  about(metric, "_total"),
                  each(
                      points,
                      point ->
                          new CounterDataPointSnapshot(
                              point.value(), labels(metric, point.labels()), null, 0)));
          case GAUGE ->
              new GaugeSnapshot(
                  about(metric, ""),
                  each(
                      points,
                      point ->
                          new GaugeDataPointSnapshot(
                              point.value(), labels(metric, point.labels()), null)));
          case INFO ->
              new InfoSnapshot(
                  about(metric, "_info"),
                  each(points, point -> new InfoDataPointSnapshot(labels(metric, point.labels()))));
          case HISTOGRAM, SUMMARY ->
              throw new IllegalArgumentException(name + " is no single number");
        });
    return this;
  }

  Sheet histogram(String name, List<Times> times) {
    var metric = catalogue.get(name);
    metrics.add(
        new HistogramSnapshot(
            about(metric, ""),
            times.stream()
                .map(
                    one ->
                        new HistogramDataPointSnapshot(
                            ClassicHistogramBuckets.of(one.upperBounds(), one.counts()),
                            one.sumSeconds(),
                            labels(metric, List.of(one.label())),
                            Exemplars.EMPTY,
                            0))
                .toList()));
    return this;
  }

  MetricSnapshots told() {
    return new MetricSnapshots(metrics);
  }

  private static <T> List<T> each(List<Point> points, Function<Point, T> made) {
    return points.stream().map(made).toList();
  }

  private static Labels labels(Explained metric, List<String> values) {
    return Labels.of(metric.labelNames(), values);
  }

  /** The client puts the suffix of the type there itself. */
  private static MetricMetadata about(Explained metric, String suffix) {
    var name = metric.name();
    if (!name.endsWith(suffix)) {
      throw new IllegalArgumentException(name + " must end with " + suffix);
    }
    return new MetricMetadata(name.substring(0, name.length() - suffix.length()), metric.meaning());
  }
}
