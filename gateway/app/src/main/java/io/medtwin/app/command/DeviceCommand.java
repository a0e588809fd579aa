package io.medtwin.app.command;

import io.medtwin.app.view.LineProposal;
import io.medtwin.app.view.VocabularyProposal;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.vocabulary.Vocabulary;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code medtwin device}: what is known of the devices of a gateway, and one more of them. */
@Command(
    name = "device",
    mixinStandardHelpOptions = true,
    description = {
      "The devices of a gateway, told from its journal: the gateway may run meanwhile, or be dead."
    })
final class DeviceCommand implements Runnable {

  /** The gateway's file where none is named. */
  static final String USUAL_FILE = "gateway.yaml";

  @Spec private CommandSpec spec = CommandSpec.create();

  private DeviceCommand() {}

  /** The command with its subcommands. */
  static CommandLine line(Environment environment) {
    return line(environment, new VocabularyProposal(() -> vocabulary(environment)));
  }

  static Vocabulary vocabulary(Environment environment) {
    try {
      return Vocabulary.read(environment.installation().vocabulary());
    } catch (DocumentException e) {
      throw new IllegalStateException("the installation's vocabulary cannot be read", e);
    }
  }

  /**
   * The command with its subcommands.
   *
   * @param proposal proposes lines of a profile for parameters without a place
   */
  static CommandLine line(Environment environment, LineProposal proposal) {
    return new CommandLine(new DeviceCommand())
        .addSubcommand(new DeviceListCommand(environment))
        .addSubcommand(new DeviceShowCommand(environment, proposal))
        .addSubcommand(new DeviceClaimCommand(environment))
        .addSubcommand(new DeviceMuteCommand(environment));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: device list, device show, device claim, device mute");
  }
}
