package io.medtwin.simulator.pump;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * State of a syringe pump at one moment. Volumes in nanolitres and times in milliseconds are whole
 * numbers, so nothing is lost: {@code infused + remaining} is what the syringe held at first, and
 * what has run in does not depend on how often anybody looked. Immutable; each event gives the next
 * state.
 *
 * @param rateNanolitresPerHour rate set on the pump, more than 0
 * @param filledNanolitres what the syringe held at first
 * @param infusedBefore what had run in when the present run began, nanolitres
 * @param runBegan when the present run began, ms of scenario time
 * @param running whether it delivers
 * @param occludedSince when the line was blocked, ms of scenario time; null for an open line
 * @param logNumber number of the last entry in its log
 * @param nowMillis ms of scenario time that this state is of
 */
record Infusion(
    long rateNanolitresPerHour,
    long filledNanolitres,
    long infusedBefore,
    long runBegan,
    boolean running,
    @Nullable Long occludedSince,
    long logNumber,
    long nowMillis) {

  /** The alarms this pump knows, worst first. */
  enum Alarm {
    AL_OCCLU,
    /** End of infusion, stopped. */
    AL_EOIST,
    /** Near end of infusion. */
    AL_NEOIN,
    AL_NOALM
  }

  private static final long MILLIS_PER_HOUR = 3_600_000;
  private static final long NEAR_END_MILLIS = 5 * 60_000;
  private static final int RESTING_PRESSURE = 42; // mmHg
  private static final int ALARM_PRESSURE = 300; // mmHg
  private static final int PRESSURE_RISE_PER_SECOND = 40; // mmHg, line blocked, pump running

  Infusion {
    if (rateNanolitresPerHour <= 0 || filledNanolitres <= 0) {
      throw new IllegalArgumentException("a pump has a rate and a filled syringe");
    }
  }

  /** A pump that starts to deliver a full syringe as the scenario begins. */
  static Infusion started(double millilitresPerHour, double millilitres) {
    return new Infusion(
        Math.round(millilitresPerHour * 1e6),
        Math.round(millilitres * 1e6),
        0,
        0,
        true,
        null,
        1,
        0);
  }

  /** The state at a later moment; an earlier one changes nothing. */
  Infusion at(Duration elapsed) {
    long now = Math.max(nowMillis, elapsed.toMillis());
    var later = atMillis(now);
    if (running && later.pressure() >= ALARM_PRESSURE) {
      var blocked = atMillis(pressureReachesAlarmAt());
      return blocked.halted().atMillis(now);
    }
    if (running && later.remaining() == 0) {
      return later.halted();
    }
    return later;
  }

  /** Blocks the line: pressure rises until the pump stops and alarms. */
  Infusion occlude() {
    return occludedSince != null
        ? this
        : new Infusion(
            rateNanolitresPerHour,
            filledNanolitres,
            infusedBefore,
            runBegan,
            running,
            nowMillis,
            logNumber,
            nowMillis);
  }

  /** Opens the line, and somebody starts the pump again if there is anything to deliver. */
  Infusion release() {
    return new Infusion(
        rateNanolitresPerHour,
        filledNanolitres,
        infused(),
        nowMillis,
        remaining() > 0,
        null,
        running ? logNumber : logNumber + 1,
        nowMillis);
  }

  /** Somebody fits a full syringe, clears the volume infused and starts the pump. */
  Infusion refill() {
    return new Infusion(
        rateNanolitresPerHour,
        filledNanolitres,
        0,
        nowMillis,
        true,
        null,
        logNumber + 2,
        nowMillis);
  }

  /** What has run in, nanolitres. */
  long infused() {
    if (!running) {
      return infusedBefore;
    }
    long ran = Math.multiplyExact(rateNanolitresPerHour, nowMillis - runBegan) / MILLIS_PER_HOUR;
    return Math.min(filledNanolitres, infusedBefore + ran);
  }

  /** What is left in the syringe, nanolitres. */
  long remaining() {
    return filledNanolitres - infused();
  }

  /** Time until empty at the set rate. */
  Duration timeRemaining() {
    return Duration.ofMillis(remaining() * MILLIS_PER_HOUR / rateNanolitresPerHour);
  }

  /** Pressure in the line, mmHg. */
  int pressure() {
    if (occludedSince == null) {
      return RESTING_PRESSURE;
    }
    long until = running ? nowMillis : Math.min(nowMillis, pressureReachesAlarmAt());
    long rise = (until - occludedSince) * PRESSURE_RISE_PER_SECOND / 1000;
    return (int) Math.min(ALARM_PRESSURE, RESTING_PRESSURE + rise);
  }

  /** The worst alarm of the moment. */
  Alarm alarm() {
    if (pressure() >= ALARM_PRESSURE) {
      return Alarm.AL_OCCLU;
    }
    if (remaining() == 0) {
      return Alarm.AL_EOIST;
    }
    return timeRemaining().toMillis() < NEAR_END_MILLIS ? Alarm.AL_NEOIN : Alarm.AL_NOALM;
  }

  private long pressureReachesAlarmAt() {
    if (occludedSince == null) {
      return Long.MAX_VALUE;
    }
    long rise = ALARM_PRESSURE - RESTING_PRESSURE;
    return occludedSince + Math.ceilDiv(rise * 1000, PRESSURE_RISE_PER_SECOND);
  }

  private Infusion atMillis(long now) {
    return new Infusion(
        rateNanolitresPerHour,
        filledNanolitres,
        infusedBefore,
        runBegan,
        running,
        occludedSince,
        logNumber,
        now);
  }

  private Infusion halted() {
    return new Infusion(
        rateNanolitresPerHour,
        filledNanolitres,
        infused(),
        nowMillis,
        false,
        occludedSince,
        logNumber + 1,
        nowMillis);
  }
}
