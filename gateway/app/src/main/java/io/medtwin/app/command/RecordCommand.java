package io.medtwin.app.command;

import io.medtwin.app.config.ConfigReader;
import io.medtwin.app.config.GatewayConfig;
import io.medtwin.app.log.LogFormat;
import io.medtwin.app.record.CaptureFile;
import io.medtwin.app.record.PortRecording;
import io.medtwin.app.record.RecordingText;
import io.medtwin.app.record.Redactor;
import io.medtwin.app.record.Words;
import io.medtwin.app.wiring.OneLink;
import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.testkit.CaptureEvent;
import io.medtwin.testkit.CaptureHead;
import io.medtwin.testkit.CaptureReader;
import io.medtwin.testkit.CaptureWriter;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.profile.ProfileCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medtwin record}: what a link carries, into a capture. */
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    description = {
      "Record what a link carries into a capture, without what names a patient: of a device or a",
      "shared link of the running gateway, or of a port that it opens itself. Until Ctrl-C."
    })
final class RecordCommand implements Callable<Integer> {

  private static final Pattern PORT =
      Pattern.compile("(serial|tcp|tcp-listen|udp|udp-to|coap|mqtt|mqtts|mllp):.*");
  private static final Pattern MQTT = Pattern.compile("mqtt(s?)://([^/\\s\"]+)/(\\S+)");
  private static final Pattern MLLP = Pattern.compile("mllp:(\\d{1,5})");
  private static final Pattern SERIAL_QUERY = Pattern.compile("serial:([^?\\s]+)\\?baud=(\\d+)");
  private static final String NAME = "port";
  private static final long FLUSH_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long WAIT_MILLIS = 200;
  private static final long USUAL_MIB = 1_024;
  private static final int FILE_WORDS_BYTES = 1 << 20;

  private final Environment environment;

