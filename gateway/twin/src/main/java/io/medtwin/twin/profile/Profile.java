package io.medtwin.twin.profile;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final Set<String> withheld;
  private final Map<String, Metric> byParameter = new HashMap<>();
  private final long[] staleAfterMillis;

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
   */
  public record AlertTerm(int event, String text) {}

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
      Set<String> withheld) {
    this.id = id;
    this.version = version;
    this.model = model;
    this.driver = driver;
    this.settings = Map.copyOf(settings);
    this.linkDefaults = Map.copyOf(linkDefaults);
    this.units = Map.copyOf(units);
    this.metrics = List.copyOf(metrics);
    this.alerts = Map.copyOf(alerts);
    this.withheld = Set.copyOf(withheld);
    metrics.forEach(metric -> byParameter.put(metric.parameter(), metric));
    this.staleAfterMillis =
        metrics.stream()
            .mapToLong(metric -> metric.staleAfter().map(Duration::toMillis).orElse(NEVER))
            .toArray();
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

  /** The metric a driver's parameter stands for, or null: unknown stays visible elsewhere. */
  public @Nullable Metric metric(String parameter) {
    return byParameter.get(parameter);
  }

  /** What a device's alert code means, where it is known. */
  public Optional<AlertTerm> alert(String code) {
    return Optional.ofNullable(alerts.get(code));
  }

  /** What each known alert code of the device means. */
  public Map<String, AlertTerm> alerts() {
    return alerts;
  }

  /** Parameters that are known and kept out of the twin on purpose. */
  public Set<String> withheld() {
    return withheld;
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
