package io.medtwin.app.demo;

import io.medtwin.app.command.Ending;
import io.medtwin.app.command.Environment;
import io.medtwin.app.command.ExitCode;
import io.medtwin.app.command.LiveFile;
import io.medtwin.app.command.Loaded;
import io.medtwin.app.command.Spans;
import io.medtwin.app.command.ViewsJson;
import io.medtwin.app.view.DeviceTable;
import io.medtwin.app.view.Screen;
import io.medtwin.app.wiring.Gateway;
import io.medtwin.simulator.broker.EmbeddedBroker;
import io.medtwin.simulator.ward.DeviceSheet;
import io.medtwin.simulator.ward.Ward;
import io.medtwin.simulator.ward.WardPlan;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.keeper.DeviceView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code medtwin demo}: the main job on a simulated ward, without hardware, Docker or another
 * server.
 */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Run a simulated ward on real wires, and the gateway that makes twins of it.")
public final class DemoCommand implements Callable<Integer> {

  private static final Duration REDRAW = Duration.ofMillis(250);
  private static final Duration NOTE_STAYS = Duration.ofSeconds(5);

  private final Environment environment;
  private final Ports wanted;

  @Option(
      names = "--beds",
      paramLabel = "N",
      defaultValue = "2",
      description =
          "Beds with a pump, an ECG monitor and an oximeter each (default ${DEFAULT-VALUE}).")
  private int beds;

  @Option(
      names = "--wearables",
      paramLabel = "N",
      defaultValue = "6",
      description = "Wearables over BLE bridges, MQTT and CoAP (default ${DEFAULT-VALUE}).")
  private int wearables;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Same seed, same patients (default ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = Spans.class,
      description =
          "Stop by itself after this time, such as 30s; exit 4 unless every device became a live"
              + " twin.")
  private @Nullable Duration limit;

  @Option(
      names = "--ditto",
      paramLabel = "URL",
      description =
          "Use this Ditto instead of the embedded endpoint; user and password from"
              + " MEDTWIN_DITTO_USER and MEDTWIN_DITTO_PASSWORD.")
  private @Nullable URI ditto;

  @Option(
      names = "--broker",
      paramLabel = "URL",
      description = "Use this MQTT broker instead of the embedded one.")
  private @Nullable URI broker;

  @Option(
      names = "--no-gateway",
      description =
          "Only the ward, broker and twin endpoint: run the gateway yourself, kill it, start it"
              + " again.")
  private boolean noGateway;

  @Option(names = "--json", description = "Write one JSON object for all devices when it ends.")
  private boolean json;

  /** The demo. */
  public DemoCommand(Environment environment) {
    this(environment, Ports.WELL_KNOWN);
  }

  DemoCommand(Environment environment, Ports wanted) {
    this.environment = environment;
    this.wanted = wanted;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var started = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    try (var ending = Ending.onSignal();
        var folder = DemoFolder.create(environment.err())) {
      int code = run(folder.path(), ending, started);
      if (code == ExitCode.OK) {
        folder.removeWhenClosed();
      }
      return code;
    } catch (DocumentException e) {
      environment.err().println(e.getMessage());
      return ExitCode.CONFIG;
    }
  }

  private int run(Path folder, Ending ending, Instant started)
      throws IOException, InterruptedException, DocumentException {
    var brokerUri = broker == null ? Ports.loopback("tcp", Ports.tcp(wanted.mqtt())) : broker;
    var startingBroker = CompletableFuture.supplyAsync(() -> Broker.open(broker, brokerUri));
    try (var twins = TwinEndpoint.open(ditto, wanted.ditto(), environment)) {
      int coap = Ports.udp(wanted.coap());
      int coaps = Ports.udp(wanted.coapSecure());
      int console = Ports.tcp(wanted.console());
      var plan =
          WardPlan.of(
                  beds,
                  WardPlan.mixed(wearables),
                  seed,
                  environment.clock().instant(),
                  brokerUri,
                  Ports.loopback("coap", coap),
                  Ports.loopback("coaps", coaps))
              .withSerialDirectory(folder);
      try (var ward = Ward.open(plan);
          var mqtt = join(startingBroker)) {
        var file =
            new DemoConfig(
                    folder, twins.uri, twins.user, twins.subject, brokerUri, coap, coaps, console)
                .write(ward.sheets(), twins.password);
        var around = new Surroundings(file, twins, brokerUri, coap, coaps);
        return noGateway
            ? runWard(ward, around, ending)
            : run(Loaded.from(file, environment), ward, around, ending, started);
      }
    }
  }

  private static Broker join(CompletableFuture<Broker> starting) throws IOException {
    try {
      return starting.join();
    } catch (CompletionException e) {
      throw new IOException(e.getCause());
    }
  }

  /** Where everything is, for the person who looks on. */
  private record Surroundings(Path file, TwinEndpoint twins, URI broker, int coap, int coaps) {}

  private int run(Loaded loaded, Ward ward, Surroundings around, Ending ending, Instant started)
      throws IOException, InterruptedException {
    var simulated =
        ward.sheets().stream().map(DeviceSheet::id).collect(Collectors.toUnmodifiableSet());
    var milestones = new Milestones(started, simulated);
    List<DeviceView> last;
    try (var gateway =
        Gateway.start(
            loaded.config(),
            loaded.plan(),
            loaded.dictionary(),
            environment.installation().versionOrEmpty(),
            environment.clock(),
            environment.random())) {
      ward.start();
      var end = end();
      try (var unused = LiveFile.watch(around.file(), loaded, environment, gateway);
          var console =
              DemoConsole.start(around.file(), loaded, gateway, ending, end, environment)) {
        watch(gateway, ward, milestones, around, console, end, ending);
      }
      last = gateway.keeper().views();
    } finally {
      loaded.plugins().close();
    }
    return conclude(last, milestones, around);
  }

