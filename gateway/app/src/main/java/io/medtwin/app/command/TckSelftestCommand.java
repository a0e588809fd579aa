package io.medtwin.app.command;

import io.medtwin.app.view.Columns;
import io.medtwin.testkit.Selftest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code medtwin tck selftest}: shows that the kit says no where it must. */
@Command(
    name = "selftest",
    mixinStandardHelpOptions = true,
    description = {
      "Try the kit on drivers that are broken on purpose: each must fail for its own reason, and"
          + " the",
      "sound ones must not."
    })
final class TckSelftestCommand implements Callable<Integer> {

  private final Environment environment;

  TckSelftestCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    var rows = new Columns("DRIVER", "MUST BREAK", "BREAKS FIRST", "WHAT IT DOES WRONG");
    int right = 0;
    for (Selftest broken : Selftest.broken()) {
      right += tried(broken, rows);
    }
    int sound = 0;
    for (Selftest one : Selftest.sound()) {
      sound += tried(one, rows);
    }
    rows.lines().forEach(environment.out()::println);
    environment
        .out()
        .println(
            "%d of %d broken drivers fail for the right reason, %d of %d sound ones keep every rule"
                .formatted(right, Selftest.broken().size(), sound, Selftest.sound().size()));
    boolean all = right == Selftest.broken().size() && sound == Selftest.sound().size();
    return all ? ExitCode.OK : ExitCode.FAILED;
  }

  private static int tried(Selftest one, Columns rows) {
    var broken = one.firstBroken();
    var rule = one.rule();
    rows.row(
        one.name(),
        rule == null ? "none" : rule.name(),
        broken.map(found -> found.rule().name()).orElse("none"),
        one.what());
    return one.isRight(broken) ? 1 : 0;
  }
}
