package io.medtwin.journal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.medtwin.spi.Absent;
import io.medtwin.spi.Alert;
import io.medtwin.spi.Coded;
import io.medtwin.spi.DeviceEvent;
import io.medtwin.spi.DeviceTime;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Presence;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Report;
import io.medtwin.spi.Samples;
import io.medtwin.spi.Text;
import io.medtwin.spi.Value;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A report as one JSON object; what is not said has no member. {@code
 * {"reading":"spo2","value":97,"unit":"%"}}, {@code {"alert":"AL_OCCLU","phase":"START",…}}. Used
 * by one thread.
 */
final class ReportWriter {

  /** Readings that came together often share their time, whose text is the dearest part of all. */
  private Instant lastInstant = Instant.EPOCH;

  private String lastText = Instant.EPOCH.toString();

  /**
   * Writes a report.
   *
   * @param after milliseconds after the line's own time; left out where 0
   * @param message what its message is known by; left out where 0
   */
  void write(JsonGenerator json, Report report, long after, long message) throws IOException {
    json.writeStartObject();
    switch (report) {
      case Reading reading -> reading(json, reading);
      case Alert alert -> alert(json, alert);
      case DeviceEvent event -> {
        json.writeStringField("event", event.code());
        json.writeStringField("text", event.text());
        time(json, event.time());
      }
      case Identity identity -> {
        json.writeObjectFieldStart("identity");
        for (var fact : identity.attributes().entrySet()) {
          json.writeStringField(fact.getKey().name(), fact.getValue());
        }
        json.writeEndObject();
      }
      case Presence presence -> {
        json.writeBooleanField("presence", presence.present());
        json.writeStringField("why", presence.why());
      }
    }
    if (after != 0) {
      json.writeNumberField("after", after);
    }
    if (message != 0) {
      json.writeNumberField("message", message);
    }
    json.writeEndObject();
  }

  private void reading(JsonGenerator json, Reading reading) throws IOException {
    json.writeStringField("reading", reading.parameter());
    value(json, reading.value());
    if (!reading.flags().isEmpty()) {
      json.writeArrayFieldStart("flags");
      for (Reading.Flag flag : reading.flags()) {
        json.writeString(flag.name());
      }
      json.writeEndArray();
    }
    time(json, reading.time());
  }

  private static void value(JsonGenerator json, Value value) throws IOException {
    switch (value) {
      case Numeric number -> {
        json.writeNumberField("value", number.amount());
        json.writeStringField("unit", number.unit());
      }
      case Coded coded -> json.writeStringField("code", coded.code());
      case Text text -> json.writeStringField("text", text.text());
      case Absent absent -> json.writeStringField("absent", absent.reason().name());
      case Samples samples -> {
        json.writeArrayFieldStart("samples");
        var raw = samples.raw();
        while (raw.hasRemaining()) {
          json.writeNumber(raw.get());
        }
        json.writeEndArray();
        json.writeNumberField("rate", samples.ratePerSecond());
        json.writeNumberField("gain", samples.gain());
        json.writeNumberField("offset", samples.offset());
        json.writeStringField("unit", samples.unit());
      }
    }
  }

  private void alert(JsonGenerator json, Alert alert) throws IOException {
    json.writeStringField("alert", alert.code());
    json.writeStringField("occurrence", alert.occurrence());
    json.writeStringField("phase", alert.phase().name());
    json.writeStringField("priority", alert.priority().name());
    json.writeStringField("kind", alert.kind().name());
    json.writeStringField("text", alert.text());
    if (alert.parameter() != null) {
      json.writeStringField("parameter", alert.parameter());
    }
    time(json, alert.time());
  }

  private void time(JsonGenerator json, @Nullable DeviceTime time) throws IOException {
    switch (time) {
      case null -> {}
      case DeviceTime.Utc utc -> {
        json.writeStringField("utc", text(utc.instant()));
        json.writeBooleanField("synchronised", utc.synchronised());
      }
      case DeviceTime.Local local -> json.writeStringField("local", local.dateTime().toString());
      case DeviceTime.Ago ago -> json.writeStringField("ago", ago.age().toString());
      case DeviceTime.Ticks ticks -> {
        json.writeNumberField("ticks", ticks.count());
        json.writeStringField("tick", ticks.tick().toString());
      }
    }
  }

  private String text(Instant instant) {
    if (!instant.equals(lastInstant)) {
      lastInstant = instant;
      lastText = instant.toString();
    }
    return lastText;
  }
}
