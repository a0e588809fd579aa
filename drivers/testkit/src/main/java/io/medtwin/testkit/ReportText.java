package io.medtwin.testkit;

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
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A report as one line of a transcript; equal reports have equal lines.
 *
 * <pre>
 * reading spo2 97 %
 * reading spo2 absent SENSOR_OFF
 * reading mode code set
 * reading ecg-label text "ECG-II-DIAG"
 * reading pleth samples 25 at 75.0/s * 1.0 + 0.0 1: 1 1 2 3
 * reading pulse-rate 72 /min [QUESTIONABLE] at 2026-01-01T00:00
 * alert START AL_OCCLU (AL_OCCLU-17-1) UNKNOWN UNKNOWN "text" of line-pressure
 * event log-entry "127904"
 * identity FIRMWARE="48" SERIAL="8002-51740"
 * presence true ""
 * </pre>
 *
 * Of a waveform longer than {@value #SAMPLES_SHOWN} the first samples and the CRC-32 of all are
 * shown.
 */
public final class ReportText {

  private static final int SAMPLES_SHOWN = 32;

  private ReportText() {}

  /** The line of a report. */
  public static String of(Report report) {
    if (report instanceof Reading reading) {
      return "reading "
          + reading.parameter()
          + " "
          + of(reading.value())
          + (reading.flags().isEmpty() ? "" : " " + new TreeSet<>(reading.flags()))
          + time(reading.time());
    }
    if (report instanceof Alert alert) {
      return "alert "
          + alert.phase()
          + " "
          + alert.code()
          + " ("
          + alert.occurrence()
          + ") "
          + alert.priority()
          + " "
          + alert.kind()
          + " "
          + quoted(alert.text())
          + (alert.parameter() == null ? "" : " of " + alert.parameter())
          + time(alert.time());
    }
    if (report instanceof DeviceEvent event) {
      return "event " + event.code() + " " + quoted(event.text()) + time(event.time());
    }
    if (report instanceof Identity identity) {
      var line = new StringBuilder("identity");
      new TreeMap<>(identity.attributes())
          .forEach(
              (attribute, text) ->
                  line.append(' ').append(attribute).append('=').append(quoted(text)));
      return line.toString();
    }
    if (report instanceof Presence presence) {
      return "presence " + presence.present() + " " + quoted(presence.why());
    }
    throw new IllegalArgumentException("a report of an unknown kind: " + report.getClass());
  }

  private static String of(Value value) {
    if (value instanceof Numeric numeric) {
      return numeric.amount().toPlainString() + " " + numeric.unit();
    }
    if (value instanceof Coded coded) {
      return "code " + coded.code();
    }
    if (value instanceof Text text) {
      return "text " + quoted(text.text());
    }
    if (value instanceof Absent absent) {
      return "absent " + absent.reason();
    }
    if (value instanceof Samples samples) {
      return samples(samples);
    }
    throw new IllegalArgumentException("a value of an unknown kind: " + value.getClass());
  }

  private static String samples(Samples samples) {
    var raw = samples.raw();
    int count = raw.remaining();
    var line =
        new StringBuilder("samples ")
            .append(count)
            .append(" at ")
            .append(samples.ratePerSecond())
            .append("/s * ")
            .append(samples.gain())
            .append(" + ")
            .append(samples.offset())
            .append(' ')
            .append(samples.unit())
            .append(':');
    for (int i = 0; i < Math.min(count, SAMPLES_SHOWN); i++) {
      int sample = raw.get(raw.position() + i);
      line.append(' ').append(sample == Samples.MISSING ? "-" : Integer.toString(sample));
    }
    if (count > SAMPLES_SHOWN) {
      var bytes = ByteBuffer.allocate(count * Integer.BYTES);
      bytes.asIntBuffer().put(raw);
      var crc = new CRC32();
      crc.update(bytes);
      line.append(" ... crc32 ").append(HexFormat.of().toHexDigits((int) crc.getValue()));
    }
    return line.toString();
  }

  private static String time(@Nullable DeviceTime time) {
    if (time == null) {
      return "";
    }
    if (time instanceof DeviceTime.Utc utc) {
      return " at " + utc.instant() + (utc.synchronised() ? "" : " unsynchronised");
    }
    if (time instanceof DeviceTime.Local local) {
      return " at " + local.dateTime();
    }
    if (time instanceof DeviceTime.Ago ago) {
      return " at -" + ago.age();
    }
    if (time instanceof DeviceTime.Ticks ticks) {
      return " at " + ticks.count() + " x " + ticks.tick();
    }
    throw new IllegalArgumentException("a time of an unknown kind: " + time.getClass());
  }

  private static String quoted(String text) {
    var line = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                line.append('\\').append((char) c);
              } else if (c >= ' ' && c <= '~') {
                line.append((char) c);
              } else {
                line.append(String.format("\\u%04x", c));
              }
            });
    return line.append('"').toString();
  }
}
