package io.medtwin.twin.outbox;

import io.medtwin.twin.profile.Metric;

/** Where in a thing something is told, for people: {@code features/spo2/properties/saturation}. */
public final class Paths {

  /** The feature of alerts. */
  public static final String ALERTS = "features/alerts";

  /** The feature of events. */
  public static final String EVENTS = "features/events";

  /** The feature of the link. */
  public static final String LINK = "features/link";

  /** What a device says of itself. */
  public static final String IDENTITY = "attributes/identity";

  private Paths() {}

  /** Of a metric; of a wave, of its descriptor. */
  public static String of(Metric metric) {
    return "features/" + PatchWriter.feature(metric) + "/properties/" + metric.name();
  }

  /** Of a parameter that has no place in the profile. */
  public static String ofUnmapped(String parameter) {
    return "features/" + PatchWriter.VENDOR + "/properties/" + PatchWriter.key(parameter);
  }
}
