package io.medtwin.app.command;

import io.medtwin.app.config.ConfigReader;
import io.medtwin.app.config.GatewayConfig;
import io.medtwin.app.wiring.Gateway;
import io.medtwin.app.wiring.Gateway.Dictionary;
import io.medtwin.app.wiring.Plan;
import io.medtwin.app.wiring.Planner;
import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.document.Problem;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.profile.ProfileCatalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A configuration with all it needs, checked.
 *
 * @param config as read
 * @param plugins drivers that are there
 * @param plan what to build
 * @param dictionary what profiles are read with
 */
public record Loaded(GatewayConfig config, Plugins plugins, Plan plan, Dictionary dictionary) {

  /** Conversion of units. */
  public Units units() {
    return dictionary.units();
  }

  /**
   * Reads a configuration, its profiles and its plugins.
   *
   * @throws DocumentException with every problem found
   */
  public static Loaded from(Path file, Environment environment) throws DocumentException {
    return from(file, List.of(), environment);
  }

  /**
   * The same, with plugins that the file does not name.
   *
   * @param more folders of jars, a plugin each; found before those of the file
   */
  static Loaded from(Path file, List<Path> more, Environment environment) throws DocumentException {
    var units = CompletableFuture.supplyAsync(Units::new); // a fifth of all reading
    var config = new ConfigReader(environment.variables()).read(file);
    var folders = new ArrayList<>(more);
    folders.addAll(config.plugins());
    var plugins = Plugins.load(environment.installation().plugins(folders));
    return from(config, plugins, units::join, environment);
  }

  /**
   * Reads the same configuration once more, with the plugins that are loaded.
   *
   * @throws DocumentException with every problem found
   */
  public Loaded again(Path file, Environment environment) throws DocumentException {
    var newer = new ConfigReader(environment.variables()).read(file);
    return from(newer, plugins, this::units, environment);
  }

  private static Loaded from(
      GatewayConfig config, Plugins plugins, Supplier<Units> reading, Environment environment)
      throws DocumentException {
    var problems = new Problems();
    var folders = environment.installation().profiles(config.profiles());
    var profiles = ProfileCatalog.read(folders, problems);
    problems.throwIfAny();
    var units = reading.get();
    var plan = Planner.plan(config, profiles, plugins, units);
    Gateway.probe(config, plan, environment.clock(), environment.random())
        .forEach(
            (line, why) ->
                problems.add(
                    new Problem(config.file(), lineOf(config, line), line.name() + ": " + why)));
    problems.throwIfAny();
    return new Loaded(config, plugins, plan, new Dictionary(folders, plugins, units));
  }

  /** Where the file speaks of a line of the plan. */
  private static int lineOf(GatewayConfig config, Plan.Line line) {
    return switch (line.way()) {
      case Plan.Way.Own own -> Objects.requireNonNull(config.devices().get(own.device())).line();
      case Plan.Way.Shared shared ->
          Objects.requireNonNull(config.links().get(shared.hub())).line();
    };
  }
}
