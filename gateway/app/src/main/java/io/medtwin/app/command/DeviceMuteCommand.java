package io.medtwin.app.command;

import io.medtwin.app.view.Columns;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medtwin device mute}: somebody works on a device, so what is missing is planned. */
@Command(
    name = "mute",
    mixinStandardHelpOptions = true,
    description = {
      "Say that a device is in maintenance: its gaps are planned, and it is no exception. What it",
      "says still goes to its twin."
    })
final class DeviceMuteCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private RunningGateway of = new RunningGateway();

  @Parameters(index = "0", paramLabel = "ID", description = "Its id in the gateway file.")
  private String device = "";

  @ArgGroup(multiplicity = "1")
  private What what = new What();

  /** To begin or to end. */
  static final class What {
    @ArgGroup(exclusive = false)
    private @Nullable Begin begin;

    @Option(names = "--off", description = "Its maintenance is over.")
    private boolean off;
  }

  /** Why and how long. */
  static final class Begin {
    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
    private String reason = "";

    @Option(
        names = "--for",
        required = true,
        paramLabel = "TIME",
        converter = Spans.class,
        description = "How long at most, such as 2h; from 1min to 30d.")
    private Duration span = Duration.ZERO;
  }

  DeviceMuteCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return ConsoleClient.of(
        of.file,
        environment,
        console -> {
          var path = "/devices/" + URLEncoder.encode(device, StandardCharsets.UTF_8) + "/mute";
          var begin = what.begin;
          if (begin == null) {
            console.delete(path);
          } else {
            console.put(
                path,
                Map.of("reason", begin.reason, "minutes", Math.max(1, begin.span.toMinutes())));
          }
          if (of.json) {
            environment
                .out()
                .println("{\"device\":\"" + device + "\",\"muted\":" + (begin != null) + "}");
          } else {
            environment
                .out()
                .println(
                    device
                        + (begin == null
                            ? " is in no maintenance any more"
                            : " is in maintenance for " + Columns.span(begin.span)));
          }
          return ExitCode.OK;
        });
  }
}
