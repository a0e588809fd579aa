package io.medtwin.journal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link ReportWriter} wrote. Members may come in any order; unknown ones are skipped,
 * so that a newer gateway's journal can be read.
 */
public final class ReportReader {

  private @Nullable String reading;
  private @Nullable String alert;
  private @Nullable String event;
  private @Nullable Boolean presence;
  private @Nullable Map<Identity.Attribute, String> identity;
  private @Nullable BigDecimal value;
  private String unit = "";
  private @Nullable String code;
  private @Nullable String text;
  private @Nullable String absent;
  private int @Nullable [] samples;
  private double rate;
  private double gain;
  private double offset;
  private Set<Reading.Flag> flags = Set.of();
  private String occurrence = "";
  private String phase = "";
  private String priority = "";
  private String kind = "";
  private String why = "";
  private @Nullable String parameter;
  private @Nullable String utc;
  private boolean synchronised;
  private @Nullable String local;
  private @Nullable String ago;
  private @Nullable Long ticks;
  private String tick = "";
  private long after;
  private long message;

  /**
   * A report and its time within its line.
   *
   * @param report what was said
   * @param after milliseconds after the line's own time
   * @param message what its message is known by, or 0
   */
  public record Read(Report report, long after, long message) {}

  private ReportReader() {}

  /**
   * Reads one object; the parser stands on its start and is left on its end.
   *
   * @throws IOException it is no report
   */
  public static Read read(JsonParser json) throws IOException {
    var reader = new ReportReader();
    try {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        var name = json.currentName();
        json.nextToken();
        reader.member(name, json);
      }
      return new Read(reader.report(), reader.after, reader.message);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IOException("no report: " + e.getMessage(), e);
    }
  }

  private void member(String name, JsonParser json) throws IOException {
    switch (name) {
      case "reading" -> reading = json.getText();
      case "alert" -> alert = json.getText();
      case "event" -> event = json.getText();
      case "presence" -> presence = json.getBooleanValue();
      case "identity" -> identity = identity(json);
      case "value" -> value = json.getDecimalValue();
      case "unit" -> unit = json.getText();
      case "code" -> code = json.getText();
      case "text" -> text = json.getText();
      case "absent" -> absent = json.getText();
      case "samples" -> samples = samples(json);
      case "rate" -> rate = json.getDoubleValue();
      case "gain" -> gain = json.getDoubleValue();
      case "offset" -> offset = json.getDoubleValue();
      case "flags" -> flags = flags(json);
      case "occurrence" -> occurrence = json.getText();
      case "phase" -> phase = json.getText();
      case "priority" -> priority = json.getText();
      case "kind" -> kind = json.getText();
      case "why" -> why = json.getText();
      case "parameter" -> parameter = json.getText();
      case "utc" -> utc = json.getText();
      case "synchronised" -> synchronised = json.getBooleanValue();
      case "local" -> local = json.getText();
      case "ago" -> ago = json.getText();
      case "ticks" -> ticks = json.getLongValue();
      case "tick" -> tick = json.getText();
      case "after" -> after = json.getLongValue();
      case "message" -> message = json.getLongValue();
      default -> json.skipChildren();
    }
  }

  private Report report() throws IOException {
    if (reading != null) {
      return new Reading(reading, value(), flags, time());
    }
    if (alert != null) {
      return new Alert(
          occurrence,
          alert,
          Alert.Phase.valueOf(phase),
          Alert.Priority.valueOf(priority),
          Alert.Kind.valueOf(kind),
          text == null ? "" : text,
          parameter,
          time());
    }
    if (event != null) {
      return new DeviceEvent(event, text == null ? "" : text, time());
    }
    if (identity != null) {
      return new Identity(identity);
    }
    if (presence != null) {
      return new Presence(presence, why);
    }
    throw new IOException("an object that is no report");
  }

  private Value value() throws IOException {
    if (value != null) {
      return new Numeric(value, unit);
    }
    if (code != null) {
      return new Coded(code);
    }
    if (text != null) {
      return new Text(text);
    }
    if (absent != null) {
      return new Absent(Absent.Reason.valueOf(absent));
    }
    if (samples != null) {
      return Samples.of(samples, rate, gain, offset, unit);
    }
    throw new IOException("a reading without a value");
  }

  private @Nullable DeviceTime time() {
    if (utc != null) {
      return new DeviceTime.Utc(Instant.parse(utc), synchronised);
    }
    if (local != null) {
      return new DeviceTime.Local(LocalDateTime.parse(local));
    }
    if (ago != null) {
      return new DeviceTime.Ago(Duration.parse(ago));
    }
    return ticks == null ? null : new DeviceTime.Ticks(ticks, Duration.parse(tick));
  }

  private static Map<Identity.Attribute, String> identity(JsonParser json) throws IOException {
    var facts = new EnumMap<Identity.Attribute, String>(Identity.Attribute.class);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      var attribute = Identity.Attribute.valueOf(json.currentName());
      json.nextToken();
      facts.put(attribute, json.getText());
    }
    return facts;
  }

  private static Set<Reading.Flag> flags(JsonParser json) throws IOException {
    var all = EnumSet.noneOf(Reading.Flag.class);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      all.add(Reading.Flag.valueOf(json.getText()));
    }
    return all;
  }

  private static int[] samples(JsonParser json) throws IOException {
    int[] counts = new int[64];
    int count = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (count == counts.length) {
        counts = Arrays.copyOf(counts, count * 2);
      }
      counts[count++] = json.getIntValue();
    }
    return Arrays.copyOf(counts, count);
  }
}
