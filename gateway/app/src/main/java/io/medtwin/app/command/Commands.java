package io.medtwin.app.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The commands of every installation. */
final class Commands {

  private Commands() {}

  /** What makes each command, by the name it has, in the order of the help. */
  static Map<String, Supplier<Object>> of(Environment environment) {
    var commands = new LinkedHashMap<String, Supplier<Object>>();
    commands.put("run", () -> new RunCommand(environment));
    commands.put("check", () -> new CheckCommand(environment));
    commands.put("status", () -> new StatusCommand(environment));
    commands.put("ledger", () -> new LedgerCommand(environment));
    commands.put("flow", () -> new FlowCommand(environment));
    commands.put("fleet", () -> new FleetCommand(environment));
    commands.put("tap", () -> new TapCommand(environment));
    commands.put("record", () -> new RecordCommand(environment));
    commands.put("replay", () -> new ReplayCommand(environment));
    commands.put("explain", () -> new ExplainCommand(environment));
    commands.put("console", () -> ConsoleCommand.line(environment));
    commands.put("device", () -> DeviceCommand.line(environment));
    commands.put("driver", () -> DriverCommand.line(environment));
    commands.put("tck", () -> TckCommand.line(environment));
    commands.put("profile", () -> new ProfileCommand(environment));
    commands.put("vocab", () -> VocabCommand.line(environment));
    commands.put("generate", () -> new GenerateCommand(environment));
    commands.put("new", () -> NewCommand.line(environment));
    return commands;
  }
}
