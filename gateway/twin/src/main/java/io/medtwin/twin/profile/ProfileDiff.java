package io.medtwin.twin.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What changed between two states of a profile, for people and for the rule of versions. */
public final class ProfileDiff {

  private final List<Change> changes = new ArrayList<>();

  private ProfileDiff() {}

  /** How a change meets a reader of the twin. */
  public enum Weight {
    /** What a reader relied on is no more, or means something else: a new major version. */
    BREAKING,
    /** There is more than before: a new minor version. */
    ADDING,
    /** The twin keeps its form: a new patch version. */
    INNER
  }

  /**
   * One change.
   *
   * @param weight how it meets a reader
   * @param text what, for people
   */
  public record Change(Weight weight, String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  /** All changes from one to the other; empty where they say the same. */
  public static List<Change> between(Profile before, Profile after) {
    var diff = new ProfileDiff();
    diff.field(Weight.BREAKING, "class", before.model().deviceClass(), after.model().deviceClass());
    diff.field(
        Weight.BREAKING,
        "manufacturer",
        before.model().manufacturer(),
        after.model().manufacturer());
    diff.field(Weight.BREAKING, "model", before.model().name(), after.model().name());
    diff.field(Weight.BREAKING, "mdc", before.model().mdc(), after.model().mdc());
    diff.field(Weight.INNER, "driver", before.driver(), after.driver());
    diff.map(Weight.INNER, "settings.", before.settings(), after.settings());
    diff.map(Weight.INNER, "link.", before.linkDefaults(), after.linkDefaults());
    diff.map(Weight.INNER, "units.", before.units(), after.units());
    diff.metrics(before, after);
    diff.alerts(before.alerts(), after.alerts());
    diff.events(before.events(), after.events());
    diff.field(
        Weight.INNER,
        "withheld",
        new TreeSet<>(before.withheld()),
        new TreeSet<>(after.withheld()));
    diff.field(
        Weight.INNER, "description", before.paper().description(), after.paper().description());
    diff.field(Weight.INNER, "sources", before.paper().sources(), after.paper().sources());
    diff.variants(before.variants(), after.variants());
    diff.field(Weight.INNER, "version", before.version(), after.version());
    return List.copyOf(diff.changes);
  }

  /**
   * Whether the version went up as far as the changes ask for: for breaking ones the major number,
   * for adding ones at least the minor one. The version itself is no change.
   *
   * @return what is missing, for people; empty where all is well
   */
  public static List<String> versionFaults(Profile before, Profile after) {
    var faults = new ArrayList<String>();
    int rise = rise(before.version(), after.version());
    for (Change change : between(before, after)) {
      if (change.text().startsWith("version ")) {
        continue;
      }
      int needed =
          switch (change.weight()) {
            case BREAKING -> 3;
            case ADDING -> 2;
            case INNER -> 1;
          };
      if (rise < needed) {
        faults.add(
            change.text()
                + ": needs a new "
                + List.of("patch", "minor", "major").get(needed - 1)
                + " version after "
                + before.version()
                + ", is "
                + after.version());
      }
    }
    return faults;
  }

  /** 3 where the major number went up, 2 the minor, 1 the patch, 0 for none. */
  private static int rise(String before, String after) {
    var old = before.split("\\.");
    var now = after.split("\\.");
    for (int i = 0; i < 3; i++) {
      int step = Integer.compare(Integer.parseInt(now[i]), Integer.parseInt(old[i]));
      if (step != 0) {
        return step > 0 ? 3 - i : 0;
      }
    }
    return 0;
  }

  private void metrics(Profile before, Profile after) {
    for (Metric old : before.metrics()) {
      var place = old.place();
      var now = after.at(place);
      if (now == null) {
        add(Weight.BREAKING, place + " is no more");
        continue;
      }
      field(Weight.BREAKING, place + " kind", old.kind(), now.kind());
      field(Weight.BREAKING, place + " code", old.code(), now.code());
      field(Weight.BREAKING, place + " unit", old.unit(), now.unit());
      map(Weight.BREAKING, place + " word ", old.words(), now.words());
      field(Weight.INNER, place + " from", old.parameter(), now.parameter());
      field(Weight.INNER, place + " sent", old.sent(), now.sent());
      field(Weight.INNER, place + " period", old.pace(), now.pace());
      field(Weight.INNER, place + " deadband", old.deadband(), now.deadband());
      field(Weight.INNER, place + " plausible", old.plausible(), now.plausible());
    }
    for (Metric metric : after.metrics()) {
      if (before.at(metric.place()) == null) {
        add(Weight.ADDING, metric.place() + " is new");
      }
    }
  }

  private void alerts(Map<String, Profile.AlertTerm> before, Map<String, Profile.AlertTerm> after) {
    new TreeMap<>(before)
        .forEach(
            (code, old) -> {
              var now = after.get(code);
              if (now == null) {
                add(Weight.BREAKING, "alert " + code + " is no more");
                return;
              }
              field(Weight.BREAKING, "alert " + code + " event", old.event(), now.event());
              field(Weight.BREAKING, "alert " + code + " priority", old.priority(), now.priority());
              field(Weight.INNER, "alert " + code + " text", old.text(), now.text());
              field(Weight.INNER, "alert " + code + " delay", old.delay(), now.delay());
            });
    new TreeSet<>(after.keySet())
        .stream()
            .filter(code -> !before.containsKey(code))
            .forEach(code -> add(Weight.ADDING, "alert " + code + " is new"));
  }

  private void events(Map<String, Profile.EventTerm> before, Map<String, Profile.EventTerm> after) {
    new TreeMap<>(before)
        .forEach(
            (code, old) -> {
              var now = after.get(code);
              if (now == null) {
                add(Weight.BREAKING, "event " + code + " is no more");
                return;
              }
              field(Weight.BREAKING, "event " + code + " event", old.event(), now.event());
              field(Weight.INNER, "event " + code + " text", old.text(), now.text());
            });
    new TreeSet<>(after.keySet())
        .stream()
            .filter(code -> !before.containsKey(code))
            .forEach(code -> add(Weight.ADDING, "event " + code + " is new"));
  }

  private void variants(List<Profile.Variant> before, List<Profile.Variant> after) {
    var now = new TreeMap<String, Profile>();
    after.forEach(variant -> now.put(variant.firmware(), variant.profile()));
    for (Profile.Variant old : before) {
      var other = now.remove(old.firmware());
      if (other == null) {
        add(Weight.BREAKING, "firmware " + old.firmware() + " has no variant any more");
      } else {
        for (Change change : between(old.profile(), other)) {
          if (!change.text().startsWith("version ")) {
            add(change.weight(), "firmware " + old.firmware() + ": " + change.text());
          }
        }
      }
    }
    now.keySet().forEach(name -> add(Weight.ADDING, "firmware " + name + " has a variant"));
  }

  private void map(
      Weight weight, String what, Map<String, String> before, Map<String, String> after) {
    var keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    for (String key : keys) {
      var old = before.get(key);
      var now = after.get(key);
      boolean isNew = old == null && weight == Weight.BREAKING;
      field(isNew ? Weight.ADDING : weight, what + key, old, now);
    }
  }

  private void field(Weight weight, String what, @Nullable Object before, @Nullable Object after) {
    if (!Objects.equals(before, after)) {
      add(weight, what + " " + shown(before) + " -> " + shown(after));
    }
  }

  private static String shown(@Nullable Object value) {
    var text = value == null ? "none" : value.toString();
    return text.indexOf('\n') < 0 ? text : text.lines().count() + " lines";
  }

  private void add(Weight weight, String text) {
    changes.add(new Change(weight, text));
  }
}
