package io.medtwin.app.metrics;

import java.util.List;

/**
 * One metric as the catalogue explains it.
 *
 * @param section of the page it stands in
 * @param name of its family, as in the lines {@code # TYPE}
 * @param type what kind of number it is
 * @param unit for people
 * @param labels each with its values, as {@code outcome: stored, busy}
 * @param meaning its HELP line
 * @param remedy what to do when it is off
 */
public record Explained(
    String section,
    String name,
    Type type,
    String unit,
    List<String> labels,
    String meaning,
    String remedy) {

  /** Kinds of metrics. */
  public enum Type {
    /** Only grows, and begins again with the process. */
    COUNTER,
    /** Goes up and down. */
    GAUGE,
    /** Counts by upper bounds. */
    HISTOGRAM,
    /** A count and a sum. */
    SUMMARY,
    /** Always 1; what it tells is in its labels. */
    INFO
  }

  /** A metric; the labels cannot be changed later. */
  public Explained {
    labels = List.copyOf(labels);
  }

  /** Names of its labels, in order. */
  public List<String> labelNames() {
    return labels.stream().map(label -> label.substring(0, label.indexOf(':'))).toList();
  }
}
