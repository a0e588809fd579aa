package io.medtwin.twin.state;

import io.medtwin.spi.Alert;
import io.medtwin.spi.Identity;
import io.medtwin.twin.normalizer.Finding.AlertChange;
import io.medtwin.twin.normalizer.Finding.Observation;
import io.medtwin.twin.normalizer.Finding.Unmapped;
import io.medtwin.twin.normalizer.Finding.Wave;
import io.medtwin.twin.normalizer.Finding.WaveStopped;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.profile.Profile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything known of one device now. Immutable: each change gives the next twin; what did not
 * change is shared, so that a reading costs one small array.
 */
public final class Twin {

  /** Most unmapped parameters kept; further ones are counted only. */
  public static final int MAX_UNMAPPED = 64;

  /** Most alerts present at a time; further ones are told as they come, but not kept. */
  public static final int MAX_ALERTS = 100;

  private static final long CLOCK_TOLERANCE_MILLIS = 1_000;

  private static final Duration UNMAPPED_REFRESH = Duration.ofSeconds(15);

  private final Profile profile;
  private final @Nullable Property[] properties;
  private final @Nullable Wave[] waves;
  private final Map<String, Unmapped> unmapped;
  private final Map<String, ActiveAlert> alerts;
  private final Map<Identity.Attribute, String> identity;
  private final LinkState link;

  private Twin(
      Profile profile,
      @Nullable Property[] properties,
      @Nullable Wave[] waves,
      Map<String, Unmapped> unmapped,
      Map<String, ActiveAlert> alerts,
      Map<Identity.Attribute, String> identity,
      LinkState link) {
    this.profile = profile;
    this.properties = properties;
    this.waves = waves;
    this.unmapped = unmapped;
    this.alerts = alerts;
    this.identity = identity;
    this.link = link;
  }

  /** The twin of a device that has not said anything yet. */
  public static Twin unheard(Profile profile, Instant now) {
    int count = profile.metrics().size();
    return new Twin(
        profile,
        new Property[count],
        new Wave[count],
        Map.of(),
        Map.of(),
        Map.of(),
        new LinkState(LinkState.Status.OFFLINE, now, "not heard yet"));
  }

  /**
   * A twin of its parts, as it was saved; no wave runs.
   *
   * @param properties by index of the metric
   */
  public static Twin of(
      Profile profile,
      @Nullable Property[] properties,
      Map<String, Unmapped> unmapped,
      Map<String, ActiveAlert> alerts,
      Map<Identity.Attribute, String> identity,
      LinkState link) {
    return new Twin(
        profile,
        properties.clone(),
        new Wave[properties.length],
        Collections.unmodifiableMap(new LinkedHashMap<>(unmapped)),
        Collections.unmodifiableMap(new LinkedHashMap<>(alerts)),
        Map.copyOf(identity),
        link);
  }

  /** The dictionary in force. */
  public Profile profile() {
    return profile;
  }

  /** The latest value of a metric, where there is one. */
  public Optional<Property> property(Metric metric) {
    return Optional.ofNullable(properties[metric.index()]);
  }

  /** The latest stretch of a wave, where there is one. */
  public Optional<Wave> wave(Metric metric) {
    return Optional.ofNullable(waves[metric.index()]);
  }

  /** Parameters without a place in the profile, by name. */
  public Map<String, Unmapped> unmapped() {
    return unmapped;
  }

  /** Alerts that are present, by occurrence, oldest first. */
  public Map<String, ActiveAlert> alerts() {
    return alerts;
  }

  /** What the device told of itself. */
  public Map<Identity.Attribute, String> identity() {
    return identity;
  }

  /** Whether the device is heard. */
  public LinkState link() {
    return link;
  }

  /**
   * The twin after an observation. One that is older than what is there, by the device's own time,
   * changes nothing: late data do not turn back time. One that is only stamped on arrival is newer
   * than those before it, whatever somebody did to the gateway's clock; and so is one that came
   * before what is there, since it is handed over after that: then the clock was set back.
   */
  public Twin with(Observation observation, Instant receivedAt) {
    var next = Property.of(observation, receivedAt);
    var before = properties[observation.metric().index()];
    boolean byItsOwnTime = !next.observedAt().equals(receivedAt);
    boolean isOlder =
        before != null
            && byItsOwnTime
            && next.observedAt().isBefore(before.observedAt())
            && !receivedAt.isBefore(before.receivedAt());
    if (isOlder) {
      return this;
    }
    return withProperty(observation.metric().index(), next);
  }

  /** The twin after a stretch of waveform. */
  public Twin with(Wave wave) {
    var next = waves.clone();
    next[wave.metric().index()] = wave;
    return new Twin(profile, properties, next, unmapped, alerts, identity, link);
  }

