package io.medtwin.app.view;

import io.medtwin.spi.Value;

/** Proposes the line of a profile that gives a parameter its place. */
@FunctionalInterface
public interface LineProposal {

  /**
   * A line to paste under a channel of a profile, {@code heartRate: { from: heart-rate, unit: /min
   * }}.
   *
   * @param parameter what the driver calls it
   * @param value what it said last
   */
  String suggestLine(String parameter, Value value);
}
