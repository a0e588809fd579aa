package io.medtwin.driver.philipsintellivue.state;

import io.medtwin.driver.philipsintellivue.state.Sources.Source;
import io.medtwin.driver.philipsintellivue.wire.AttributeId;
import io.medtwin.driver.philipsintellivue.wire.Attributes;
import io.medtwin.driver.philipsintellivue.wire.Observation;
import io.medtwin.driver.philipsintellivue.wire.Pdu.PollResult;
import io.medtwin.driver.philipsintellivue.wire.SampleArray;
import io.medtwin.driver.philipsintellivue.wire.Ticks;
import io.medtwin.driver.philipsintellivue.wire.WaveDescription;
import io.medtwin.spi.Absent;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Samples;
import io.medtwin.spi.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The waves of a monitor. What a wave is made of (rate, scale, unit) comes once and is remembered,
 * by the object and by what it measures: all leads of an ECG are one object.
 *
 * @param descriptions what each wave is made of
 * @param next count at which its next stretch begins
 * @param sources which object says which name
 */
record WavesState(Map<Wave, WaveDescription> descriptions, Map<Wave, Long> next, Sources sources) {

  /** Most waves that are remembered; those beyond are not told. */
  static final int MOST_WAVES = 64;

  static final String UNDESCRIBED = "wave that was not described";

  private static final String NOT_UNDERSTOOD = "wave not understood";
  private static final String TOO_MANY = "more waves than are remembered";
  private static final String GAP = "part of a wave missing";

  /** One wave of an object. */
  record Wave(Source source, int physiologicalId) {}

  WavesState {
    descriptions = Map.copyOf(descriptions);
    next = Map.copyOf(next);
  }

  static WavesState none() {
    return new WavesState(Map.of(), Map.of(), Sources.none());
  }

  WavesState with(PollResult result, Told told) {
    var state = this;
    for (var observation : Sources.inOrder(result.observations())) {
      var stretches = stretches(observation.attributes(), told);
      state = state.described(observation, stretches, told);
      for (var stretch : stretches) {
        state = state.told(Source.of(observation), stretch, result.ticks(), told);
      }
    }
    return state;
  }

  private static List<SampleArray> stretches(Attributes attributes, Told told) {
    var all = new ArrayList<SampleArray>();
    var one = attributes.find(AttributeId.SAMPLES);
    one.ifPresent(
        sent ->
            SampleArray.parse(sent)
                .ifPresentOrElse(all::add, () -> told.unread(NOT_UNDERSTOOD, sent.remaining())));
    var several = attributes.find(AttributeId.COMPOUND_SAMPLES);
    several.ifPresent(
        sent ->
            SampleArray.parseCompound(sent)
                .ifPresentOrElse(all::addAll, () -> told.unread(NOT_UNDERSTOOD, sent.remaining())));
    return all;
  }

  /** With what an observation tells of the making of a wave, if it does. */
  private WavesState described(Observation observation, List<SampleArray> stretches, Told told) {
    if (!WaveDescription.isIn(observation.attributes())) {
      return this;
    }
    var wave = described(observation, stretches);
    var known = wave == null ? null : descriptions.get(wave);
    var description = WaveDescription.of(observation.attributes(), known);
    if (wave == null || description.isEmpty()) {
      told.unread(NOT_UNDERSTOOD, 0);
      return this;
    }
    if (known == null && descriptions.size() >= MOST_WAVES) {
      told.unread(TOO_MANY, 0);
      return this;
    }
    var all = new HashMap<>(descriptions);
    all.put(wave, description.get());
    return new WavesState(all, next, sources);
  }

  private @Nullable Wave described(Observation observation, List<SampleArray> stretches) {
    var source = Source.of(observation);
    var label = WaveDescription.label(observation.attributes());
    if (label.isPresent()) {
      return new Wave(source, label.getAsInt());
    }
    return stretches.size() == 1 ? new Wave(source, stretches.getFirst().physiologicalId()) : null;
  }

  private WavesState told(Source source, SampleArray stretch, long ticks, Told told) {
    var wave = new Wave(source, stretch.physiologicalId());
    var description = description(wave);
    int bytes = stretch.samples().remaining();
    if (description.isEmpty()) {
      told.unread(UNDESCRIBED, bytes);
      return this;
    }
    var counts = description.get().spec().counts(stretch.samples());
    if (counts.isEmpty()) {
      told.unread(NOT_UNDERSTOOD, bytes);
      return this;
    }
    var baseName = Names.wave(stretch.physiologicalId());
    var names = sources.with(baseName, source);
    told.report(
        Reading.of(
                names.name(baseName, source),
                value(stretch.state(), counts.get(), description.get()))
            .with(Quality.flags(stretch.state()))
            .at(MonitorClock.at(ticks)));
    long length = counts.get().length * description.get().periodTicks();
    var expected = next.get(wave);
    if (expected != null && Ticks.between(expected, ticks) > 0) {
      told.unread(GAP, 0);
    }
    var ends = new HashMap<>(next);
    ends.put(wave, Ticks.plus(ticks, length));
    return new WavesState(descriptions, ends, names);
  }

  /** Of this wave; or of its object, where that has one only. */
  private Optional<WaveDescription> description(Wave wave) {
    var own = descriptions.get(wave);
    if (own != null) {
      return Optional.of(own);
    }
    var ofObject =
        descriptions.entrySet().stream()
            .filter(known -> known.getKey().source().equals(wave.source()))
            .toList();
    boolean isEcg = wave.physiologicalId() < 0x1000; // leads of one object are made differently
    return ofObject.size() == 1 && !isEcg
        ? Optional.of(ofObject.getFirst().getValue())
        : Optional.empty();
  }

  private static Value value(int state, int[] counts, WaveDescription description) {
    Optional<Absent> absent = Quality.absent(state);
    if (absent.isPresent()) {
      return absent.get();
    }
    double rate = (double) Ticks.PER_SECOND / description.periodTicks();
    var scale = description.scale();
    return scale != null && scale.isKnown()
        ? Samples.of(counts, rate, scale.gain(), scale.offset(), Names.unit(description.unit()))
        : Samples.of(counts, rate, 1, 0, "1");
  }
}