  /** The twin without a wave that the device stopped sending. */
  public Twin with(WaveStopped stopped) {
    int index = stopped.metric().index();
    if (waves[index] == null) {
      return this;
    }
    var next = waves.clone();
    next[index] = null;
    return new Twin(profile, properties, next, unmapped, alerts, identity, link);
  }

  /**
   * The twin after an unmapped parameter; the same twin if it says what it said a moment ago, or if
   * there are {@link #MAX_UNMAPPED} others already.
   */
  public Twin with(Unmapped parameter) {
    var before = unmapped.get(parameter.parameter());
    boolean full = before == null && unmapped.size() >= MAX_UNMAPPED;
    if (full || (before != null && isRepetition(before, parameter))) {
      return this;
    }
    var next = new LinkedHashMap<>(unmapped);
    next.put(parameter.parameter(), parameter);
    return new Twin(
        profile, properties, waves, Collections.unmodifiableMap(next), alerts, identity, link);
  }

  /**
   * The twin after a word about an alert. An alert whose start was missed is there from its first
   * word.
   */
  public Twin with(AlertChange change) {
    var occurrence = change.alert().occurrence();
    var before = alerts.get(occurrence);
    var next = new LinkedHashMap<>(alerts);
    if (change.alert().phase() == Alert.Phase.END) {
      if (next.remove(occurrence) == null) {
        return this;
      }
    } else if (before != null) {
      next.put(occurrence, before.with(change));
    } else if (next.size() < MAX_ALERTS) {
      next.put(occurrence, new ActiveAlert(change, change.observedAt()));
    } else {
      return this;
    }
    return new Twin(
        profile, properties, waves, unmapped, Collections.unmodifiableMap(next), identity, link);
  }

  /** The twin after the device said who it is; facts add up, the newest word on each counts. */
  public Twin with(Identity said) {
    var next = new EnumMap<Identity.Attribute, String>(Identity.Attribute.class);
    next.putAll(identity);
    next.putAll(said.attributes());
    return next.equals(identity)
        ? this
        : new Twin(
            profile, properties, waves, unmapped, alerts, Collections.unmodifiableMap(next), link);
  }

  /** The twin with another link state; losing the link makes everything under it stale, at once. */
  public Twin with(LinkState next) {
    var after = new Twin(profile, properties, waves, unmapped, alerts, identity, next);
    return next.status() == LinkState.Status.OFFLINE ? after.allStale() : after;
  }

  private Twin allStale() {
    var next = properties.clone();
    for (int i = 0; i < next.length; i++) {
      var property = next[i];
      if (property != null && !property.stale()) {
        next[i] = property.asStale();
      }
    }
    return new Twin(profile, next, new Wave[waves.length], unmapped, alerts, identity, link);
  }

  /**
   * The twin in which every value that was not refreshed in time is stale; the same twin if none is
   * due. A value that came in the future, since the gateway's clock was set back, counts from now.
   */
  public Twin agedTo(Instant now) {
    @Nullable Property @Nullable [] next = null;
    long millis = now.toEpochMilli();
    for (int i = 0; i < properties.length; i++) {
      var property = properties[i];
      long limit = profile.staleAfterMillis(i);
      if (property == null || limit == Profile.NEVER || property.stale()) {
        continue;
      }
      long age = millis - property.receivedAt().toEpochMilli();
      if (age > limit || age < -CLOCK_TOLERANCE_MILLIS) {
        next = next == null ? properties.clone() : next;
        next[i] = age > limit ? property.asStale() : property.receivedAt(now);
      }
    }
    return next == null ? this : new Twin(profile, next, waves, unmapped, alerts, identity, link);
  }

  /** Metrics whose property differs from that of an earlier twin. */
  public List<Metric> changedSince(Twin earlier) {
    if (properties == earlier.properties) {
      return List.of();
    }
    var changed = new ArrayList<Metric>();
    for (Metric metric : profile.metrics()) {
      if (properties[metric.index()] != earlier.properties[metric.index()]) {
        changed.add(metric);
      }
    }
    return changed;
  }

  /** Whether there are values that come at a pace, and all of them are in time. */
  public boolean isFresh() {
    return paced(false) > 0 && paced(true) == 0;
  }

  /** Whether every value the device ever sent at a pace is too old. */
  public boolean isSilent() {
    return paced(true) > 0 && paced(false) == 0;
  }

  private int paced(boolean stale) {
    int count = 0;
    for (int i = 0; i < properties.length; i++) {
      var property = properties[i];
      if (property != null && property.stale() == stale && profile.isPace(i)) {
        count++;
      }
    }
    return count;
  }

  private static boolean isRepetition(Unmapped before, Unmapped now) {
    return before.value().equals(now.value())
        && now.observedAt().isBefore(before.observedAt().plus(UNMAPPED_REFRESH));
  }

  private Twin withProperty(int index, Property property) {
    var next = properties.clone();
    next[index] = property;
    return new Twin(profile, next, waves, unmapped, alerts, identity, link);
  }
}
