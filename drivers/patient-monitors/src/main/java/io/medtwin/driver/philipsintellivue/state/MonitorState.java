package io.medtwin.driver.philipsintellivue.state;

import io.medtwin.driver.philipsintellivue.wire.Attribute;
import io.medtwin.driver.philipsintellivue.wire.Attributes;
import io.medtwin.driver.philipsintellivue.wire.ObjectClass;
import io.medtwin.driver.philipsintellivue.wire.Pdu.PollResult;
import io.medtwin.driver.philipsintellivue.wire.SystemFacts;
import io.medtwin.spi.Report;
import java.util.ArrayList;
import java.util.List;

/**
 * All that a session remembers of a monitor. Immutable; every step gives the next one. Who is
 * monitored is neither remembered nor told, even where a monitor would say it unasked.
 */
public final class MonitorState {

  private static final String PATIENT = "demographics, which nobody asked for";
  private static final String UNKNOWN_CLASS = "answer of another class";
  private static final String INCOMPLETE = "part of a linked answer missing";

  private final Linking linking;
  private final MonitorClock clock;
  private final SystemState system;
  private final NumericsState numerics;
  private final WavesState waves;
  private final AlarmsState alarms;

  /**
   * What was not understood.
   *
   * @param why one of few, constant texts
   * @param bytes how many, 0 where that says nothing
   */
  public record Unread(String why, int bytes) {}

  /**
   * A step.
   *
   * @param next state afterwards
   * @param reports what to tell, in order
   * @param unread what was not understood
   */
  public record Step(MonitorState next, List<Report> reports, List<Unread> unread) {
    public Step {
      reports = List.copyOf(reports);
      unread = List.copyOf(unread);
    }

    /** Whether waves came whose description is not known: it must be asked for again. */
    public boolean lacksDescriptions() {
      return unread.stream().anyMatch(one -> one.why().equals(WavesState.UNDESCRIBED));
    }
  }

  private MonitorState(
      Linking linking,
      MonitorClock clock,
      SystemState system,
      NumericsState numerics,
      WavesState waves,
      AlarmsState alarms) {
    this.linking = linking;
    this.clock = clock;
    this.system = system;
    this.numerics = numerics;
    this.waves = waves;
    this.alarms = alarms;
  }

  /** Nothing heard yet. */
  public static MonitorState unknown() {
    return new MonitorState(
        Linking.none(),
        MonitorClock.unknown(),
        SystemState.unknown(),
        NumericsState.none(),
        WavesState.none(),
        AlarmsState.none());
  }

  /**
   * After what a monitor tells of itself.
   *
   * @param ticks its counter
   */
  public Step with(SystemFacts facts, long ticks) {
    var told = new Told();
    var next = system.with(facts, ticks, told);
    return new Step(
        new MonitorState(linking, clock.with(facts), next, numerics, waves, alarms),
        told.reports(),
        told.unread());
  }

  /** After an answer to a poll, which may be one of several that belong together. */
  public Step with(PollResult result) {
    var told = new Told();
    var step = linking.with(result);
    if (step.isLost()) {
      told.unread(INCOMPLETE, 0);
    }
    var whole = step.whole();
    var next =
        whole == null
            ? new MonitorState(step.next(), clock, system, numerics, waves, alarms)
            : whole(step.next(), whole, told);
    return new Step(next, told.reports(), told.unread());
  }

  private MonitorState whole(Linking linked, PollResult result, Told told) {
    return switch (result.polled().objectClass()) {
      case ObjectClass.NUMERICS ->
          new MonitorState(
              linked, clock, system, numerics.with(result, clock, told), waves, alarms);
      case ObjectClass.WAVES ->
          new MonitorState(linked, clock, system, numerics, waves.with(result, told), alarms);
      case ObjectClass.ALARMS ->
          new MonitorState(linked, clock, system, numerics, waves, alarms.with(result, told));
      case ObjectClass.SYSTEM -> system(linked, result, told);
      default -> {
        boolean isPatient = result.polled().objectClass() == ObjectClass.DEMOGRAPHICS;
        told.unread(isPatient ? PATIENT : UNKNOWN_CLASS, 0);
        yield new MonitorState(linked, clock, system, numerics, waves, alarms);
      }
    };
  }

  private MonitorState system(Linking linked, PollResult result, Told told) {
    var all = new ArrayList<Attribute>();
    result.observations().forEach(one -> all.addAll(one.attributes().list()));
    var facts = SystemFacts.of(new Attributes(all));
    return new MonitorState(
        linked,
        clock.with(facts),
        system.with(facts, result.ticks(), told),
        numerics,
        waves,
        alarms);
  }
}
