package io.medtwin.twin.profile;

import io.medtwin.spi.Alert;
import io.medtwin.twin.document.Place;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One device model: which driver speaks to it, and where each of its readings belongs. Immutable,
 * shared by all devices of the model.
 */
public final class Profile {

  /** Milliseconds that never pass. */
  public static final long NEVER = Long.MAX_VALUE;

  private final String id;
  private final String version;
  private final Model model;
  private final String driver;
  private final Map<String, String> settings;
  private final Map<String, String> linkDefaults;
  private final Map<String, String> units;
  private final List<Metric> metrics;
  private final Map<String, AlertTerm> alerts;
  private final Map<String, EventTerm> events;
  private final Set<String> withheld;
  private final Paper paper;
  private final List<Variant> variants;
  private final Map<String, Metric> byParameter = new HashMap<>();
  private final Map<String, Metric> byPlace = new HashMap<>();
  private final SortedMap<String, String> meanings;
  private final long[] staleAfterMillis;
  private final boolean[] pace;

  /**
   * What kind of device this is.
   *
   * @param manufacturer as on the type plate
   * @param name model name as on the type plate
   * @param deviceClass class used in namespaces and policies, {@code infusion-pump}
   * @param mdc IEEE 11073-10101 code of the device class, 0 where none is known
   */
  public record Model(String manufacturer, String name, String deviceClass, int mdc) {}

  /**
   * What a device's own alert code means.
   *
   * @param event IEEE 11073-10101 event code, 0 where no safe mapping is known
   * @param text short text for people
   * @param priority priority of IEC 60601-1-8 where the manual states one and the device sends
   *     none; {@link Alert.Priority#UNKNOWN} where it does not
   * @param delay how long the device itself waits before it raises it, where the manual says so
   */
  public record AlertTerm(
      int event, String text, Alert.Priority priority, Optional<Duration> delay) {}

  /**
   * What a device's own event code means.
   *
   * @param event IEEE 11073-10101 event code, 0 where no safe mapping is known
   * @param text short text for people
   */
  public record EventTerm(int event, String text) {}

  /**
   * What only people and builds read.
   *
   * @param description which devices this is for
   * @param sources where the facts come from
   * @param base profile it is based on, where there is one
   * @param examples readings and what becomes of them
   * @param places where in its file something stands: {@code driver}, {@code settings/fields},
   *     {@code spo2/saturation}, {@code spo2/saturation/unit}, {@code alerts/AL_OCCLU}
   */
  public record Paper(
      String description,
      List<String> sources,
      Optional<String> base,
      List<Example> examples,
      Map<String, Place> places) {

    /** Where it stands, or the nearest thing around it. */
    public Place place(String what) {
      var place = places.get(what);
      int slash = what.lastIndexOf('/');
      return place != null
          ? place
          : slash > 0 ? place(what.substring(0, slash)) : places.getOrDefault("", NOWHERE);
    }

    private static final Place NOWHERE = new Place("", 0);
  }

  /**
   * The same model with another firmware.
   *
   * @param firmware beginning of the firmware's name, as the device tells it
   * @param profile what is in force for it; of the same id and version
   */
  public record Variant(String firmware, Profile profile) {}

  Profile(
      String id,
      String version,
      Model model,
      String driver,
      Map<String, String> settings,
      Map<String, String> linkDefaults,
      Map<String, String> units,
      List<Metric> metrics,
      Map<String, AlertTerm> alerts,
      Map<String, EventTerm> events,
      Set<String> withheld,
      Paper paper,
      List<Variant> variants) {
    this.id = id;
    this.version = version;
    this.model = model;
    this.driver = driver;
    this.settings = Map.copyOf(settings);
    this.linkDefaults = Map.copyOf(linkDefaults);
    this.units = Map.copyOf(units);
    this.metrics = List.copyOf(metrics);
    this.alerts = Map.copyOf(alerts);
    this.events = Map.copyOf(events);
    this.withheld = Set.copyOf(withheld);
    this.paper = paper;
    this.variants = List.copyOf(variants);
    metrics.forEach(metric -> byParameter.put(metric.parameter(), metric));
    var all = new TreeMap<String, String>();
    for (Metric metric : metrics) {
      byPlace.put(metric.place(), metric);
      all.put(metric.place(), metric.meaning());
    }
    this.meanings = Collections.unmodifiableSortedMap(all);
    this.staleAfterMillis =
        metrics.stream()
            .mapToLong(metric -> metric.staleAfter().map(Duration::toMillis).orElse(NEVER))
            .toArray();
    boolean stated = metrics.stream().anyMatch(metric -> metric.period() != null);
    this.pace = new boolean[metrics.size()];
    for (int i = 0; i < pace.length; i++) {
      pace[i] = stated ? metrics.get(i).period() != null : staleAfterMillis[i] != NEVER;
    }
  }

