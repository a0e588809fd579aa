package io.medtwin.app.survey;

import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.spi.Absent;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.MessageDriver;
import io.medtwin.spi.Reading;
import io.medtwin.spi.StreamDriver;
import io.medtwin.spi.Value;
import io.medtwin.spi.transport.BufferedStreamLink;
import io.medtwin.testkit.RecordingSession;
import io.medtwin.testkit.ScriptedByteWire;
import io.medtwin.testkit.ScriptedMessageLink;
import io.medtwin.testkit.VirtualTime;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The drivers of the installation, over what was recorded. Used by one thread. */
public final class DriverTrial implements Trial {

  private final Plugins plugins;

  /** With those drivers. */
  public DriverTrial(Plugins plugins) {
    this.plugins = plugins;
  }

  @Override
  public Outcome of(String driver, Map<String, String> settings, Evidence evidence) {
    var found =
        plugins
            .driver(driver)
            .orElseThrow(() -> new IllegalArgumentException("there is no driver " + driver));
    var time = new VirtualTime();
    var session = new RecordingSession(settings, time);
    int refused = 0;
    try {
      switch (found.maker().get()) {
        case StreamDriver stream ->
            stream.run(
                new BufferedStreamLink(
                    ScriptedByteWire.of(evidence.bytes(), evidence.bytes().length).in(time),
                    LinkKind.SERIAL,
                    "recording"),
                session);
        case MessageDriver messages -> {
          var link = new ScriptedMessageLink(LinkKind.MQTT, evidence.messages()).in(time);
          try {
            messages.run(link, session);
          } finally {
            refused = link.refusals().size();
          }
        }
      }
    } catch (IOException theEnd) {
      // the recording is over, or the driver has had enough of it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    var values = new LinkedHashMap<String, Value>();
    var counts = new LinkedHashMap<String, Integer>();
    int reports = keep(session, values, counts);
    return new Outcome(reports, values, counts, session.discardedBytes() + refused);
  }

  private static int keep(
      RecordingSession session, Map<String, Value> values, Map<String, Integer> counts) {
    int reports = 0;
    for (Reading reading : session.reports(Reading.class)) {
      reports++;
      counts.merge(reading.parameter(), 1, Integer::sum);
      if (!(reading.value() instanceof Absent) || !values.containsKey(reading.parameter())) {
        values.put(reading.parameter(), reading.value());
      }
    }
    for (RecordingSession device : session.devices().values()) {
      reports += keep(device, values, counts);
    }
    return reports;
  }
}
