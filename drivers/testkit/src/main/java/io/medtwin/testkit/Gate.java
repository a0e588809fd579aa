package io.medtwin.testkit;

import io.medtwin.spi.Report;
import io.medtwin.spi.Session;
import io.medtwin.spi.Setting;
import java.time.Duration;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A session that is full from one report on: its emit blocks there until the gateway stops it,
 * which the driver sees as an interrupt. Who emits on another thread, goes on reading or says more
 * breaks D15.
 */
final class Gate implements Session {

  private final RecordingSession settings;
  private final int openReports;
  private final Thread runs = Thread.currentThread();
  private IntSupplier touched = () -> 0;
  private final DeviceSessions devices = new DeviceSessions(this);
  private int reports;
  private int touchedAtGate = -1;
  private @Nullable String broken;

  Gate(Map<String, String> settings, VirtualTime time, int openReports) {
    this.settings = new RecordingSession(settings, time);
    this.openReports = openReports;
  }

  /** How often the link was touched so far. */
  void atTheGate(IntSupplier count) {
    touched = count;
  }

  @Override
  public void emit(Report report) throws InterruptedException {
    if (Thread.currentThread() != runs) {
      broken = "the driver emits on a thread of its own, so nothing holds its reading back";
    }
    if (touchedAtGate >= 0) {
      broken = "the driver was interrupted in emit and said more";
      throw new InterruptedException();
    }
    if (reports++ == openReports) {
      touchedAtGate = touched.getAsInt();
      throw new InterruptedException("stopped while the session was full");
    }
  }

  void requireHeld(
      Conversation conversation, String place, @Nullable Throwable end, int touchedAtEnd) {
    var why = broken;
    if (why == null && touchedAtGate < 0) {
      why = "the report that comes there without back-pressure never came";
    } else if (why == null && touchedAtEnd > touchedAtGate) {
      why = "the driver was interrupted in emit and read or wrote on";
    } else if (why == null && !(end instanceof InterruptedException)) {
      why = "the driver was interrupted in emit, and run ended with " + StreamChecks.ended(end);
    }
    Checks.require(why == null, Rule.D15, conversation, place, String.valueOf(why));
  }

  @Override
  public void discard(String why, int bytes) {}

  @Override
  public <T> T setting(Setting<T> setting) {
    return settings.setting(setting);
  }

  @Override
  public Duration elapsed() {
    return settings.elapsed();
  }

  @Override
  public Session device(String id) {
    return devices.of(id);
  }
}
