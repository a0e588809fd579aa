package io.medtwin.driver.philipsintellivue;

import io.medtwin.driver.philipsintellivue.wire.AttributeId;
import io.medtwin.driver.philipsintellivue.wire.ObjectClass;
import io.medtwin.driver.philipsintellivue.wire.Pdu;
import io.medtwin.driver.philipsintellivue.wire.Ticks;
import java.time.Duration;
import java.util.List;

/**
 * Everything that a monitor is asked, always in the same words. Who is monitored is no question
 * here.
 */
enum Question {
  /** Who are you, and what are you doing; one answer. */
  SYSTEM(1001, ObjectClass.SYSTEM, 0, false),
  /** Numbers, each second for a minute. */
  NUMERICS(1003, ObjectClass.NUMERICS, 0, true),
  /** Which waves are exported; one answer. */
  WAVE_LIST(1004, 0, 0, false),
  /** Waves, each 256 ms for a minute. */
  WAVES(1006, ObjectClass.WAVES, 0, true),
  /** Alarms, each second for a minute. */
  ALARMS(1007, ObjectClass.ALARMS, 0x0801, true);

  /** How long answers come by themselves. */
  private static final Duration STREAM = Duration.ofMinutes(1);

  private final int invokeId;
  private final int objectClass;
  private final int group;
  private final boolean isStream;

  Question(int invokeId, int objectClass, int group, boolean isStream) {
    this.invokeId = invokeId;
    this.objectClass = objectClass;
    this.group = group;
    this.isStream = isStream;
  }

  Pdu request() {
    if (this == WAVE_LIST) {
      return new Pdu.GetRequest(invokeId, List.of(AttributeId.WAVE_PRIORITY));
    }
    return new Pdu.PollRequest(
        invokeId, new Pdu.Polled(0, objectClass, group), isStream ? Ticks.of(STREAM) : null);
  }

  /** Whether its answers come by themselves, so that it must be renewed. */
  boolean isStream() {
    return isStream;
  }

  boolean isAnsweredBy(Pdu.PollResult result) {
    return this != WAVE_LIST && result.polled().objectClass() == objectClass;
  }
}
