package io.medtwin.testkit;

import io.medtwin.spi.Reading;
import io.medtwin.spi.Report;
import io.medtwin.spi.Session;
import io.medtwin.spi.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A session that keeps everything a driver says, for assertions afterwards. */
public final class RecordingSession implements Session {

  private final Map<String, String> settings;
  private final List<Report> reports = new ArrayList<>();
  private final Map<String, Integer> discarded = new LinkedHashMap<>();
  private final Map<String, RecordingSession> devices = new LinkedHashMap<>();
  private final String prefix;
  private final List<String> lines;
  private final VirtualTime time;

  /** A session in which every setting has its default. */
  public RecordingSession() {
    this(Map.of());
  }

  /** A session with configured settings, by name, as text. */
  public RecordingSession(Map<String, String> settings) {
    this(settings, new VirtualTime());
  }

  /** The same; time is what passes there. */
  public RecordingSession(Map<String, String> settings, VirtualTime time) {
    this(settings, "", new ArrayList<>(), time);
  }

  private RecordingSession(
      Map<String, String> settings, String prefix, List<String> lines, VirtualTime time) {
    this.settings = Map.copyOf(settings);
    this.prefix = prefix;
    this.lines = lines;
    this.time = time;
  }

  @Override
  public void emit(Report report) {
    reports.add(report);
    lines.add(prefix + ReportText.of(report));
  }

  @Override
  public void discard(String why, int bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("cannot discard " + bytes + " bytes");
    }
    discarded.merge(why, bytes, Integer::sum);
  }

  @Override
  public <T> T setting(Setting<T> setting) {
    var configured = settings.get(setting.name());
    return configured == null ? setting.defaultValue() : setting.parse(configured);
  }

  @Override
  public Duration elapsed() {
    return time.elapsed();
  }

  @Override
  public RecordingSession device(String id) {
    return devices.computeIfAbsent(
        id, unused -> new RecordingSession(settings, prefix + "device " + id + ": ", lines, time));
  }

  /** Everything emitted, in order. */
  public List<Report> reports() {
    return List.copyOf(reports);
  }

  /**
   * Everything emitted here and for devices behind the hub, in order, as the lines of a transcript.
   */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** What was emitted of one kind, in order. */
  public <R extends Report> List<R> reports(Class<R> kind) {
    return reports.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Readings of one parameter, in order. */
  public List<Reading> readings(String parameter) {
    return reports(Reading.class).stream().filter(r -> r.parameter().equals(parameter)).toList();
  }

  /** The last reading of one parameter. */
  public Optional<Reading> last(String parameter) {
    var all = readings(parameter);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /** Bytes thrown away, by reason. */
  public Map<String, Integer> discarded() {
    return Map.copyOf(discarded);
  }

  /** All bytes thrown away. */
  public int discardedBytes() {
    return discarded.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Sessions of devices behind the hub, by id. */
  public Map<String, RecordingSession> devices() {
    return Map.copyOf(devices);
  }
}
