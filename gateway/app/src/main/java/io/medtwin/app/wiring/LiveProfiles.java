package io.medtwin.app.wiring;

import io.medtwin.app.config.GatewayConfig;
import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.runtime.session.Sessions;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.document.Problem;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.keeper.DevicePlan;
import io.medtwin.twin.keeper.TwinKeeper;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.profile.ProfileCatalog;
import io.medtwin.twin.profile.ProfileDiff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies saved profiles to a running gateway, after they were checked: all of them or, where one
 * is wrong, none.
 */
final class LiveProfiles implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveProfiles.class);

  /** Most lines of a difference in the log; the rest is counted. */
  private static final int LINES = 40;

  /** Makes plans of things follow the models that are served, where they are. */
  interface Serving {
    List<DevicePlan> serve(List<DevicePlan> devices) throws IOException;
  }

  private final List<Path> folders;
  private final Plugins plugins;
  private final Units units;
  private final TwinKeeper keeper;
  private final Sessions sessions;
  private final Serving models;
  private final AtomicLong refused = new AtomicLong();
  private final SettledWatch watch;
  private GatewayConfig config;
  private Plan plan;

  private record Stamp(FileTime time, long size) {}

  LiveProfiles(
      GatewayConfig config,
      List<Path> folders,
      Plugins plugins,
      Units units,
      Plan plan,
      TwinKeeper keeper,
      Sessions sessions,
      Serving models) {
    this.config = config;
    this.folders = folders;
    this.plugins = plugins;
    this.units = units;
    this.plan = plan;
    this.keeper = keeper;
    this.sessions = sessions;
    this.models = models;
    this.watch = new SettledWatch("live-profiles", this::stamps, this::apply);
  }

  void start() {
    watch.start();
  }

  /** A device that was taken up since. */
  synchronized void added(Changes.Addition addition) {
    config = config.with(addition.device());
    plan =
        new Plan(
            Stream.concat(plan.devices().stream(), Stream.of(addition.plan())).toList(),
            plan.lines());
  }

  /** How often saved profiles could not be used. */
  long refused() {
    return refused.get();
  }

  /** What the gateway runs with now. */
  synchronized Plan plan() {
    return plan;
  }

  @Override
  public void close() {
    watch.close();
  }

  private Map<Path, Stamp> stamps() {
    var stamps = new TreeMap<Path, Stamp>();
    for (Path folder : folders) {
      try (var files = Files.list(folder)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
          stamps.put(file, new Stamp(Files.getLastModifiedTime(file), Files.size(file)));
        }
      } catch (IOException e) {
        LOG.debug("{} cannot be listed: {}", folder, e.toString());
      }
    }
    return stamps;
  }

  /** Reads all profiles and puts those in force that changed and can be used. */
  private synchronized void apply() {
    Plan next;
    try {
      var problems = new Problems();
      var catalog = ProfileCatalog.read(folders, problems);
      problems.throwIfAny();
      next = Planner.plan(config, catalog, plugins, units);
    } catch (DocumentException e) {
      refused.incrementAndGet();
      LOG.error(
          "profiles were saved but cannot be used; those from before stay in force:\n{}",
          lines(e.problems().stream().map(Problem::toString).toList()));
      return;
    }
    var former = byDevice(plan);
    var changed = new ArrayList<DevicePlan>();
    var told = new LinkedHashMap<String, List<String>>();
    for (DevicePlan device : next.devices()) {
      var before = former.get(device.facts().device());
      if (before == null || ProfileDiff.between(before.profile(), device.profile()).isEmpty()) {
        continue;
      }
      told.computeIfAbsent(device.profile().id(), unused -> difference(before, device))
          .addFirst("for " + device.facts().device());
      if (canBeLive(before, device)) {
        changed.add(device);
      }
    }
    told.forEach((profile, lines) -> LOG.info("profile {} changed:\n{}", profile, lines(lines)));
    keeper.replan(served(changed));
    resettle(next, changed);
    plan = merged(next, changed);
  }

  private List<DevicePlan> served(List<DevicePlan> changed) {
    try {
      return models.serve(changed);
    } catch (IOException e) {
      LOG.warn("the models of the changed profiles cannot be served: {}", e.toString());
      return changed;
    }
  }

  private static List<String> difference(DevicePlan before, DevicePlan after) {
    var lines = new ArrayList<String>();
    lines.add("version " + before.profile().version() + " -> " + after.profile().version());
    for (ProfileDiff.Change change : ProfileDiff.between(before.profile(), after.profile())) {
      if (!change.text().startsWith("version ")) {
        lines.add(change.text());
      }
    }
    ProfileDiff.versionFaults(before.profile(), after.profile())
        .forEach(fault -> lines.add("caution: " + fault));
    return lines;
  }

  /** Whether the thing stays the same and the link needs nothing new. */
  private static boolean canBeLive(DevicePlan before, DevicePlan after) {
    var why = "";
    if (!before.facts().thingId().equals(after.facts().thingId())) {
      why = "class, manufacturer or model is another, and with it the thing";
    } else if (!before.profile().driver().equals(after.profile().driver())) {
      why = "the driver is another";
    } else if (!before.profile().linkDefaults().equals(after.profile().linkDefaults())) {
      why = "the link is another";
    }
    if (!why.isEmpty()) {
      LOG.warn(
          "{}: {}; it goes on under profile {} until the gateway is started again",
          after.facts().device(),
          why,
          before.profile());
    }
    return why.isEmpty();
  }

  /** Lines whose driver is to have other settings are opened anew. */
  private void resettle(Plan next, List<DevicePlan> changed) {
    var names = changed.stream().map(device -> device.facts().device()).collect(Collectors.toSet());
    var before =
        plan.lines().stream().collect(Collectors.toMap(Plan.Line::name, Plan.Line::settings));
    for (Plan.Line line : next.lines()) {
      var itsDevices = new ArrayList<>(Plan.behind(line.way()).values());
      Plan.device(line.way()).ifPresent(itsDevices::add);
      if (itsDevices.stream().anyMatch(names::contains)
          && !line.settings().equals(before.get(line.name()))) {
        sessions.resettle(line.name(), line.settings());
      }
    }
  }

  /** What is in force now: the next plan for what was changed, else what was there. */
  private Plan merged(Plan next, List<DevicePlan> changed) {
    var devices = byDevice(plan);
    changed.forEach(device -> devices.put(device.facts().device(), device));
    var nextLines = next.lines().stream().collect(Collectors.toMap(Plan.Line::name, line -> line));
    return new Plan(
        List.copyOf(devices.values()),
        plan.lines().stream()
            .map(line -> Objects.requireNonNull(nextLines.getOrDefault(line.name(), line)))
            .toList());
  }

  private static Map<String, DevicePlan> byDevice(Plan plan) {
    var devices = new LinkedHashMap<String, DevicePlan>();
    plan.devices().forEach(device -> devices.put(device.facts().device(), device));
    return devices;
  }

  private static String lines(List<String> all) {
    var shown = all.stream().limit(LINES).map(line -> "  " + line);
    var more = all.size() > LINES ? "\n  and " + (all.size() - LINES) + " more" : "";
    return shown.collect(Collectors.joining("\n")) + more;
  }
}