  @Parameters(
      index = "0",
      paramLabel = "DEVICE|LINK|PORT",
      description = {
        "A device or a link of the gateway file, or a port as in one: serial:/dev/ttyUSB0 9600"
            + " 8N1,",
        "tcp:host:port, udp:port, mqtt://host/topic/{device}, mllp:port."
      })
  private String target = "";

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "The capture, .cap or .cap.gz; one that is there is not replaced.")
  private Path output = Path.of("");

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = DeviceCommand.USUAL_FILE,
      description = "The gateway's YAML file (default ${DEFAULT-VALUE}).")
  private Path file = Path.of(DeviceCommand.USUAL_FILE);

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = Spans.class,
      description = "Stop by itself after this time, such as 10min.")
  private @Nullable Duration limit;

  @Option(
      names = "--max",
      paramLabel = "MIB",
      defaultValue = "1024",
      description = "Stop when the file has so many MiB before packing (default ${DEFAULT-VALUE}).")
  private long maxMib = USUAL_MIB;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      description = "Of a port: let this profile's driver speak, with its settings.")
  private @Nullable String profile;

  @Option(
      names = "--driver",
      paramLabel = "ID",
      description = "Of a port: let this driver speak. Without one nobody does.")
  private @Nullable String driver;

  @Option(
      names = "--remove",
      paramLabel = "WORD|@FILE",
      description = "Replace this word wherever it stands; @FILE has one in each line.")
  private List<String> removed = new ArrayList<>();

  RecordCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (var _ = LogFormat.quiet()) {
      return recorded();
    }
  }

  private int recorded() throws IOException, InterruptedException {
    var name = output.toString();
    if (!name.endsWith(CaptureWriter.FILE_ENDING) && !name.endsWith(CaptureWriter.PACKED_ENDING)) {
      environment.err().println("medtwin: a capture's name ends with .cap or .cap.gz, not " + name);
      return ExitCode.USAGE;
    }
    if (Files.exists(output)) {
      environment.err().println("medtwin: " + output + " is there already");
      return ExitCode.USAGE;
    }
    Redactor redactor;
    try {
      redactor = new Redactor(new Words(words()));
    } catch (IllegalArgumentException e) {
      environment.err().println("medtwin: --remove: " + e.getMessage());
      return ExitCode.USAGE;
    }
    try (var ending = Ending.onSignal()) {
      return PORT.matcher(target).matches()
          ? port(redactor, ending)
          : ConsoleClient.of(file, environment, console -> gateway(console, redactor, ending));
    }
  }

  private List<String> words() throws IOException {
    var words = new ArrayList<String>();
    for (String word : removed) {
      if (!word.startsWith("@")) {
        words.add(word);
        continue;
      }
      var list = Path.of(word.substring(1));
      if (Files.size(list) > FILE_WORDS_BYTES) {
        throw new IOException(list + ": at most " + FILE_WORDS_BYTES + " bytes of words");
      }
      Files.readAllLines(list).stream()
          .map(String::strip)
          .filter(w -> !w.isEmpty())
          .forEach(words::add);
    }
    return words;
  }

  private int gateway(ConsoleClient console, Redactor redactor, Ending ending)
      throws IOException, InterruptedException {
    var path = "/recordings/" + URLEncoder.encode(target, StandardCharsets.UTF_8);
    try (var in = console.open(path)) {
      long begin = System.nanoTime();
      var closer = closeAtEnd(in, ending);
      closer.start();
      boolean cut = true;
      try (var reader = new CaptureReader(target, in);
          var capture = new CaptureFile(output, reader.head(), redactor, maxMib << 20)) {
        environment.err().println("recording " + target + " into " + output);
        cut = take(reader, capture) && !ending.awaitAsked(Duration.ZERO);
        capture.end((System.nanoTime() - begin) / 1_000);
        told(capture, redactor);
      }
      closer.interrupt();
      if (cut) {
        environment.err().println("medtwin: the gateway ended the recording");
        return ExitCode.FAILED;
      }
      return ExitCode.OK;
    }
  }

  /** Closes what the main thread reads when the end is asked for, or the time is over. */
  private Thread closeAtEnd(InputStream in, Ending ending) {
    return Thread.ofVirtual()
        .unstarted(
            () -> {
              try {
                var unused = ending.awaitAsked(limit == null ? Duration.ofDays(3_650) : limit);
                ending.ask();
                in.close();
              } catch (IOException | InterruptedException e) {
                // it is over already
              }
            });
  }

  /** Takes what comes; false when the file is as long as it may be. */
  private static boolean take(CaptureReader reader, CaptureFile capture) {
    long flushed = System.nanoTime();
    try {
      for (var event = reader.next(); event != null; event = reader.next()) {
        if (!capture.take(event)) {
          return false;
        }
        if (System.nanoTime() - flushed > FLUSH_NANOS) {
          flushed = System.nanoTime();
          capture.flush();
        }
      }
    } catch (IOException e) {
      // the connection is closed: by us, or the gateway is gone
    }
    return true;
  }

  private int port(Redactor redactor, Ending ending) throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("medtwin-record");
    try (var plugins = Plugins.load(environment.installation().plugins(List.of()))) {
      var gatewayFile = Files.writeString(folder.resolve("gateway.yaml"), gatewayFile());
      var config = new ConfigReader(environment.variables()).read(gatewayFile);
      var wanted = profile();
      var id = wanted.map(Profile::driver).or(() -> Optional.ofNullable(driver));
      Optional<Plugins.Found> found = Optional.empty();
      if (id.isPresent()) {
        found = plugins.driver(id.get());
        if (found.isEmpty()) {
          throw new IOException("no plugin brings driver " + id.get());
        }
      }
      return port(config, wanted, found, redactor, ending);
    } catch (DocumentException e) {
      environment.err().println(e.getMessage());
      return ExitCode.CONFIG;
    } catch (IllegalArgumentException e) {
      environment.err().println("medtwin: " + target + ": " + e.getMessage());
      return ExitCode.CONFIG;
    } finally {
      PluginPlace.delete(folder);
    }
  }

  private int port(
      GatewayConfig config,
      Optional<Profile> wanted,
      Optional<Plugins.Found> found,
      Redactor redactor,
      Ending ending)
      throws IOException, InterruptedException {
    boolean hub = config.devices().get(NAME) == null;
    var settings = wanted.map(Profile::settings).orElse(Map.of());
    var clock = environment.clock();
    var defaults = wanted.map(Profile::linkDefaults).orElse(Map.of());
    try (var link = OneLink.of(config, NAME, defaults, clock, environment.random());
        var port =
            new PortRecording(
                link.transport(),
                found.map(Plugins.Found::maker),
                settings,
                hub,
                clock,
                environment.random())) {
      var recording = port.recording();
      long begin = System.nanoTime();
      var taken = recording.take(WAIT_MILLIS);
      while (taken.isEmpty() && !isOver(begin, ending)) {
        taken = recording.take(WAIT_MILLIS);
      }
      var began = recording.began();
      var head =
          new CaptureHead(
              began == null ? clock.instant() : began,
              link.transport().kind(),
              link.transport().name(),
              found.map(one -> one.descriptor().id()).orElse(""),
              found.map(one -> one.descriptor().version()).orElse(""),
              wanted.map(this::device).stream().toList(),
              settings);
      long flushed = System.nanoTime();
      try (var capture = new CaptureFile(output, head, redactor, maxMib << 20)) {
        environment.err().println("recording " + link.transport().name() + " into " + output);
        long micros = 0;
        boolean room = true;
        while (room && !(taken.isEmpty() && isOver(begin, ending))) {
          for (var step : taken) {
            micros = Math.max(micros, step.nanos() / 1_000);
            CaptureEvent event = RecordingText.event(step, micros);
            room = capture.take(event);
          }
          if (System.nanoTime() - flushed > FLUSH_NANOS) {
            flushed = System.nanoTime();
            capture.flush();
          }
          taken = isOver(begin, ending) ? List.of() : recording.take(WAIT_MILLIS);
        }
        capture.end((System.nanoTime() - begin) / 1_000);
        told(capture, redactor);
      }
      return ExitCode.OK;
    }
  }

  private CaptureHead.Device device(Profile of) {
    var name = String.valueOf(output.getFileName()).replaceFirst("\\.cap(\\.gz)?$", "");
    return new CaptureHead.Device(name, of.id(), of.version(), "", "");
  }

  private boolean isOver(long begin, Ending ending) throws InterruptedException {
    boolean late = limit != null && System.nanoTime() - begin > limit.toNanos();
    return late || ending.awaitAsked(Duration.ZERO);
  }

  private Optional<Profile> profile() throws DocumentException, IOException {
    var wanted = profile;
    if (wanted == null) {
      return Optional.empty();
    }
    var problems = new Problems();
    var folders = environment.installation().profiles(List.of());
    var found =
        wanted.endsWith(".yaml")
            ? ProfileCatalog.readOne(Path.of(wanted), folders, problems)
            : ProfileCatalog.read(folders, problems).find(wanted);
    problems.throwIfAny();
    if (found.isEmpty()) {
      throw new IOException("there is no profile " + wanted);
    }
    return found;
  }

  /** The port as a gateway file has it. */
  private String gatewayFile() throws IOException {
    if (target.indexOf('"') >= 0 || target.indexOf('\\') >= 0) {
      throw new IOException(target + ": a port has neither \" nor \\");
    }
    var head =
        "gateway: { id: record, site: record }\n"
            + "ditto: { url: \"http://127.0.0.1:1\", user: none, password: \"${env:PATH}\" }\n";
    var mqtt = MQTT.matcher(target);
    if (mqtt.matches()) {
      var topic = mqtt.group(3).contains("{device}") ? mqtt.group(3) : mqtt.group(3) + "/{device}";
      return head
          + "brokers: { broker: { url: \""
          + (mqtt.group(1).isEmpty() ? "tcp://" : "ssl://")
          + mqtt.group(2)
          + "\", clientId: \"medtwin-record-"
          + Integer.toHexString(environment.random().nextInt())
          + "\" } }\nlinks: { port: { mqtt: broker, topic: \""
          + topic
          + "\" } }\n"
          + "devices: { some: { profile: any, link: port, address: any } }\n";
    }
    var mllp = MLLP.matcher(target);
    if (mllp.matches()) {
      return head
          + "links: { port: { mllp: server, port: "
          + mllp.group(1)
          + " } }\ndevices: { some: { profile: any, link: port, address: any } }\n";
    }
    var serial = SERIAL_QUERY.matcher(target);
    var link =
        serial.matches() ? "serial:" + serial.group(1) + " " + serial.group(2) + " 8N1" : target;
    return head + "devices: { port: { profile: any, link: \"" + link + "\" } }\n";
  }

  private void told(CaptureFile capture, Redactor redactor) {
    environment
        .err()
        .printf(
            Locale.ROOT,
            "%d turns, %.1f MiB; %d lost; %d bytes in %d turns replaced%n",
            capture.turns(),
            capture.written() / 1048576.0,
            capture.lost(),
            redactor.replaced(),
            redactor.turns());
  }
}