  /** The ward alone, until it is asked to end. */
  private int runWard(Ward ward, Surroundings around, Ending ending)
      throws IOException, InterruptedException {
    ward.start();
    new Drill(ward, environment.out()::println, () -> {}, ending::ask).listen(environment.in());
    guide(around).forEach(environment.out()::println);
    environment.out().println("  gateway  ./medtwin run -c " + around.file());
    environment.out().flush();
    var end = end();
    while (environment.clock().instant().isBefore(end) && !ending.awaitAsked(REDRAW)) {
      environment.out().flush();
    }
    return ExitCode.OK;
  }

  private void watch(
      Gateway gateway,
      Ward ward,
      Milestones milestones,
      Surroundings around,
      DemoConsole console,
      Instant end,
      Ending ending)
      throws InterruptedException {
    var screen = new Screen(environment.out(), environment.terminal() && !json, environment.rows());
    var table = new DeviceTable(environment.terminal(), environment.columns());
    var said = new ConcurrentLinkedQueue<String>();
    new Drill(ward, said::add, screen::entered, ending::ask).listen(environment.in());
    if (!json) {
      guide(around).forEach(screen::say);
    }
    boolean toldAll = false;
    var note = "";
    var noted = Instant.MIN;
    while (environment.clock().instant().isBefore(end)) {
      var now = environment.clock().instant();
      var views = gateway.keeper().views();
      var news = new ArrayList<>(milestones.look(views, now));
      for (var line = said.poll(); line != null; line = said.poll()) {
        news.add(line);
      }
      if (!screen.isTerminal() && !json) {
        news.forEach(screen::say);
      }
      if (!json) {
        console.news().forEach(screen::say);
      }
      if (screen.isTerminal() && console.isSettled()) {
        var lines = new ArrayList<>(table.lines(views, now));
        if (!news.isEmpty()) {
          note = news.getLast();
          noted = now;
        }
        lines.add("");
        lines.add(now.isAfter(noted.plus(NOTE_STAYS)) ? "type " + Drill.HELP + " ⏎" : note);
        screen.draw(lines);
      } else if (!screen.isTerminal() && milestones.all() != null && !toldAll && !json) {
        toldAll = true;
        table.lines(views, now).forEach(screen::say);
      }
      if (ending.awaitAsked(REDRAW)) {
        return;
      }
    }
  }

  /** When it stops by itself. */
  private Instant end() {
    return limit == null ? Instant.MAX : environment.clock().instant().plus(limit);
  }

  private List<String> guide(Surroundings around) {
    var lines = new ArrayList<String>();
    lines.add(
        "MedTwin demo: simulated devices on real wires. Secondary display; no device here treats"
            + " anybody.");
    lines.add("  twins    " + around.twins().uri + "  " + around.twins().what);
    lines.add(
        "  wires    MQTT "
            + around.broker()
            + "   CoAP udp "
            + around.coap()
            + "   CoAP over DTLS udp "
            + around.coaps());
    lines.add(
        "  files    " + around.file() + " (the gateway's configuration), medtwin.log beside it");
    lines.add("");
    return lines;
  }

  private int conclude(List<DeviceView> views, Milestones milestones, Surroundings around)
      throws IOException {
    boolean allLive = milestones.missing().isEmpty();
    if (json) {
      environment.out().println(ViewsJson.write(views));
    } else {
      environment.out().println();
      environment
          .out()
          .println(
              "first twin live "
                  + seconds(milestones.first())
                  + " after the process started, all live after "
                  + seconds(milestones.all()));
      long confirmed = views.stream().mapToLong(view -> view.counts().confirmed()).sum();
      long received = views.stream().mapToLong(view -> view.counts().received()).sum();
      environment.out().println(received + " reports heard, " + confirmed + " merges acknowledged");
      if (!allLive) {
        environment.out().println("never live: " + String.join(", ", milestones.missing()));
      }
      whereNext(views, around).forEach(environment.out()::println);
    }
    environment.out().flush();
    return limit == null || allLive ? ExitCode.OK : ExitCode.NOT_LIVE;
  }

  private List<String> whereNext(List<DeviceView> views, Surroundings around) {
    var thing = views.isEmpty() ? "…" : views.getFirst().thingId();
    return List.of(
        "",
        "Where to look next, while a demo runs:",
        "  curl -su " + around.twins().user + ":… " + around.twins().uri + "/api/2/things/" + thing,
        "  README.md: feed a seat with mosquitto_pub, coap-client or socat; then your own device"
            + " and your own Ditto");
  }

  private static String seconds(@Nullable Duration duration) {
    return duration == null
        ? "never"
        : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }

  /** The embedded broker, or the one that was named. */
  private static final class Broker implements AutoCloseable {
    private final @Nullable EmbeddedBroker embedded;

    private Broker(@Nullable EmbeddedBroker embedded) {
      this.embedded = embedded;
    }

    static Broker open(@Nullable URI given, URI uri) {
      try {
        return new Broker(given == null ? EmbeddedBroker.start(uri.getPort()) : null);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      if (embedded != null) {
        embedded.close();
      }
    }
  }
}
