package io.medtwin.simulator.pump;

import io.medtwin.driver.bbraunbcc.Quadruple;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** What a ComDevice tells of itself and of its pumps, as BCC 3.30 has it. */
final class RackWords {
  private static final int NANOLITRES_DIGITS = 6; // 1 ml = 10^6 nl
  private static final int ALARM_PRESSURE = 300; // mmHg
  private static final long NO_END_KNOWN = 65_535;
  private static final int PRESSURE_BIT = 10;
  private static final int SYRINGE_EMPTY_BIT = 9;
  private static final int STOP = 1;
  private static final int RUN = 2;
  private static final int ALARM = 4;
  private static final int PRE_ALARM = 32;

  private RackWords() {}

  /** The ComDevice itself. */
  static List<Quadruple> system(RackState rack) {
    var words = new Speaker(rack, Quadruple.SYSTEM);
    words.say("FMNOR", "1");
    words.say("FMSTAT", "00051");
    words.say("FMRT", "FMS1NSNS");
    words.say("FMRSTAT", "00051");
    return words.said;
  }

  /** An error, of the ComDevice or of one slot. */
  static Quadruple error(RackState rack, String address, int code) {
    return new Quadruple(rack.elapsed().toSeconds(), address, "GNERR", "%05d".formatted(code));
  }

  /** One pump. */
  static List<Quadruple> pump(RackState rack, String address, RackState.Slot slot) {
    var infusion = slot.infusion();
    var alarm = infusion.alarm();
    boolean occluded = alarm == Infusion.Alarm.AL_OCCLU;
    boolean empty = alarm == Infusion.Alarm.AL_EOIST;
    boolean nearEnd = alarm == Infusion.Alarm.AL_NEOIN;
    var words = new Speaker(rack, address);
    words.say("GNNEW", "688F030006");
    words.say("INSERNUM", slot.sheet().serial());
    words.say("INRT", infusion.running() ? amount(infusion.rateNanolitresPerHour()) : "0.00");
    words.say("INSOL", slot.sheet().drug());
    words.say("INVOLACT", amount(infusion.remaining()));
    words.say("INRMT", infusion.running() ? secondsLeft(infusion) : "0");
    words.say("INVI", amount(infusion.infused()));
    words.say("INSYR", Integer.toString(slot.sheet().syringeMillilitres()));
    words.say("INP2", Integer.toString(infusion.pressure() * 100 / ALARM_PRESSURE));
    words.say("DSSTATUS", "00051");
    words.say("INM1", flag(!infusion.running()));
    words.say("INM3", flag(infusion.running()));
    words.say("INM4", "_NV");
    words.say("INM8", "1");
    words.say("INA2", flag(empty));
    words.say("INA3", flag(occluded));
    words.say("INA12", flag(nearEnd));
    words.say("INA15", "0");
    words.say(
        "RUNSTATE",
        Integer.toString(
            (infusion.running() ? RUN : STOP)
                | (occluded || empty ? ALARM : 0)
                | (nearEnd ? PRE_ALARM : 0)));
    words.say(
        "ALARM1",
        Long.toString((occluded ? 1L << PRESSURE_BIT : 0) | (empty ? 1L << SYRINGE_EMPTY_BIT : 0)));
    return words.said;
  }

  private static String secondsLeft(Infusion infusion) {
    return Long.toString(Math.min(NO_END_KNOWN, infusion.timeRemaining().toSeconds()));
  }

  private static String amount(long nanolitres) {
    return BigDecimal.valueOf(nanolitres, NANOLITRES_DIGITS)
        .setScale(2, RoundingMode.DOWN)
        .toPlainString();
  }

  private static String flag(boolean isOn) {
    return isOn ? "1" : "0";
  }

  /** Says things at one time of one address. */
  private static final class Speaker {
    private final RackState rack;
    private final String address;
    private final List<Quadruple> said = new ArrayList<>();

    Speaker(RackState rack, String address) {
      this.rack = rack;
      this.address = address;
    }

    void say(String parameter, String value) {
      said.add(new Quadruple(rack.elapsed().toSeconds(), address, parameter, value));
    }
  }
}
