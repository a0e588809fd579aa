package io.medtwin.app.command;

import io.medtwin.app.config.ConfigReader;
import io.medtwin.app.config.GatewayConfig;
import io.medtwin.app.wiring.Plan;
import io.medtwin.app.wiring.Planner;
import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.profile.ProfileCatalog;
import java.nio.file.Path;

/**
 * A configuration with all it needs, checked.
 *
 * @param config as read
 * @param plugins drivers that are there
 * @param plan what to build
 */
public record Loaded(GatewayConfig config, Plugins plugins, Plan plan) {

  /**
   * Reads a configuration, its profiles and its plugins.
   *
   * @throws DocumentException with every problem found
   */
  public static Loaded from(Path file, Environment environment) throws DocumentException {
    var config = new ConfigReader(environment.variables()).read(file);
    var problems = new Problems();
    var profiles =
        ProfileCatalog.read(environment.installation().profiles(config.profiles()), problems);
    problems.throwIfAny();
    var plugins = Plugins.load(environment.installation().plugins(config.plugins()));
    return new Loaded(config, plugins, Planner.plan(config, profiles, plugins));
  }
}
