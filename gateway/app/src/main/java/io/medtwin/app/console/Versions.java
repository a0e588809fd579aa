package io.medtwin.app.console;

import io.medtwin.app.wiring.Gateway;
import io.medtwin.twin.keeper.DevicePlan;
import java.util.stream.Collectors;

/** Versions of all that runs, a line each. */
final class Versions {

  private Versions() {}

  static String text(ConsoleOfGateway.About about, Gateway gateway) {
    var plan = gateway.running();
    var profiles =
        plan.devices().stream()
            .map(DevicePlan::profile)
            .map(profile -> "profile  " + profile)
            .distinct()
            .sorted()
            .collect(Collectors.joining("\n"));
    var drivers =
        plan.lines().stream()
            .map(line -> line.driver().descriptor())
            .map(descriptor -> "driver   " + descriptor.id() + " " + descriptor.version())
            .distinct()
            .sorted()
            .collect(Collectors.joining("\n"));
    return """
    medtwin  %s, since %s
    java     %s, %s
    system   %s %s %s, %d processors
    %s
    %s
    """
        .formatted(
            about.version(),
            about.startedAt(),
            Runtime.version(),
            System.getProperty("java.vendor"),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors(),
            profiles,
            drivers);
  }
}