  /** Name of the profile, which is also the name of its file. */
  public String id() {
    return id;
  }

  /** {@code major.minor.patch}. */
  public String version() {
    return version;
  }

  /** Kind of device. */
  public Model model() {
    return model;
  }

  /** Id of the driver. */
  public String driver() {
    return driver;
  }

  /** Settings of the driver for this model, as text; a device's own settings come on top. */
  public Map<String, String> settings() {
    return settings;
  }

  /** Link parameters this model usually needs, by link kind: {@code serial -> 38400 8N1}. */
  public Map<String, String> linkDefaults() {
    return linkDefaults;
  }

  /**
   * UCUM spelling of the units this model writes otherwise; a unit that is not listed is UCUM
   * already.
   */
  public String ucum(String wireUnit) {
    return units.getOrDefault(wireUnit, wireUnit);
  }

  /** All metrics; the one at position {@code i} has {@link Metric#index} {@code i}. */
  public List<Metric> metrics() {
    return metrics;
  }

  /**
   * How long after its last word the value of a metric is stale, in milliseconds; {@link #NEVER}
   * where nothing is expected. The same as {@link Metric#staleAfter}, for those who ask often.
   */
  public long staleAfterMillis(int index) {
    return staleAfterMillis[index];
  }

  /**
   * Whether the device is heard by this metric: its profile states a period. Where a profile states
   * none at all, those that count for a time by the device's class stand in.
   */
  public boolean isPace(int index) {
    return pace[index];
  }

  /** The metric a driver's parameter stands for, or null: unknown stays visible elsewhere. */
  public @Nullable Metric metric(String parameter) {
    return byParameter.get(parameter);
  }

  /** The metric at a place of the twin, {@code channel/name}, or null. */
  public @Nullable Metric at(String place) {
    return byPlace.get(place);
  }

  /** What a device's alert code means, where it is known. */
  public Optional<AlertTerm> alert(String code) {
    return Optional.ofNullable(alerts.get(code));
  }

  /** What a device's event code means, where it is known. */
  public Optional<EventTerm> event(String code) {
    return Optional.ofNullable(events.get(code));
  }

  /** Every alert code it knows. */
  public Map<String, AlertTerm> alerts() {
    return alerts;
  }

  /** Every event code it knows. */
  public Map<String, EventTerm> events() {
    return events;
  }

  /** Parameters it keeps out of the twin. */
  public Set<String> withheld() {
    return withheld;
  }

  /** UCUM spelling of each unit this model writes otherwise. */
  public Map<String, String> units() {
    return units;
  }

  /** What only people and builds read. */
  public Paper paper() {
    return paper;
  }

  /** The same model with other firmware; empty where all firmware speaks alike. */
  public List<Variant> variants() {
    return variants;
  }

  /**
   * What is in force for a device that says it has this firmware: the variant whose beginning fits
   * longest, else this profile.
   */
  public Profile forFirmware(String firmware) {
    return variants.stream()
        .filter(variant -> firmware.startsWith(variant.firmware()))
        .max(Comparator.comparingInt(variant -> variant.firmware().length()))
        .map(Variant::profile)
        .orElse(this);
  }

  /** The meaning of the value at each place, to be compared with that of another profile. */
  public Map<String, String> meanings() {
    return meanings;
  }

  /**
   * Whether a parameter is known and kept out of the twin on purpose: it could tell of a person or
   * of a therapy order (a drug name, a user number).
   */
  public boolean isWithheld(String parameter) {
    return withheld.contains(parameter);
  }

  @Override
  public String toString() {
    return id + " " + version;
  }
}
