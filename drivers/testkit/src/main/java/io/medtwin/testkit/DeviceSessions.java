package io.medtwin.testkit;

import io.medtwin.spi.Report;
import io.medtwin.spi.Session;
import io.medtwin.spi.Setting;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Sessions of devices behind a hub that hand everything on to the hub's own. */
final class DeviceSessions {

  private final Session hub;
  private final Map<String, Session> devices = new HashMap<>();

  DeviceSessions(Session hub) {
    this.hub = hub;
  }

  /** That of one device, the same each time. */
  Session of(String id) {
    return devices.computeIfAbsent(id, unused -> new Device(hub, this));
  }

  private record Device(Session hub, DeviceSessions others) implements Session {

    @Override
    public void emit(Report report) throws InterruptedException {
      hub.emit(report);
    }

    @Override
    public void discard(String why, int bytes) {
      hub.discard(why, bytes);
    }

    @Override
    public <T> T setting(Setting<T> setting) {
      return hub.setting(setting);
    }

    @Override
    public Duration elapsed() {
      return hub.elapsed();
    }

    @Override
    public Session device(String id) {
      return others.of(id);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }
}
