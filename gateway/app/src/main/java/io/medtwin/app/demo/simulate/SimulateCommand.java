package io.medtwin.app.demo.simulate;

import io.medtwin.app.command.Ending;
import io.medtwin.app.command.Environment;
import io.medtwin.app.command.ExitCode;
import io.medtwin.app.command.Spans;
import io.medtwin.app.config.ConfigReader;
import io.medtwin.simulator.single.OneDevice;
import io.medtwin.simulator.single.Order;
import io.medtwin.simulator.single.Where;
import io.medtwin.simulator.ward.Reach;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.normalizer.Units;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code medtwin simulate}: one device of a profile on the real wire, until it is told to end. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Put a simulated device of a profile on a real wire, and print how a gateway reaches it.",
      "Devices of json-fields and senml send living values; all others play conversations."
    })
public final class SimulateCommand implements Callable<Integer> {

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Environment environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "PROFILE|SHEET.yaml",
      description = "A profile by name, its file, or a sheet that \"medtwin generate\" wrote.")
  private String what = "";

  @Option(
      names = "--on",
      required = true,
      paramLabel = "WHERE",
      description = {
        "tcp:PORT (0: any free one), serial, serial:PATH, mqtt://HOST:PORT[/TOPIC],",
        "coap://HOST[:PORT][/PATH], mllp://HOST[:PORT]. {device} in a topic or path is the",
        "device's id."
      })
  private String where = "";

  @Option(
      names = "--conversation",
      paramLabel = "FILE|FOLDER",
      description = "Play this, not what the sheet names; may be given again and again.")
  private List<Path> conversations = List.of();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Same seed, same values (default ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--speed",
      paramLabel = "X",
      defaultValue = "1",
      description = "Seconds of the device in a second (default ${DEFAULT-VALUE}).")
  private double speed;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = Spans.class,
      description = "Stop by itself after this time, such as 30s.")
  private @Nullable Duration limit;

  @Option(
      names = "--id",
      paramLabel = "DEVICE",
      description = "Its id (default the profile's name with \"-sim\").")
  private @Nullable String id;

  @Option(
      names = "--profiles",
      paramLabel = "FOLDER",
      description = "A folder of profiles beside ours; one of the same name replaces ours.")
  private List<Path> profileFolders = List.of();

  @Option(
      names = "--plugins",
      paramLabel = "FOLDER",
      description = "A folder of plugins beside ours.")
  private List<Path> pluginFolders = List.of();

  /** The command. */
  public SimulateCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var place = where();
    if (!(speed > 0) || !Double.isFinite(speed)) {
      throw wrong("--speed: expected a number above 0, got " + speed);
    }
    SheetSource.Found found;
    try {
      found =
          new SheetSource(environment.installation(), profileFolders, pluginFolders)
              .find(what, conversations);
    } catch (DocumentException e) {
      environment.err().println(e.getMessage());
      return ExitCode.CONFIG;
    }
    var name = id(found.sheet().profile());
    OneDevice ordered;
    try {
      ordered = device(found, place, name);
    } catch (IllegalArgumentException e) { // says what would do
      environment.err().println("medtwin: " + e.getMessage());
      return ExitCode.USAGE;
    }
    try (var ending = Ending.onSignal();
        var device = ordered) {
      device.start();
      tell(found, name, device);
      awaitEnd(ending);
    }
    return ExitCode.OK;
  }

  private void awaitEnd(Ending ending) throws InterruptedException {
    var end = limit == null ? Instant.MAX : environment.clock().instant().plus(limit);
    while (true) {
      var left = Duration.between(environment.clock().instant(), end);
      boolean over = left.isNegative() || left.isZero();
      if (over || ending.awaitAsked(left.compareTo(LOOK) < 0 ? left : LOOK)) {
        return;
      }
    }
  }

  private OneDevice device(SheetSource.Found found, Where place, String name) throws IOException {
    return OneDevice.of(
        new Order(
            found.sheet(),
            found.conversation(),
            place,
            name,
            environment.clock().instant(),
            seed,
            speed,
            new Units()::convert));
  }

  private void tell(SheetSource.Found found, String name, OneDevice device) {
    var sheet = found.sheet();
    var out = environment.out();
    out.println(
        "# "
            + name
            + ": simulated "
            + sheet.maker().manufacturer()
            + " "
            + sheet.maker().model()
            + "; "
            + device.doing()
            + ".");
    out.println("# It treats nobody. Into a gateway file:");
    out.print(
        GatewayEntry.of(
            name,
            sheet.profile(),
            serial(found, device.reach()),
            device.reach(),
            found.profiles()));
    out.flush();
  }

  /** As the device will tell it; behind a station it is the station that does. */
  private static @Nullable String serial(SheetSource.Found found, Reach reach) {
    if (reach instanceof Reach.Mllp) {
      return null;
    }
    var told = found.conversation().serials();
    return switch (told.size()) {
      case 0 -> found.sheet().maker().serial();
      case 1 -> told.iterator().next();
      default -> null;
    };
  }

  private Where where() {
    try {
      return Where.parse(where);
    } catch (IllegalArgumentException e) {
      throw wrong("--on: " + e.getMessage());
    }
  }

  private String id(String profile) {
    var name = id == null ? profile + "-sim" : id;
    if (!ConfigReader.isDeviceId(name)) {
      throw wrong(
          "--id: expected a letter, then letters, digits, \"_\", \".\" or \"-\", got \""
              + name
              + "\"");
    }
    return name;
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }
}
