package io.medtwin.driver.philipsintellivue.state;

import io.medtwin.driver.philipsintellivue.state.Sources.Source;
import io.medtwin.driver.philipsintellivue.wire.AttributeId;
import io.medtwin.driver.philipsintellivue.wire.MeasurementState;
import io.medtwin.driver.philipsintellivue.wire.NumericValue;
import io.medtwin.driver.philipsintellivue.wire.Observation;
import io.medtwin.driver.philipsintellivue.wire.Pdu.PollResult;
import io.medtwin.driver.philipsintellivue.wire.ValueTime;
import io.medtwin.driver.philipsintellivue.wire.WaveDescription;
import io.medtwin.spi.Absent;
import io.medtwin.spi.Absent.Reason;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Reading.Flag;
import io.medtwin.spi.Text;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a monitor. What is measured all the time is told with each answer; what was
 * measured once (a cuff's pressure, dated by the wall clock) when it is new, marked STORED, since
 * it is repeated for hours.
 *
 * @param objects what each object said last, by context and handle, in the order first listed
 * @param sources which object says which name
 * @param inAlarm names of values in alarm as last told, or null
 * @param inhibited names of values whose alarms are off as last told, or null
 */
record NumericsState(
    Map<Source, Last> objects,
    Sources sources,
    @Nullable String inAlarm,
    @Nullable String inhibited) {

  /** Most objects that are remembered; those beyond are not told. */
  static final int MOST_OBJECTS = 512;

  static final String IN_ALARM = "in-alarm";
  static final String INHIBITED = "alarms-off";

  private static final String NOT_UNDERSTOOD = "number not understood";
  private static final String TOO_MANY = "more objects than are remembered";
  private static final String NONE = "none";
  private static final String SET = "set-";

  /**
   * What an object said last.
   *
   * @param stamp when it was measured; null for what is measured all the time
   * @param values numbers, one or more
   * @param isGone whether it has none now
   */
  record Last(@Nullable LocalDateTime stamp, List<NumericValue> values, boolean isGone) {
    Last {
      values = List.copyOf(values);
    }
  }

  NumericsState {
    objects = Collections.unmodifiableMap(new LinkedHashMap<>(objects));
  }

  static NumericsState none() {
    return new NumericsState(Map.of(), Sources.none(), null, null);
  }

  NumericsState with(PollResult result, MonitorClock clock, Told told) {
    var next = new LinkedHashMap<>(objects);
    var names = named(result.observations(), sources);
    for (var observation : result.observations()) {
      var source = Source.of(observation);
      var last = next.get(source);
      if (last == null && next.size() >= MOST_OBJECTS) {
        told.unread(TOO_MANY, 0);
        continue;
      }
      var now = now(observation, last, told);
      if (now == null) {
        continue;
      }
      next.put(source, now);
      if (now.isGone() || now.stamp() == null || !now.equals(last)) {
        tell(now, source, names, result.ticks(), clock, told);
      }
    }
    return changes(next, names, told);
  }

  /**
   * Names in the order of handles, also of objects that have no number yet: so a second thermometer
   * is the second one, whichever is plugged in first.
   */
  private static Sources named(List<Observation> observations, Sources known) {
    var names = known;
    for (var observation : Sources.inOrder(observations)) {
      var source = Source.of(observation);
      var attributes = observation.attributes();
      var ids = new ArrayList<Integer>();
      WaveDescription.label(attributes).ifPresent(ids::add);
      var single = attributes.find(AttributeId.NUMERIC).flatMap(NumericValue::parse);
      single.ifPresent(value -> ids.add(value.physiologicalId()));
      var several = attributes.find(AttributeId.COMPOUND_NUMERIC);
      several
          .flatMap(NumericValue::parseCompound)
          .ifPresent(values -> values.forEach(value -> ids.add(value.physiologicalId())));
      boolean isSetting = WaveDescription.isSetting(attributes);
      for (int id : ids) {
        names = names.with(isSetting ? SET + Names.numeric(id) : base(id, source, names), source);
      }
    }
    return names;
  }

  /** A setting has the id of what it sets; only its label, which comes once, tells them apart. */
  private static String base(int physiologicalId, Source source, Sources names) {
    var measured = Names.numeric(physiologicalId);
    return names.has(SET + measured, source) ? SET + measured : measured;
  }

  private static String name(NumericValue value, Source source, Sources names) {
    return names.name(base(value.physiologicalId(), source, names), source);
  }

  /** What an object says now; null if it never said a number, or one that cannot be read. */
  private static @Nullable Last now(Observation observation, @Nullable Last last, Told told) {
    var values = new ArrayList<NumericValue>();
    var attributes = observation.attributes();
    read(
        attributes.find(AttributeId.NUMERIC),
        value -> NumericValue.parse(value).map(List::of),
        values,
        told);
    read(attributes.find(AttributeId.COMPOUND_NUMERIC), NumericValue::parseCompound, values, told);
    var stamp = ValueTime.of(attributes).orElse(last == null ? null : last.stamp());
    if (!values.isEmpty()) {
      return new Last(stamp, values, false);
    }
    boolean isUnread =
        attributes.has(AttributeId.NUMERIC) || attributes.has(AttributeId.COMPOUND_NUMERIC);
    return last == null || isUnread ? null : new Last(last.stamp(), last.values(), true);
  }

  private static void read(
      Optional<ByteBuffer> sent,
      Function<ByteBuffer, Optional<List<NumericValue>>> layout,
      List<NumericValue> values,
      Told told) {
    if (sent.isPresent()) {
      layout
          .apply(sent.get())
          .ifPresentOrElse(
              values::addAll, () -> told.unread(NOT_UNDERSTOOD, sent.get().remaining()));
    }
  }

  private static void tell(
      Last now, Source source, Sources names, long ticks, MonitorClock clock, Told told) {
    for (var value : now.values()) {
      var name = name(value, source, names);
      if (now.isGone()) {
        told.report(Reading.of(name, new Absent(Reason.NOT_AVAILABLE)).at(MonitorClock.at(ticks)));
        continue;
      }
      var reading = Reading.of(name, Quality.value(value)).with(Quality.flags(value.state()));
      told.report(
          now.stamp() == null
              ? reading.at(MonitorClock.at(ticks))
              : reading.with(Flag.STORED).at(clock.at(now.stamp())));
    }
  }

  private NumericsState changes(Map<Source, Last> next, Sources names, Told told) {
    var alarm = listed(next, names, MeasurementState.IN_ALARM);
    var off = listed(next, names, MeasurementState.ALARMS_INHIBITED);
    if (!alarm.equals(inAlarm)) {
      told.report(Reading.of(IN_ALARM, new Text(alarm)));
    }
    if (!off.equals(inhibited)) {
      told.report(Reading.of(INHIBITED, new Text(off)));
    }
    return new NumericsState(next, names, alarm, off);
  }

  private static String listed(Map<Source, Last> objects, Sources names, int bit) {
    var list =
        objects.entrySet().stream()
            .filter(object -> !object.getValue().isGone())
            .flatMap(
                object ->
                    object.getValue().values().stream()
                        .filter(value -> (value.state() & bit) != 0)
                        .map(value -> name(value, object.getKey(), names)))
            .collect(Collectors.joining(", "));
    return list.isEmpty() ? NONE : list;
  }
}
