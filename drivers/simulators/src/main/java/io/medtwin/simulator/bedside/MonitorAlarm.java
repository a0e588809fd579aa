package io.medtwin.simulator.bedside;

import io.medtwin.driver.philipsintellivue.wire.AlarmEntry;
import io.medtwin.driver.philipsintellivue.wire.ObjectId;

/** Alarms that can be raised on a simulated IntelliVue monitor. The codes of events are made up. */
public enum MonitorAlarm {
  /** Red: the heart goes much too fast. */
  TACHYCARDIA(0x4182, 0x0402, AlarmEntry.HIGH_PATIENT, "***TACHY", 33_459),
  /** Yellow: the saturation is low. */
  SATURATION_LOW(0x4BB8, 0x0404, AlarmEntry.MEDIUM_PATIENT, "** SpO2 LOW", 33_749),
  /** Technical: the finger clip fell off; saturation and pulse have no value. */
  SATURATION_SENSOR_OFF(0x4BB8, 0x0406, AlarmEntry.MEDIUM_TECHNICAL, "SpO2 SENSOR OFF", 33_749);

  private static final int NUMERICS = 0x06;
  private static final int CONTEXT = 1;

  private final AlarmEntry entry;

  MonitorAlarm(int source, int code, int type, String text, int handle) {
    this.entry =
        new AlarmEntry(source, code, type, 0, new ObjectId(NUMERICS, CONTEXT, handle), text);
  }

  /** The line of the list that it makes. */
  AlarmEntry entry() {
    return entry;
  }

  boolean isTechnical() {
    return this == SATURATION_SENSOR_OFF;
  }
}
