package io.medtwin.app.command;

import io.medtwin.app.view.Columns;
import io.medtwin.testkit.Rule;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code medtwin tck list}: the rules, with the grade that asks for each. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "The rules, with the first grade that asks for each and its page.")
final class TckListCommand implements Callable<Integer> {

  private final Environment environment;

  TckListCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    var rows = new Columns("RULE", "GRADE", "DRIVERS OF", "A DRIVER KEEPS IT WHEN");
    for (Rule rule : Rule.values()) {
      boolean both = rule.appliesTo(Rule.Kind.STREAM) && rule.appliesTo(Rule.Kind.MESSAGE);
      var kinds = both ? "both" : rule.appliesTo(Rule.Kind.STREAM) ? "bytes" : "messages";
      rows.row(rule.name(), rule.grade().title(), kinds, rule.title());
    }
    rows.lines().forEach(environment.out()::println);
    environment.out().println();
    environment
        .out()
        .println("Why, how it is checked, how to fix: " + Rule.D1.page() + " and so on.");
    return ExitCode.OK;
  }
}
