package io.medtwin.benchmarks.crash.probe;

import io.medtwin.spi.Alert;
import io.medtwin.spi.DeviceEvent;
import io.medtwin.spi.DeviceTime;
import io.medtwin.spi.DriverDescriptor;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.spi.MessageDriver;
import io.medtwin.spi.MessageLink;
import io.medtwin.spi.MessageLink.Refusal;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Report;
import io.medtwin.spi.Session;
import io.medtwin.spi.SilenceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one fact a line: {@code time <epoch millis>} (first, where the device has a clock), {@code
 * count <n>}, {@code start <id>}, {@code end <id>}, {@code event <id>}. A message with any other
 * line is refused whole. One class alone, since the harness packs it into a plugin by itself.
 */
public final class ProbeDriver implements MessageDriver {

  /** Code of every alert of a probe. */
  public static final String ALERT = "probe-alert";

  /** Code of every event of a probe. */
  public static final String EVENT = "probe-event";

  private static final Duration WAIT = Duration.ofMinutes(15);

  private static final DriverDescriptor DESCRIPTOR =
      new DriverDescriptor(
          "crash-probe",
          "0.1.0",
          "Probe of the crash harness",
          Set.of(LinkKind.MQTT, LinkKind.COAP),
          List.of());

  @Override
  public DriverDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public void run(MessageLink link, Session session) throws IOException, InterruptedException {
    while (true) {
      Message message;
      try {
        message = link.receive(WAIT);
      } catch (SilenceException e) {
        continue;
      }
      List<Report> reports;
      try {
        reports = read(new String(message.bytes(), StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        link.refuse(Refusal.MALFORMED, "expected lines of a probe");
        continue;
      }
      var device = message.device();
      var from = device == null ? session : session.device(device);
      for (Report report : reports) {
        from.emit(report);
      }
    }
  }

  /**
   * What a message says, in its order.
   *
   * @throws IllegalArgumentException a line is none of a probe's
   */
  static List<Report> read(String text) {
    var reports = new ArrayList<Report>();
    @Nullable DeviceTime time = null;
    for (String line : text.lines().toList()) {
      int space = line.indexOf(' ');
      if (space < 0) {
        throw new IllegalArgumentException("a line needs a word and a value");
      }
      var value = line.substring(space + 1);
      switch (line.substring(0, space)) {
        case "time" ->
            time = new DeviceTime.Utc(Instant.ofEpochMilli(Long.parseLong(value)), false);
        case "count" -> reports.add(Reading.of("count", Numeric.of(value, "1")).at(time));
        case "start" -> reports.add(alert(value, Alert.Phase.START, time));
        case "end" -> reports.add(alert(value, Alert.Phase.END, time));
        case "event" -> reports.add(new DeviceEvent(EVENT, value, time));
        default -> throw new IllegalArgumentException("an unknown word");
      }
    }
    return reports;
  }

  private static Alert alert(String id, Alert.Phase phase, @Nullable DeviceTime time) {
    return new Alert(id, ALERT, phase, Alert.Priority.LOW, Alert.Kind.TECHNICAL, id, null, time);
  }
}
