package io.medtwin.app.generate;

import io.medtwin.spi.Absent;
import io.medtwin.spi.Alert;
import io.medtwin.spi.Coded;
import io.medtwin.spi.DeviceEvent;
import io.medtwin.spi.DeviceTime;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Report;
import io.medtwin.spi.Samples;
import io.medtwin.spi.Text;
import io.medtwin.spi.Value;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.profile.Profile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Set;

/** Says everything a device of a profile can say, and what it should not. */
final class Speaker {

  private static final List<String> ODD_NAMES =
      List.of("unheard-of", "a/b.c", "_hidden", "$id", "definition", "properties");

  private Speaker() {}

  static List<Report> everything(Profile profile) {
    var reports = new ArrayList<Report>();
    reports.add(identity());
    for (Metric metric : profile.metrics()) {
      for (Value value : values(metric)) {
        reports.add(Reading.of(metric.parameter(), value));
      }
      for (Reading.Flag flag : Reading.Flag.values()) {
        reports.add(Reading.of(metric.parameter(), values(metric).getFirst()).with(flag));
      }
      for (Absent.Reason reason : Absent.Reason.values()) {
        reports.add(Reading.of(metric.parameter(), new Absent(reason)));
      }
      reports.add(Reading.of(metric.parameter(), values(metric).getFirst()));
    }
    dated(profile.metrics().getFirst(), reports);
    alerts(profile, reports);
    for (int i = 0; i < 12; i++) {
      reports.add(new DeviceEvent("pressed-" + i, i % 2 == 0 ? "" : "key " + i, null));
    }
    for (String name : ODD_NAMES) {
      for (Value value :
          List.of(
              Numeric.of("1.5", "mg"),
              new Coded("odd"),
              new Text("any text"),
              Samples.of(new int[] {1, 2}, 10, 1, 0, "1"),
              new Absent(Absent.Reason.SENSOR_OFF))) {
        reports.add(Reading.of(name, value));
      }
    }
    return reports;
  }

  /** By a clock of its own, half an hour off. */
  private static void dated(Metric metric, List<Report> reports) {
    var time = Instant.parse("2026-02-19T08:30:00Z");
    for (int i = 0; i < 20; i++) {
      reports.add(
          new Reading(
              metric.parameter(),
              values(metric).getFirst(),
              Set.of(),
              new DeviceTime.Utc(time.plusSeconds(i), false)));
    }
  }

  private static List<Value> values(Metric metric) {
    return switch (metric.kind()) {
      case NUMERIC, SETTING ->
          List.of(
              Numeric.of(50, metric.unit()),
              Numeric.of("-0.125", metric.unit()),
              Numeric.of("123456789.5", metric.unit()),
              Numeric.of("5.00", metric.unit()),
              new Coded("LOW"));
      case ENUM -> List.of(new Coded("never-heard-of"), new Text("free text"), Numeric.of(3, "1"));
      case TEXT -> List.of(new Text("free text"), new Coded("WORD"));
      case WAVEFORM ->
          List.of(
              Samples.of(new int[] {1, 2, 3}, 62.5, 0.0025, -1, metric.unit()),
              Samples.of(new int[] {1}, 100, 1, 0, metric.unit()));
    };
  }

  private static void alerts(Profile profile, List<Report> reports) {
    var codes = new ArrayList<>(profile.alerts().keySet());
    codes.addAll(List.of("UNKNOWN_ALERT", "x/y.z"));
    for (String code : codes) {
      for (Alert.Phase phase : Alert.Phase.values()) {
        for (Alert.Priority priority : Alert.Priority.values()) {
          for (Alert.Kind kind : Alert.Kind.values()) {
            reports.add(new Alert(code + "/1", code, phase, priority, kind, "", "spo2", null));
          }
        }
      }
      reports.add(Alert.of(code, Alert.Phase.START));
    }
  }

  private static Identity identity() {
    var attributes = new EnumMap<Identity.Attribute, String>(Identity.Attribute.class);
    for (Identity.Attribute attribute : Identity.Attribute.values()) {
      attributes.put(attribute, "text of " + attribute);
    }
    return new Identity(attributes);
  }
}
