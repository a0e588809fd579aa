package io.medtwin.driver.philipsintellivue.wire;

import static io.medtwin.driver.philipsintellivue.wire.Layout.u16;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * How the alarm system as a whole is: attribute {@link AttributeId#ALERT_CONDITION}.
 *
 * @param state 8000h inhibited, 4000h suspended, 0400h test, 0200h standby, 0100h demonstration
 * @param changes counts changes
 * @param highestPatient type of the most urgent alarm about the patient, see {@link AlarmEntry}
 * @param highestTechnical type of the most urgent technical alarm
 * @param audible type of the alarm that sounds
 */
public record AlertCondition(
    int state, int changes, int highestPatient, int highestTechnical, int audible) {

  /** All alarms are switched off. */
  public static final int INHIBITED = 0x8000;

  /** All alarms pause. */
  public static final int SUSPENDED = 0x4000;

  /** The monitor tests itself. */
  public static final int TEST = 0x0400;

  /** The monitor demonstrates. */
  public static final int DEMO = 0x0100;

  /** The condition of an attribute; empty where it has another length. */
  public static Optional<AlertCondition> parse(ByteBuffer value) {
    return Layout.whole(
        value,
        bytes -> new AlertCondition(u16(bytes), u16(bytes), u16(bytes), u16(bytes), u16(bytes)));
  }

  /** As an attribute. */
  public Attribute toAttribute() {
    return Attribute.of(
        AttributeId.ALERT_CONDITION,
        new WireWriter()
            .u16(state)
            .u16(changes)
            .u16(highestPatient)
            .u16(highestTechnical)
            .u16(audible)
            .toBytes());
  }
}
