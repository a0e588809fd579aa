package io.medtwin.app.command;

import com.fasterxml.jackson.core.JsonFactory;
import io.medtwin.app.log.LogFormat;
import io.medtwin.app.replay.Difference;
import io.medtwin.app.replay.Replay;
import io.medtwin.app.replay.Replay.Outcome;
import io.medtwin.app.replay.Stage;
import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.profile.ProfileCatalog;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medtwin replay}: captures through the whole line, under their own time. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Play captures of links (medtwin record), or transcripts, through the real line under their",
      "own time. The same capture, driver and profile give the same output, and its SHA-256."
    })
final class ReplayCommand implements Callable<Integer> {

  private static final int DIFFERENCES_SHOWN = 50;
  private static final int BUFFER_BYTES = 256 << 10;

  private final Environment environment;

  @Parameters(
      arity = "1..*",
      paramLabel = "CAPTURE|FOLDER",
      description = "Captures (.cap, .cap.gz), transcripts (.txt), folders of them.")
  private List<Path> named = new ArrayList<>();

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      description = "Play under this profile, by name or file, instead of the recorded one.")
  private @Nullable String profile;

  @Option(
      names = "--driver",
      paramLabel = "JAR|FOLDER",
      description = "Play with this plugin's drivers instead of those of the same id.")
  private @Nullable Path driver;

  @Option(
      names = "--profiles",
      paramLabel = "FOLDER",
      description = "Further profiles, before those of the installation.")
  private List<Path> profiles = new ArrayList<>();

  @Option(
      names = "--plugins",
      paramLabel = "FOLDER",
      description = "Further plugins, a folder with a folder for each.")
  private List<Path> plugins = new ArrayList<>();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write what became of it, line by line; of several captures into a folder.")
  private @Nullable Path output;

  @Option(
      names = "--times",
      paramLabel = "N",
      defaultValue = "1",
      description = "Play so often, and say how often the output was the same.")
  private int times = 1;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "Captures that are played at the same time (default: one a processor).")
  private int threads;

  @Option(
      names = "--diff",
      description =
          "Play as recorded, then with --profile or --driver, and tell which values differ.")
  private boolean diff;

  @Option(
      names = "--loop",
      paramLabel = "TIME",
      converter = Spans.class,
      description = "Play each capture around and around until this much of its time is over.")
  private Duration loop = Duration.ZERO;

  @Option(names = "--json", description = "Write the result as JSON.")
  private boolean json;

  ReplayCommand(Environment environment) {
    this.environment = environment;
  }

  /** All captures, played once. */
  private record Played(List<Outcome> outcomes, String sum, long nanos) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (var _ = LogFormat.quiet()) {
      return replayed();
    }
  }

  private int replayed() throws IOException, InterruptedException {
    if (diff && profile == null && driver == null) {
      environment.err().println("medtwin: --diff needs --profile or --driver, to compare with");
      return ExitCode.USAGE;
    }
    var captures = Stage.captures(named);
    try (var incoming = driver == null ? null : PluginTrial.of(driver)) {
      var folders = environment.installation().plugins(plugins);
      if (!diff) {
        return replay(captures, stage(folders, incoming, profile));
      }
      return compare(captures, stage(folders, null, null), stage(folders, incoming, profile));
    } catch (DocumentException e) {
      environment.err().println(e.getMessage());
      return ExitCode.CONFIG;
    }
  }

  private Stage stage(List<Path> folders, @Nullable PluginTrial first, @Nullable String other)
      throws DocumentException {
    var all = new ArrayList<Path>();
    if (first != null) {
      all.add(first.folder());
    }
    all.addAll(folders);
    var problems = new Problems();
    var profileFolders = environment.installation().profiles(profiles);
    var catalog = ProfileCatalog.read(profileFolders, problems);
    problems.throwIfAny();
    Optional<Profile> wanted = Optional.empty();
    if (other != null) {
      wanted =
          other.endsWith(".yaml")
              ? ProfileCatalog.readOne(Path.of(other), profileFolders, problems)
              : catalog.find(other);
      if (wanted.isEmpty() && problems.isEmpty()) {
        problems.add(
            new io.medtwin.twin.document.Problem(
                "--profile",
                0,
                "there is no profile \"" + other + "\"" + catalog.suggestionFor(other)));
      }
      problems.throwIfAny();
    }
    return new Stage(catalog, Plugins.load(all), new Units(), wanted);
  }

  private int replay(List<Path> captures, Stage stage) throws IOException, InterruptedException {
    var first = play(captures, stage, output);
    int same = 1;
    long nanos = first.nanos();
    for (int i = 1; i < times; i++) {
      var again = play(captures, stage, null);
      same += again.sum().equals(first.sum()) ? 1 : 0;
      nanos += again.nanos();
      if (!json && environment.terminal()) {
        environment.err().print("\r" + (i + 1) + " of " + times + " played, " + same + " the same");
        environment.err().flush();
      }
    }
    if (json) {
      environment.out().println(asJson(captures, first, same, nanos));
    } else {
      print(captures, first, same, nanos);
    }
    return same == times ? ExitCode.OK : ExitCode.FAILED;
  }

  private Played play(List<Path> captures, Stage stage, @Nullable Path into)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    boolean toFolder = into != null && captures.size() > 1;
    if (toFolder) {
      Files.createDirectories(into);
    }
    int most = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    var outcomes = new ArrayList<Outcome>();
    try (var pool = Executors.newFixedThreadPool(Math.min(most, captures.size()))) {
      var running = new ArrayList<Future<Outcome>>();
      for (Path capture : captures) {
        var file = into == null || !toFolder ? into : into.resolve(nameOf(running.size(), capture));
        running.add(
            pool.submit(
                () -> {
                  try (var out = open(file)) {
                    return stage.play(capture, loop, out);
                  }
                }));
      }
      for (Future<Outcome> each : running) {
        outcomes.add(each.get());
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      throw new IllegalStateException("a replay failed", e.getCause());
    }
    return new Played(outcomes, sum(outcomes), System.nanoTime() - begin);
  }

  /** Captures of several folders may share a name. */
  private static String nameOf(int number, Path capture) {
    return String.format(Locale.ROOT, "%04d-%s.out", number + 1, capture.getFileName());
  }

  private static OutputStream open(@Nullable Path file) throws IOException {
    return file == null
        ? OutputStream.nullOutputStream()
        : new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES);
  }

  /** Of one capture its own, of several that of theirs in order. */
  private static String sum(List<Outcome> outcomes) {
    if (outcomes.size() == 1) {
      return outcomes.getFirst().sum();
    }
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      outcomes.forEach(one -> digest.update(one.sum().getBytes(StandardCharsets.US_ASCII)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static long longest(Played played) {
    return played.outcomes().stream().mapToLong(Outcome::micros).max().orElse(0);
  }

  private void print(List<Path> captures, Played played, int same, long nanos) {
    var out = environment.out();
    for (int i = 0; i < captures.size(); i++) {
      var outcome = played.outcomes().get(i);
      out.println(captures.get(i) + ": " + told(outcome));
      doubts(outcome).forEach(doubt -> out.println("  " + doubt));
    }
    long micros = longest(played);
    double seconds = nanos / 1e9 / times;
    out.printf(
        Locale.ROOT,
        "%s of %d %s in %.2f s: %.0f times real time%n",
        Duration.ofMillis(micros / 1_000),
        captures.size(),
        captures.size() == 1 ? "link" : "links",
        seconds,
        micros / 1e6 / seconds);
    out.println("SHA-256 " + played.sum());
    if (times > 1) {
      out.println(same + " of " + times + " identical");
    }
  }

  private static String told(Outcome outcome) {
    return outcome.turns()
        + " turns, "
        + outcome.bytes()
        + " bytes in "
        + outcome.sessions()
        + (outcome.sessions() == 1 ? " session; " : " sessions; ")
        + outcome.reports()
        + " reports, "
        + outcome.discards()
        + " discards, "
        + outcome.merges()
        + " merges";
  }

  /** What makes it other than what was recorded. */
  private static List<String> doubts(Outcome outcome) {
    var doubts = new ArrayList<String>();
    add(doubts, outcome.redacted(), "turns hold bytes that were replaced");
    add(doubts, outcome.lost(), "turns were lost when it was recorded");
    add(doubts, outcome.unanswered(), "requests have no answer in the capture");
    add(doubts, outcome.notAsked(), "recorded requests were not made");
    add(doubts, outcome.unheard(), "turns came while nobody listened");
    add(doubts, outcome.refusals(), "messages were refused");
    add(doubts, outcome.unclaimed(), "devices were heard that the capture does not name");
    if (outcome.cut()) {
      doubts.add("its end is missing");
    }
    return doubts;
  }

  private static void add(List<String> doubts, long count, String what) {
    if (count > 0) {
      doubts.add(count + " " + what);
    }
  }

  private String asJson(List<Path> captures, Played played, int same, long nanos)
      throws IOException {
    var text = new StringWriter();
    try (var out = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
      out.writeStartObject();
      out.writeStringField("sha256", played.sum());
      out.writeNumberField("times", times);
      out.writeNumberField("identical", same);
      double seconds = nanos / 1e9 / times;
      out.writeNumberField("recordedSeconds", longest(played) / 1e6);
      out.writeNumberField("seconds", seconds);
      out.writeNumberField("timesRealTime", Math.round(longest(played) / 1e6 / seconds));
      out.writeArrayFieldStart("captures");
      for (int i = 0; i < captures.size(); i++) {
        var one = played.outcomes().get(i);
        out.writeStartObject();
        out.writeStringField("file", captures.get(i).toString());
        out.writeStringField("sha256", one.sum());
        out.writeNumberField("seconds", one.micros() / 1e6);
        out.writeNumberField("sessions", one.sessions());
        out.writeNumberField("turns", one.turns());
        out.writeNumberField("bytes", one.bytes());
        out.writeNumberField("lines", one.lines());
        out.writeNumberField("reports", one.reports());
        out.writeNumberField("discards", one.discards());
        out.writeNumberField("refusals", one.refusals());
        out.writeNumberField("merges", one.merges());
        out.writeNumberField("redacted", one.redacted());
        out.writeNumberField("lost", one.lost());
        out.writeNumberField("unanswered", one.unanswered());
        out.writeNumberField("notAsked", one.notAsked());
        out.writeNumberField("unheard", one.unheard());
        out.writeNumberField("unclaimed", one.unclaimed());
        out.writeBooleanField("cut", one.cut());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    return text.toString();
  }

  private int compare(List<Path> captures, Stage recorded, Stage other) throws IOException {
    long all = 0;
    var out = environment.out();
    for (Path capture : captures) {
      var before = Files.createTempFile("medtwin-replay", ".out");
      var after = Files.createTempFile("medtwin-replay", ".out");
      try {
        play(recorded, capture, before);
        play(other, capture, after);
        try (var one = Files.newBufferedReader(before);
            var two = Files.newBufferedReader(after)) {
          long already = all;
          var shown = new long[] {already};
          all +=
              Difference.between(
                  one,
                  two,
                  told -> {
                    if (shown[0]++ < DIFFERENCES_SHOWN) {
                      out.println(told);
                    }
                  });
        }
      } finally {
        Files.delete(before);
        Files.delete(after);
      }
    }
    if (all > DIFFERENCES_SHOWN) {
      out.println("and " + (all - DIFFERENCES_SHOWN) + " further differences");
    }
    out.println(all == 0 ? "nothing differs" : all + " differences");
    return all == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private static void play(Stage stage, Path capture, Path into) throws IOException {
    try (var out = open(into)) {
      Replay.Outcome unused = stage.play(capture, out);
    }
  }
}
