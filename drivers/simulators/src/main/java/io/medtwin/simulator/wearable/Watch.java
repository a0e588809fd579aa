package io.medtwin.simulator.wearable;

import io.medtwin.simulator.device.Broadcast;
import io.medtwin.simulator.mqtt.Publication;
import io.medtwin.simulator.physiology.Patient;
import java.time.Instant;
import java.util.Locale;

/**
 * A wrist watch that publishes its maker's own flat JSON at {@code watch/{id}/vitals}, every five
 * seconds. {@link #FIELDS} tells a gateway what is where. Pure.
 */
public final class Watch implements Broadcast<Publication> {
  /**
   * What is where, in the words of the setting {@code fields} of the driver {@code json-fields}.
   */
  public static final String FIELDS =
      """
      device <- $.id
      time <- $.ts format=epoch-millis
      heart-rate <- $.heartRate unit=/min zero=absent
      spo2 <- $.spo2 unit=% zero=absent
      temperature <- $.bodyTemperature unit=Cel zero=absent
      steps <- $.step unit={steps}
      battery <- $.battery unit=%
      """;

  private static final double TICKS_PER_SECOND = 0.2;
  private static final int STEPS_PER_MINUTE = 4;
  private static final int BATTERY_FULL = 76;
  private static final double BATTERY_SECONDS_PER_PERCENT = 900;

  private final String id;
  private final Patient patient;
  private final Instant epoch;

  /**
   * A watch on {@code patient}.
   *
   * @param epoch what its clock shows when the scenario begins
   */
  public Watch(String id, Patient patient, Instant epoch) {
    this.id = id;
    this.patient = patient;
    this.epoch = epoch;
  }

  @Override
  public double ticksPerSecond() {
    return TICKS_PER_SECOND;
  }

  @Override
  public Publication at(long tick) {
    double seconds = tick / TICKS_PER_SECOND;
    var vitals = patient.vitals(seconds);
    var text =
        String.format(
            Locale.ROOT,
            "{\"id\":\"%s\",\"ts\":%d,\"heartRate\":%d,\"spo2\":%d,\"bodyTemperature\":%.1f,"
                + "\"step\":%d,\"battery\":%d}",
            id,
            epoch.plusMillis(Math.round(seconds * 1000)).toEpochMilli(),
            Math.round(vitals.heartRate()),
            Math.round(vitals.spo2()),
            vitals.temperature(),
            (long) (seconds / 60 * STEPS_PER_MINUTE),
            (long) Math.max(5, BATTERY_FULL - seconds / BATTERY_SECONDS_PER_PERCENT));
    return Publication.text("watch/" + id + "/vitals", "application/json", text);
  }
}
